import type { Arguments } from '../../model/model.ts';
import type { BuildTarget, DependencyId } from '../../model/target.ts';
import type { Language } from '../../model/toolchain.ts';
import type { Family } from '../../toolchains/rules.ts';
import { globalListOption, machineOf, type PlanContext } from '../context.ts';
import { includeArgs } from './include-dirs.ts';

/** Compile arguments that a target gets from its project, from all projects, and from the options. */
export function commonCompileArgs(
  context: PlanContext,
  target: BuildTarget,
  family: Family,
): readonly string[][] {
  const { language } = family.toolchain;
  const project = context.model.projects.get(target.project);
  const ofProject = argumentsOf(project.args, target, language).compile;
  const ofDependencies = projectDependencies(context, target, language).flatMap((id) => {
    const dependency = context.model.dependencies.get(id);
    return [
      ...dependency.compileArgs,
      ...dependency.includeDirectories.flatMap((dirs) => includeArgs(context, family, dirs)),
    ];
  });
  return [
    [...ofProject, ...ofDependencies],
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
    ...projectDependencies(context, target, language).flatMap(
      (id) => context.model.dependencies.get(id).linkArgs,
    ),
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

/** `add_project_dependencies`: the dependencies at the ends, which hold arguments only. */
function projectDependencies(
  context: PlanContext,
  target: BuildTarget,
  language: Language,
): readonly DependencyId[] {
  const project = context.model.projects.get(target.project);
  const leaves = new Set<DependencyId>();
  const visit = (id: DependencyId): void => {
    const { dependencies } = context.model.dependencies.get(id);
    leaves.add(id);
    for (const inner of dependencies) visit(inner);
  };
  for (const id of project.dependencies.get(target.askedMachine)?.get(language) ?? []) visit(id);
  return [...leaves];
}
