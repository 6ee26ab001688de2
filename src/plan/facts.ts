import type { TargetId } from '../model/target.ts';
import type { Family } from '../toolchains/rules.ts';
import type { CompileUnit } from './compile-units.ts';
import { factsOf, type PlanContext } from './context.ts';
import { absolutePath } from './paths.ts';

/** Notes a compilation for the IDE files: sources with equal arguments stand together. */
export function recordCompilation(
  context: PlanContext,
  id: TargetId,
  made: {
    readonly family: Family;
    readonly args: readonly string[];
    readonly unit: Pick<CompileUnit, 'source' | 'origin'>;
    readonly joined?: readonly string[];
  },
): void {
  const { toolchain, compile } = made.family;
  const { compilations } = factsOf(context, id);
  const gnuLike = made.family.argumentSyntax === 'gcc';
  const parameters = gnuLike ? made.args.map((arg) => withAbsoluteFolder(context, arg)) : made.args;
  let group = compilations.find(
    (known) =>
      known.language === toolchain.language &&
      known.parameters.length === parameters.length &&
      known.parameters.every((arg, at) => arg === parameters[at]),
  );
  if (group === undefined) {
    group = {
      language: toolchain.language,
      machine: toolchain.machine,
      compiler: compile.command,
      parameters,
      sources: [],
      generatedSources: [],
      unitySources: [],
    };
    compilations.push(group);
  }
  const list = made.unit.origin === 'given' ? group.sources : group.generatedSources;
  list.push(absolutePath(context.paths, made.unit.source.path));
  group.unitySources.push(...(made.joined ?? []).map((path) => absolutePath(context.paths, path)));
}

/** Folders as tools outside the build directory can use them. */
function withAbsoluteFolder(context: PlanContext, arg: string): string {
  const [, option, path] = /^(-I|-L)(.+)$/.exec(arg) ?? [];
  if (option === undefined || path === undefined) return arg;
  return `${option}${absolutePath(context.paths, path)}`;
}
