import type { Toolchain } from '../../model/toolchain.ts';
import { ArgumentList, plainArguments } from '../argument-list.ts';
import { argumentOptions } from '../base-options.ts';
import { languageSuffixes } from '../languages.ts';
import { plainCompileRules } from '../plain-rules.ts';
import type { CompileRules, Family } from '../rules.ts';
import { systemOf } from '../system.ts';

/** mcs and csc: an assembly of all sources at once. */
export function csharp(toolchain: Toolchain): Family {
  return {
    toolchain,
    options: argumentOptions('cs'),
    baseOptions: [],
    argumentSyntax: '',
    folderOptions: { joined: ['-L', '-lib:'], lists: [] },
    compile: compileRules(toolchain),
    link: undefined,
    archive: undefined,
    rust: undefined,
    argumentList: (initial) => new ArgumentList(plainArguments, initial),
  };
}

function compileRules(toolchain: Toolchain): CompileRules {
  const { command, id } = toolchain;
  const portable = id === 'csc' && systemOf(toolchain).system !== 'windows';
  const output = (path: string): readonly string[] => [`-out:${path}`];
  return plainCompileRules(command, {
    always: ['/nologo'],
    werror: ['-warnaserror'],
    optimization: (level) => (['1', '2', '3', 's'].includes(level) ? ['-optimize+'] : []),
    debug: (on) => (on ? [portable ? '-debug:portable' : '-debug'] : []),
    output,
    suffixes: languageSuffixes['cs'] ?? [],
    objectSuffix: 'dll',
    line: ({ args, source, output: path }) => [...command, ...args, ...output(path), source],
    // Some packages for it tell C's compilers something as well.
    dependencyArgs: ({ compileArgs }) => compileArgs.filter((arg) => !arg.startsWith('-I')),
  });
}
