import type { Toolchain } from '../../model/toolchain.ts';
import { ArgumentList, plainArguments } from '../argument-list.ts';
import { argumentOptions } from '../base-options.ts';
import { plainCompileRules } from '../plain-rules.ts';
import type { CompileRules, Family } from '../rules.ts';

const warnings: Readonly<Record<string, readonly string[]>> = {
  '0': ['-nowarn'],
  '1': ['-Xlint:all'],
  '2': ['-Xlint:all', '-Xdoclint:all'],
  '3': ['-Xlint:all', '-Xdoclint:all'],
  everything: ['-Xlint:all', '-Xdoclint:all'],
};

/** javac: classes into a folder, which `jar` packs. */
export function java(toolchain: Toolchain): Family {
  return {
    toolchain,
    options: argumentOptions('java'),
    baseOptions: [],
    argumentSyntax: '',
    folderOptions: { joined: [], lists: ['-cp', '-classpath', '-sourcepath'] },
    compile: compileRules(toolchain),
    link: undefined,
    archive: undefined,
    rust: undefined,
    argumentList: (initial) => new ArgumentList(plainArguments, initial),
  };
}

function compileRules({ command }: Toolchain): CompileRules {
  const output = (folder: string): readonly string[] => {
    const path = folder === '' ? './' : folder;
    return ['-d', path, '-s', path];
  };
  return plainCompileRules(command, {
    warnings: (level) => warnings[level] ?? [],
    werror: ['-Werror'],
    debug: (on) => [on ? '-g' : '-g:none'],
    output,
    suffixes: ['java'],
    objectSuffix: 'class',
    line: ({ args, source, output: folder }) => [...command, ...args, ...output(folder), source],
  });
}
