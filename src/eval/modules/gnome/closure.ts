import type { Dependency } from '../../../model/dependency.ts';
import type { IncludeDirectories } from '../../../model/file.ts';
import type { BuildTarget, DependencyId, LinkItem, TargetId } from '../../../model/target.ts';
import type { Call } from '../../call.ts';
import type { Evaluation } from '../../evaluation.ts';
import { addDependency } from '../../functions/dependency/rows.ts';
import { perEvaluation } from '../../per-evaluation.ts';
import { gathered } from '../../targets/build/gathered.ts';

/** Descriptions of libraries that `generate_gir()` made: what takes one in needs its folder. */
export const girTargets = perEvaluation(() => new Set<TargetId>());

/** What a target or dependency has of other build targets. */
export function buildRow({ evaluation }: Call, id: TargetId): BuildTarget | undefined {
  const row = evaluation.tables.targets.get(id);
  return row.kind === 'build' ? row : undefined;
}

/**
 * The dependencies found on the machine that a target needs, those of declared ones included, and what
 * declared ones say of arguments.
 */
export function externalDependencies(
  { evaluation }: Call,
  ids: readonly DependencyId[],
): readonly DependencyId[] {
  const { dependencies } = evaluation.tables;
  const found = (id: DependencyId): readonly DependencyId[] => {
    const row = dependencies.get(id);
    if (row.kind !== 'internal') return [id];
    const own = row.compileArgs.length === 0 ? [] : [argumentsOf(evaluation, id, row.compileArgs)];
    return [...own, ...row.dependencies.flatMap(found)];
  };
  return [...new Set(ids.flatMap(found))];
}

const argumentParts = perEvaluation(() => new Map<DependencyId, DependencyId>());

/** What a declared dependency says of arguments, as a dependency of its own. */
function argumentsOf(
  evaluation: Evaluation,
  id: DependencyId,
  compileArgs: readonly string[],
): DependencyId {
  const known = argumentParts(evaluation).get(id);
  if (known !== undefined) return known;
  const row = { kind: 'internal', name: '', type: 'internal', compileArgs } as const;
  const { dependency } = addDependency(evaluation, row);
  argumentParts(evaluation).set(id, dependency);
  return dependency;
}

/** The include folders of a target, those that declared dependencies bring included. */
export function includesOfTarget(
  { evaluation }: Call,
  row: BuildTarget,
): readonly IncludeDirectories[] {
  const { dependencies } = evaluation.tables;
  const brought = (id: DependencyId): readonly IncludeDirectories[] => {
    const one = dependencies.get(id);
    return one.kind === 'internal'
      ? [...one.includeDirectories, ...one.dependencies.flatMap(brought)]
      : [];
  };
  return [...new Set([...row.includeDirectories, ...row.dependencies.flatMap(brought)])];
}

/** The shared half of what is linked, where there is one. */
export function sharedOf(call: Call, item: LinkItem): TargetId | undefined {
  const row = buildRow(call, item.target);
  const isShared = (type: string | undefined): boolean =>
    type === 'shared-library' || type === 'shared-module';
  if (isShared(row?.type)) return item.target;
  const twin = row?.twin;
  return twin !== undefined && isShared(buildRow(call, twin)?.type) ? twin : undefined;
}

/** The shared libraries that targets are or link, each before what it links, in the order they are met. */
export function sharedLibraries(call: Call, ids: readonly TargetId[]): readonly TargetId[] {
  const result = new Set<TargetId>();
  const seen = new Set<TargetId>();
  const waiting = [...ids];
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const row = buildRow(call, id);
    if (row === undefined) continue;
    if (row.type === 'shared-library' || row.type === 'shared-module') result.add(id);
    const brought = gathered(call.evaluation.tables, row.dependencies);
    const items = [...row.linkWith, ...brought.linkWith, ...row.linkWhole, ...brought.linkWhole];
    waiting.unshift(...items.map((item) => sharedOf(call, item) ?? item.target));
  }
  return [...result];
}

/** Targets of `generate_gir()` among sources of a dependency. */
export function girSources(call: Call, row: Pick<Dependency, 'sources'>): readonly TargetId[] {
  const known = girTargets(call.evaluation);
  const ids = row.sources.flatMap((item) => (item.kind === 'output' ? [item.target] : []));
  return [...new Set(ids)].filter((id) => known.has(id));
}

/** The folder of a target in the build tree, absolute. */
export function targetFolder({ evaluation }: Call, id: TargetId): string {
  const { buildSubdir } = evaluation.tables.targets.get(id);
  return buildSubdir === '' ? evaluation.buildRoot : `${evaluation.buildRoot}/${buildSubdir}`;
}
