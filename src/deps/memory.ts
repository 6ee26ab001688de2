import type { Finished } from '../host/host.ts';
import type { FoundDependency } from './found.ts';

/** What this process learnt of one machine's dependencies: nothing is asked twice. */
export interface DependencyMemory {
  /** By name and keywords that matter. What was not found is looked for again. */
  readonly found: Map<string, FoundDependency>;
  /** Answers of tools, by command line and environment; processes may still be running. */
  readonly answers: Map<string, { readonly finish: () => Finished }>;
  /** Programs by name: what was found to be used, or undefined. */
  readonly tools: Map<
    string,
    { readonly command: readonly string[]; readonly version: string } | undefined
  >;
}

/** A memory that knows nothing yet; one for each machine. */
export function dependencyMemory(): DependencyMemory {
  return { found: new Map(), answers: new Map(), tools: new Map() };
}
