import { versionMatches } from '../../base/version.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import { ArgumentList, plainArguments } from '../argument-list.ts';
import { argumentOptions } from '../base-options.ts';
import { languageSuffixes } from '../languages.ts';
import { plainCompileRules } from '../plain-rules.ts';
import type { CompileRules, DependencyArguments, Family } from '../rules.ts';

/** valac: writes C of all sources of a target at once. */
export function vala(toolchain: Toolchain): Family {
  return {
    toolchain,
    options: argumentOptions('vala'),
    baseOptions: ['b_colorout'],
    argumentSyntax: '',
    compile: compileRules(toolchain),
    link: undefined,
    archive: undefined,
    rust: undefined,
    argumentList: (initial) => new ArgumentList(plainArguments, initial),
  };
}

function compileRules({ command, version }: Toolchain): CompileRules {
  const colors = versionMatches(version, '>=0.37.1');
  const dependencies = versionMatches(version, '>=0.47.2');
  return plainCompileRules(command, {
    base: (options) => {
      const color = options('b_colorout');
      return colors && typeof color === 'string' ? [`--color=${color}`] : [];
    },
    always: ['-C'],
    werror: ['--fatal-warnings'],
    debug: (on) => (on ? ['--debug'] : []),
    output: () => [],
    suffixes: languageSuffixes['vala'] ?? [],
    objectSuffix: 'c',
    ...(dependencies && { depfile: (_output, depfile) => ['--depfile', depfile] }),
    line: ({ args, source }) => [...command, ...args, source],
    dependencyArgs: packageArgs,
    packages: {
      code: 'class KaonFindLibrary : Object { }\n',
      args: (name) => ['--pkg', name],
      file: (name) => `${name}.vapi`,
    },
    linksByItself: { dependencyArgs: linkedPackage },
  });
}

/** Packages are called as pkg-config calls them; libraries that valac found are arguments already. */
function packageArgs({ name, type, language, linkArgs }: DependencyArguments): readonly string[] {
  if (type === 'pkgconfig') return ['--pkg', name];
  return type === 'library' && language === 'vala' ? linkArgs : [];
}

/** valac runs the C compiler: what has no arguments for compiling is told to that one alone. */
function linkedPackage({ name, compileArgs }: DependencyArguments): readonly string[] {
  return compileArgs.length > 0 ? [`--pkg=${name}`] : [`--Xcc=-l${name}`];
}
