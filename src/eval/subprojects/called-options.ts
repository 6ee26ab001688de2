import type { GivenOptions } from '../options/option-key.ts';
import { perEvaluation } from '../per-evaluation.ts';

/** The `default_options:` that subprojects were asked for with, by name. */
export const calledOptions = perEvaluation(() => new Map<string, GivenOptions>());
