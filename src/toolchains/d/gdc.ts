import { versionMatches } from '../../base/version.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import { ArgumentList, dArguments } from '../argument-list.ts';
import { type CLikeDialect, cLikeFamily } from '../c-like/family.ts';
import { codeOnInput } from '../gnu/code-on-input.ts';
import { gnuDialect, knownWarnings } from '../gnu/gnu.ts';
import { commonWarnings } from '../gnu/warnings.ts';
import { languageSuffixes } from '../languages.ts';
import type { Family } from '../rules.ts';
import { isWindowsLike, systemOf } from '../system.ts';
import { dIntegers, dProgram, importing, refusedChecks } from './code.ts';
import { featureArgs, gdcFeatures } from './features.ts';

/** gdc: gcc with D's warnings and features, and a run time that programs share. */
export function gdc(toolchain: Toolchain): Family {
  const { compile, link, ...family } = cLikeFamily(toolchain, dialect(toolchain));
  const runTime = isWindowsLike(systemOf(toolchain).system) ? [] : ['-shared-libphobos'];
  return {
    ...family,
    compile: {
      ...compile,
      always: [],
      // Meson leaves gdc's warnings what they are: new versions have new ones.
      werror: [],
      // What gdc wrote of dependencies was wrong before.
      depfile: versionMatches(toolchain.version, '>=7.1') ? compile.depfile : undefined,
      depfileSuffix: 'deps',
      precompiledHeader: undefined,
      standardInput: (following) => codeOnInput('d', following),
      check: () => [],
      suffixes: languageSuffixes['d'] ?? [],
      program: dProgram,
      integers: dIntegers,
      imports: importing,
      refuses: refusedChecks('gcc'),
      features: (features) => featureArgs(gdcFeatures, features),
    },
    link: link && {
      ...link,
      always: [...link.always, ...runTime],
      optimization: () => [],
      library: (path) => `-Wl,${path}`,
      standardLibraryFor: () => [],
    },
    argumentList: (initial) =>
      new ArgumentList(
        dArguments((args) => args),
        initial,
      ),
  };
}

function dialect(toolchain: Toolchain): CLikeDialect {
  const basic = ['-Wall', '-Wdeprecated'];
  const all = [...basic, '-Wextra', '-Wpedantic'];
  return {
    ...gnuDialect(toolchain),
    options: [],
    baseOptions: ['b_colorout', 'b_vscrt'],
    withoutBaseOptions: ['b_pch', 'b_lto', 'b_pie', 'b_lundef', 'b_asneeded'],
    warnings: {
      '0': [],
      '1': basic,
      '2': [...basic, '-Wextra'],
      '3': all,
      everything: [...all, ...knownWarnings(commonWarnings, toolchain.version)],
    },
    optimization: {
      plain: [],
      '0': ['-O0'],
      g: ['-Og'],
      '1': ['-O1'],
      '2': ['-O2', '-finline-functions'],
      '3': ['-O3', '-finline-functions'],
      s: ['-Os'],
    },
    std: () => [],
    languageOptions: () => [],
    assertionsOff: ['-frelease'],
    assertions: [],
    // Meson does not ask for colours either.
    colors: false,
  };
}
