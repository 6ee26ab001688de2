import type { MachineChoice } from '../../model/machine.ts';
import type { Evaluation } from '../evaluation.ts';
import type { SubprojectObject } from '../objects/subproject.ts';
import { perEvaluation } from '../per-evaluation.ts';

/** The subprojects of a build that were asked for, by key. */
export const subprojectsOf = perEvaluation(() => new Map<string, SubprojectObject>());

/** What succeeded by itself inside of subprojects that failed: it is not built, but told of. */
export const withdrawnSubprojects = perEvaluation(
  () => new Map<string, { readonly subproject: SubprojectObject; readonly title: string }>(),
);

/** The name and version of a project, as its summary is headed. */
export function projectTitle({ tables }: Evaluation, subproject: string): string {
  const row = [...tables.projects.values()].find((each) => each.subproject === subproject);
  const version = row?.version ?? noVersion;
  return [row?.name ?? subproject, ...(version === noVersion ? [] : [version])].join(' ');
}

/** What `meson.project_version()` gives of a project that says none. */
const noVersion = 'undefined';

/** A subproject may be there twice where build and host machine differ. */
export function subprojectKey(name: string, machine: MachineChoice): string {
  return machine === 'build' ? `${name} (for build machine)` : name;
}
