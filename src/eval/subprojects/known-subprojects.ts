import type { SubprojectObject } from '../objects/subproject.ts';
import { perEvaluation } from '../per-evaluation.ts';

/** The subprojects of a build that were asked for, by name. */
export const subprojectsOf = perEvaluation(() => new Map<string, SubprojectObject>());
