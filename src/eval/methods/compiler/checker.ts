import type { MachineChoice } from '../../../model/machine.ts';
import type { Language, Toolchain } from '../../../model/toolchain.ts';
import { processMemory } from '../../../toolchains/checks/memory.ts';
import type { Checker } from '../../../toolchains/checks/probe.ts';
import { familyOf } from '../../../toolchains/family.ts';
import type { OptionLookup } from '../../../toolchains/rules.ts';
import type { Evaluation } from '../../evaluation.ts';
import { isForeseeing, lookAhead } from '../../interpreter/look-ahead.ts';
import { runnerOf } from '../../machines/exe-wrapper.ts';
import { perEvaluation } from '../../per-evaluation.ts';

/** What compilers answered in this evaluation. */
const memories = perEvaluation(() => processMemory());

/** Who checks with a compiler, by the options and machine files as they stand now. */
export function checkerOf(evaluation: Evaluation, toolchain: Toolchain): Checker {
  const { machine, language } = toolchain;
  return {
    host: evaluation.host,
    family: familyOf(toolchain),
    scratch: `${evaluation.buildRoot}/meson-private/checks`,
    compileArgs: listOption(evaluation, machine, `${language}_args`),
    linkArgs: listOption(evaluation, machine, `${language}_link_args`),
    runner: runnerOf(evaluation, machine),
    property: (name) => evaluation.configs[machine].properties.get(name),
    memory: memories(evaluation),
    guessed: isForeseeing(evaluation),
    lookAhead: () => lookAhead(evaluation),
  };
}

/** The compiler of a language for a machine, when the project has it. */
export function checkerFor(
  evaluation: Evaluation,
  machine: MachineChoice,
  language: Language,
): Checker | undefined {
  const toolchain = evaluation.tables.toolchains.get(machine)?.get(language);
  return toolchain === undefined ? undefined : checkerOf(evaluation, toolchain);
}

function listOption(
  { options }: Evaluation,
  machine: MachineChoice,
  name: string,
): readonly string[] {
  const value = options.find({ name, subproject: undefined, machine });
  return Array.isArray(value) ? value : [];
}

/** The options of a project that compilers read, for one machine. */
export function projectOptions(
  { options }: Evaluation,
  subproject: string,
  machine: MachineChoice,
): OptionLookup {
  return (name) => options.find({ name, subproject, machine });
}
