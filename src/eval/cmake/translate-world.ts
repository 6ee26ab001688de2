import { cmakeLanguages } from '../../cmake/languages.ts';
import type { TranslateWorld } from '../../cmake/translate.ts';
import type { MachineChoice } from '../../model/machine.ts';
import { startFindLibrary } from '../../toolchains/checks/libraries.ts';
import { languageSuffixes } from '../../toolchains/languages.ts';
import type { Call } from '../call.ts';
import { chosenMachine } from '../machines/chosen-machine.ts';
import { runnerOf } from '../machines/exe-wrapper.ts';
import { checkerFor } from '../methods/compiler/checker.ts';
import { perEvaluation } from '../per-evaluation.ts';
import type { CmakeSubprojectPlace } from './cmake-subproject-place.ts';
import { cmakeBuildType, globalOption } from './configure-cmake.ts';

/** Names made up for what has none: counted through all subprojects. */
const counters = perEvaluation(() => ({ customs: 0, outputs: 0 }));

/** What the translation of a subproject needs of this build. */
export function translateWorld(
  call: Call,
  place: CmakeSubprojectPlace,
  projectBuildDir: string,
): TranslateWorld {
  const { evaluation } = call;
  const machine = chosenMachine(call, place.native);
  const count = counters(evaluation);
  const warned = new Set<string>();
  const warn = (message: string): void => {
    if (!warned.has(message)) call.warn(message);
    warned.add(message);
  };
  return {
    places: {
      files: evaluation.host.files,
      sourceRoot: evaluation.sourceRoot,
      buildRoot: evaluation.buildRoot,
      projectDir: place.directory,
      projectBuildDir,
      warn,
    },
    installPrefix: globalOption(call, 'prefix'),
    link: {
      files: evaluation.host.files,
      isDebug: globalOption(call, 'debug') === 'true',
      configuration: cmakeBuildType(call) ?? '',
      compilers: compilersOf(call, machine),
      platform: platforms[evaluation.machines[machine].system] ?? 'Linux',
      findLibrary: (name) => findLibrary(call, machine, name),
      warn,
    },
    standards: (language) => standardsOf(call, machine, language),
    suffixLanguage: (suffix) =>
      Object.entries(languageSuffixes).find(([, suffixes]) => suffixes.includes(suffix))?.[0],
    nextCustomName: () => `custom_tgt_${count.customs++}`,
    nextOutput: () => `c${count.outputs++}`,
    runner: exeWrapper(call, machine),
  };
}

const platforms: Readonly<Record<string, string>> = {
  linux: 'Linux',
  darwin: 'Darwin',
  windows: 'Windows',
  freebsd: 'FreeBSD',
  android: 'Android',
  cygwin: 'CYGWIN',
};

/** CMake's names of compilers. */
const compilerIds: Readonly<Record<string, string>> = {
  gcc: 'GNU',
  clang: 'Clang',
  'clang-cl': 'Clang',
  msvc: 'MSVC',
  intel: 'Intel',
  'intel-llvm': 'IntelLLVM',
};

function compilersOf({ evaluation }: Call, machine: MachineChoice) {
  const known = evaluation.tables.toolchains.get(machine) ?? new Map();
  return new Map(
    [...known.values()].flatMap(({ language, id, version }) => {
      const name = cmakeLanguages[language];
      return name === undefined ? [] : [[name, { id: compilerIds[id] ?? id, version }] as const];
    }),
  );
}

function findLibrary(
  { evaluation }: Call,
  machine: MachineChoice,
  name: string,
): readonly string[] | undefined {
  for (const language of ['objcpp', 'cpp', 'objc', 'c', 'fortran']) {
    const checker = checkerFor(evaluation, machine, language);
    if (checker !== undefined) return startFindLibrary(checker, { name }).finish();
  }
  return undefined;
}

/** The values of `c_std`; where no compiler told of it yet, those that all compilers have. */
function standardsOf(
  { evaluation }: Call,
  machine: MachineChoice,
  language: string,
): readonly string[] {
  const option = evaluation.options.lookUp({
    name: `${language}_std`,
    subproject: undefined,
    machine,
  });
  const type = option?.declaration.type;
  if (type?.kind === 'combo') return type.choices;
  const years = language === 'c' ? ['89', '99', '11', '17'] : ['98', '11', '14', '17', '20'];
  const letter = language === 'c' ? 'c' : 'c++';
  return years.flatMap((year) => [`${letter}${year}`, `gnu${letter.slice(1)}${year}`]);
}

/** Put before programs that a custom command runs, unless the machine file says otherwise. */
function exeWrapper({ evaluation }: Call, machine: MachineChoice): readonly string[] {
  if (evaluation.configs[machine].properties.get('cmake_use_exe_wrapper') === false) return [];
  const runner = runnerOf(evaluation, machine);
  return typeof runner === 'string' ? [] : runner;
}
