import { nearest } from '../../../base/nearest.ts';
import type { DependencyContext } from '../../../deps/context.ts';
import { libraryHint } from '../../../deps/library-packages.ts';
import { withoutPkgConfig } from '../../../deps/pkg-config.ts';
import type { Call } from '../../call.ts';

/** What may bring a dependency that neither the machine nor a wrap has. */
export function missingHint(call: Call, name: string): string | undefined {
  const near = nearest(name.toLowerCase(), call.evaluation.wraps.dependencies.keys());
  if (near !== undefined) return `Did you mean "${near}", which a wrap brings?`;
  const [, crate, version] = /^(.+)-(\d[\d.]*)-rs$/.exec(name) ?? [];
  if (crate === undefined) return undefined;
  return `"kaon add ${crate}@${version}" brings the crate, with its wrap.`;
}

/** What the machine may lack, where a dependency was looked for and not found. */
export function lookupHint(
  context: DependencyContext,
  name: string,
  reason: string,
): string | undefined {
  const tool = reason.includes('pkg-config') ? withoutPkgConfig(context) : undefined;
  // What systems install is for themselves.
  if (tool !== undefined || context.cross || !reason.includes('not found')) return tool;
  return libraryHint(name);
}

/** What to know of a dependency that is there, and does not do. */
export function unmetHint(version: string, wanted: readonly string[]): string {
  return `It is there in version ${version}; ${quoted(wanted)} is wanted.`;
}

/** Versions as messages list them: `'>=1', '<2'`. */
export function quoted(wanted: readonly string[]): string {
  return wanted.map((one) => `'${one}'`).join(', ');
}
