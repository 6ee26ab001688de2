import { type DependencyRequest, plainRequest } from '../../../deps/context.ts';
import type { Place } from '../../../diag/diagnostic.ts';
import type { MachineChoice } from '../../../model/machine.ts';
import type { Evaluation } from '../../evaluation.ts';
import type { DependencyObject } from '../../objects/dependency.ts';
import { perEvaluation } from '../../per-evaluation.ts';

/** A dependency that later questions of the same name get as well. */
export interface DependencyOverride {
  readonly dependency: DependencyObject;
  readonly place: Place;
  /** Said by `meson.override_dependency`, not by an earlier lookup. */
  readonly explicit: boolean;
}

const tables = perEvaluation(() => ({
  build: new Map<string, DependencyOverride>(),
  host: new Map<string, DependencyOverride>(),
}));

/** Overrides of a machine, by identity. */
export function dependencyOverrides(
  evaluation: Evaluation,
  machine: MachineChoice,
): Map<string, DependencyOverride> {
  return tables(evaluation)[evaluation.cross ? machine : 'host'];
}

/** What makes two questions for a dependency the same: its version and whether it is required do not. */
export function dependencyIdentity(name: string, request: Partial<DependencyRequest> = {}): string {
  const { version: _version, required: _required, ...rest } = { ...plainRequest, ...request };
  return JSON.stringify([name, Object.entries(rest).map(([key, value]) => [key, value ?? null])]);
}
