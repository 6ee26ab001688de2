import type { FoundDependency } from '../../../deps/found.ts';
import { type Dependency, emptyDependency } from '../../../model/dependency.ts';
import type { Evaluation } from '../../evaluation.ts';
import { type DependencyObject, dependencyType } from '../../objects/dependency.ts';

/** Adds a dependency to the model: without anything but what is given. */
export function addDependency(
  { tables }: Pick<Evaluation, 'tables'>,
  row: Pick<Dependency, 'kind' | 'name' | 'type'> & Partial<Dependency>,
): DependencyObject {
  return {
    type: dependencyType,
    dependency: tables.dependencies.add({ ...emptyDependency, ...row }),
  };
}

/** What is there when nothing was found. */
export function addNotFound(
  evaluation: Pick<Evaluation, 'tables'>,
  name: string,
): DependencyObject {
  return addDependency(evaluation, { kind: 'not-found', name, type: 'not-found' });
}

/** How something on the machine was asked for. */
export interface Asked {
  readonly includeType?: Dependency['includeType'];
  readonly version?: readonly string[];
}

/** Adds what was found on the machine, with all it needs in its turn. */
export function addFound(
  evaluation: Pick<Evaluation, 'tables'>,
  found: FoundDependency,
  asked: Asked = {},
): DependencyObject {
  const { note: _note, details: _details, since: _since, isAskedPart: _part, ...rest } = found;
  const { version, tool, ...fields } = rest;
  const needed = found.dependencies.map((part) =>
    addFound(evaluation, part, part.isAskedPart === true ? asked : {}),
  );
  return addDependency(evaluation, {
    ...fields,
    kind: 'external',
    version: version === undefined || version === '' ? 'unknown' : version,
    sources: found.sources.map((file) => ({ kind: 'file', file })),
    dependencies: needed.map(({ dependency }) => dependency),
    includeType: asked.includeType ?? 'preserve',
    ...(asked.version === undefined ? {} : { versionRequirements: asked.version }),
    ...(tool === undefined ? {} : { tool }),
  });
}
