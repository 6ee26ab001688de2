import type { Arguments } from '../../model/model.ts';
import type { BuildTarget } from '../../model/target.ts';
import type { Language } from '../../model/toolchain.ts';
import type { Family } from '../../toolchains/rules.ts';
import { globalListOption, machineOf, type PlanContext } from '../context.ts';

/** Compile arguments that a target gets from its project, from all projects, and from the options. */
export function commonCompileArgs(
  context: PlanContext,
  target: BuildTarget,
  family: Family,
): readonly string[][] {
  const { language } = family.toolchain;
  const project = context.model.projects.get(target.project);
  return [
    [...argumentsOf(project.args, target, language).compile],
    [...globalArguments(context, target, language).compile],
    [...globalListOption(context, `${language}_args`, machineOf(context, target))],
  ];
}

/** The same for linking. */
export function commonLinkArgs(
  context: PlanContext,
  target: BuildTarget,
  language: Language,
): readonly string[] {
  const project = context.model.projects.get(target.project);
  return [
    ...argumentsOf(project.args, target, language).link,
    ...globalArguments(context, target, language).link,
    ...globalListOption(context, `${language}_link_args`, machineOf(context, target)),
  ];
}

function globalArguments(context: PlanContext, target: BuildTarget, language: Language): Arguments {
  const project = context.model.projects.get(target.project);
  const machine = project.forBuildMachine === true ? 'build' : target.askedMachine;
  return argumentsOf(context.model.globalArgs, { askedMachine: machine }, language);
}

/** By the machine that build files name, even where both machines are one. */
function argumentsOf(
  args: ReadonlyMap<BuildTarget['machine'], ReadonlyMap<Language, Arguments>>,
  target: Pick<BuildTarget, 'askedMachine'>,
  language: Language,
): Arguments {
  return args.get(target.askedMachine)?.get(language) ?? { compile: [], link: [] };
}
