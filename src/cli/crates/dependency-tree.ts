import type { CargoLock, LockedPackage } from '../../cargo/lock/lock.ts';
import { dependenciesOf } from './locked-dependencies.ts';

export interface TreeOptions {
  /** The packages to start from. */
  readonly roots: readonly LockedPackage[];
  /** Who needs a package, rather than what it needs. */
  readonly inverted: boolean;
  readonly depth: number;
  /** What is said behind a package. */
  readonly note: (made: LockedPackage) => string;
}

/** A lock as a tree of lines. What was shown once with all it needs is marked (*) the next time. */
export function dependencyTree(
  lock: CargoLock,
  { roots, inverted, depth, note }: TreeOptions,
): readonly string[] {
  const children = inverted ? dependentsIn(lock) : (of: LockedPackage) => dependenciesOf(lock, of);
  const lines: string[] = [];
  const shown = new Set<LockedPackage>();
  // Trees of locks are shallow, but nothing promises that: no recursion.
  const pending = [...roots].reverse().map((made) => ({ made, level: 0, branch: '', indent: '' }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { made, level, branch, indent } = next;
    const below = [...children(made)].sort((a, b) => (a.name < b.name ? -1 : 1));
    const again = shown.has(made) && below.length > 0;
    lines.push(`${branch}${made.name} ${made.version}${note(made)}${again ? ' (*)' : ''}`);
    if (again || level >= depth) continue;
    shown.add(made);
    const entries = below.map((each, at) => {
      const last = at === below.length - 1;
      return {
        made: each,
        level: level + 1,
        branch: `${indent}${last ? '└── ' : '├── '}`,
        indent: `${indent}${last ? '    ' : '│   '}`,
      };
    });
    pending.push(...entries.reverse());
  }
  return lines;
}

function dependentsIn(lock: CargoLock): (of: LockedPackage) => readonly LockedPackage[] {
  const table = new Map<LockedPackage, LockedPackage[]>();
  for (const each of lock.packages)
    for (const needed of dependenciesOf(lock, each))
      table.set(needed, [...(table.get(needed) ?? []), each]);
  return (of) => table.get(of) ?? [];
}
