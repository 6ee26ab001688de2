import { versionMatches } from '../../base/version.ts';
import type { OptionDeclaration } from '../../model/option.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import { ArgumentList, plainArguments } from '../argument-list.ts';
import { argumentOptions } from '../base-options.ts';
import { plainCompileRules } from '../plain-rules.ts';
import type { CompileRules, Family } from '../rules.ts';

/** Cython: writes C or C++ of each source. */
export function cython(toolchain: Toolchain): Family {
  return {
    toolchain,
    options: [
      ...argumentOptions('cython'),
      choice('cython_version', 'Python version to target', ['2', '3'], '3'),
      choice('cython_language', 'Output C or C++ files', ['c', 'cpp'], 'c'),
    ],
    baseOptions: [],
    argumentSyntax: '',
    compile: compileRules(toolchain),
    link: undefined,
    archive: undefined,
    rust: undefined,
    argumentList: (initial) => new ArgumentList(plainArguments, initial),
  };
}

function choice(
  name: string,
  description: string,
  choices: readonly string[],
  value: string,
): OptionDeclaration {
  return {
    name,
    type: { kind: 'combo', choices },
    default: value,
    description,
    section: 'compiler',
    yielding: false,
  };
}

function compileRules({ command, version }: Toolchain): CompileRules {
  return plainCompileRules(command, {
    always: ['--fast-fail'],
    werror: ['-Werror'],
    options: (options) => [
      `-${String(options('cython_version') ?? '3')}`,
      ...(options('cython_language') === 'cpp' ? ['--cplus'] : []),
    ],
    suffixes: ['pyx'],
    objectSuffix: 'c',
    // Its place follows from the output's.
    ...(versionMatches(version, '>=0.29.33') && { depfile: () => ['-M'] }),
    line: ({ args, source, output, depfile }) => [
      ...command,
      ...(depfile === undefined ? [] : ['-M']),
      ...args,
      source,
      ...['-o', output],
    ],
  });
}
