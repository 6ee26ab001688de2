import { posix } from 'node:path';
import type { BuildInput } from '../../exec/build-context.ts';
import type { BuildOptions } from '../../exec/run-build.ts';
import type { Witness } from '../../exec/witness.ts';
import type { Manifest } from '../../ninja/manifest.ts';
import type { Service } from '../../ninja/service.ts';
import type { NinjaBuild } from './ninja-build.ts';

/** What `kaon ninja` works in: a build directory of kaon's, or one with a manifest of another tool. */
export interface NinjaPlace {
  /** Absolute. */
  readonly directory: string;
  /** The caller closes its log. */
  readonly input: BuildInput & Pick<BuildOptions, 'onUpToDate'>;
  /** For the tools that ask about it; made when it is first asked for. */
  readonly manifest: () => Manifest;
  /** What is built when nothing is asked for. */
  readonly defaults: readonly string[];
  /** Where it was begun to find out what there is to do: what was asked for, with all that is built along with it. */
  readonly begun?: { readonly goals: readonly string[]; readonly build: NinjaBuild };
  /** Why it is set up anew before anything is built, where that was not to be done yet. */
  readonly outdated?: string;
  /** Commands that are asked for as if they were targets. */
  readonly services: readonly Service[];
  /** Leaves word for the launcher, where that is not done as for a manifest of another tool. */
  readonly leave?: (seen: Witness) => void;
  /** Lets others work here. */
  readonly release: () => void;
}

/** Where kaon's log of a manifest of another tool lies: where ninja's would. */
export function logOf(directory: string, { builddir }: Manifest): string {
  return `${posix.resolve(directory, builddir ?? '.')}/.kaon_log`;
}
