import { type Diagnostic, plainError } from '../../../diag/diagnostic.ts';
import type { CrateGraph, CratePackage } from '../../../model/crate-graph.ts';

/** Two packages that stand for one native library, which a program can only have once. */
export function linksFault({ packages }: CrateGraph): Diagnostic | undefined {
  const first = new Map<string, CratePackage>();
  for (const one of packages.values()) {
    if (one.links === undefined) continue;
    const other = first.get(one.links);
    first.set(one.links, other ?? one);
    if (other === undefined || other.folder === one.folder) continue;
    const [before, after] = [other, one].map(({ name, version }) => `${name} ${version}`);
    return plainError(
      `multiple packages link to native library \`${one.links}\`, but a native library can be linked only once`,
      `${before} links to it, and ${after} does, too.`,
    );
  }
  return undefined;
}
