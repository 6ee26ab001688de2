import type { Rows } from '../../base/rows.ts';
import type { CrateUnitId } from '../../model/crate-graph.ts';
import { runsInBuild } from './open-unit.ts';
import type { SharedUnit } from './share-units.ts';

/** What a unit has to hold so that link time optimisation works where it is asked for. */
type Lto =
  /** It is where the optimisation happens. */
  | { readonly kind: 'run'; readonly how: string }
  | { readonly kind: 'off' | 'only-bitcode' | 'only-object' | 'both' };

/** rustc's arguments for link time optimisation, by unit: those above decide what those below hold. */
export function ltoArguments(
  units: Rows<CrateUnitId, SharedUnit>,
  roots: readonly CrateUnitId[],
): (id: CrateUnitId) => readonly string[] {
  const decided = new Map<CrateUnitId, Lto>();
  const pending = roots.map((id) => ({ id, parent: rootLto(units.get(id)) })).reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { id } = next;
    const unit = units.get(id);
    const before = decided.get(id);
    const wanted = ltoOf(unit, next.parent);
    const lto = before === undefined ? wanted : merged(before, wanted);
    if (before !== undefined && same(before, lto)) continue;
    decided.set(id, lto);
    for (const dependency of unit.dependencies) pending.push({ id: dependency.unit, parent: lto });
  }
  return (id) => argumentsOf(decided.get(id) ?? { kind: 'only-object' });
}

function argumentsOf(lto: Lto): readonly string[] {
  switch (lto.kind) {
    case 'run':
      return ['-C', lto.how === 'true' ? 'lto' : `lto=${lto.how}`];
    case 'off':
      return ['-C', 'lto=off', '-C', 'embed-bitcode=no'];
    case 'only-bitcode':
      return ['-C', 'linker-plugin-lto'];
    case 'only-object':
      return ['-C', 'embed-bitcode=no'];
    case 'both':
      return [];
  }
}

function rootLto({ target, profile }: SharedUnit): Lto {
  if (profile.lto === 'false') return { kind: 'only-object' };
  if (profile.lto === 'off') return { kind: 'off' };
  if (runsInBuild(target)) return { kind: 'only-object' };
  return needsObject(target.crateTypes) ? withObject(target.crateTypes) : { kind: 'only-bitcode' };
}

function ltoOf({ target, mode, profile }: SharedUnit, parent: Lto): Lto {
  const types = mode === 'test' || mode === 'doctest' ? ['bin'] : target.crateTypes;
  if (runsInBuild(target)) return { kind: 'only-object' };
  if (types.every(canOptimise)) {
    if (profile.lto === 'false') return { kind: 'only-object' };
    return profile.lto === 'off' ? { kind: 'off' } : { kind: 'run', how: profile.lto };
  }
  if (parent.kind === 'off') return parent;
  if (!needsObject(types)) return parent.kind === 'run' ? { kind: 'only-bitcode' } : parent;
  return parent.kind === 'run' || parent.kind === 'only-bitcode' ? withObject(types) : parent;
}

function canOptimise(type: string): boolean {
  return type === 'bin' || type === 'staticlib' || type === 'cdylib';
}

function needsObject(types: readonly string[]): boolean {
  return types.some((type) => canOptimise(type) || type === 'dylib' || type === 'proc-macro');
}

function withObject(types: readonly string[]): Lto {
  return { kind: types.every((type) => type === 'dylib') ? 'only-object' : 'both' };
}

function merged(one: Lto, other: Lto): Lto {
  if (other.kind === 'run' || one.kind === 'run') return other.kind === 'run' ? other : one;
  if (one.kind === 'off' || other.kind === 'off') return { kind: 'off' };
  return one.kind === other.kind ? one : { kind: 'both' };
}

function same(one: Lto, other: Lto): boolean {
  return argumentsOf(one).join() === argumentsOf(other).join();
}
