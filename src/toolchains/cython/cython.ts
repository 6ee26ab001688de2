import { versionMatches } from '../../base/version.ts';
import type { OptionType } from '../../model/option.ts';
import { optionIn } from '../../model/option-in.ts';
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
      option('cython_version', 'Python version to target', [oneOf('2', '3'), '3']),
      option('cython_language', 'Output C or C++ files', [oneOf('c', 'cpp'), 'c']),
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

const option = optionIn('compiler');
const oneOf = (...choices: string[]): OptionType => ({ kind: 'combo', choices });

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
