import { compareVersions } from '../../base/version.ts';
import type { CargoMetadata } from '../../cargo/cargo-metadata.ts';
import type { LockChange } from '../../cargo/lock/lock-changes.ts';

/** A sentence on crates that this machine would build and the promised compiler could not. */
export function needingNewer(data: CargoMetadata, lock: readonly LockChange[]): string | undefined {
  const own = new Set(data.workspace_members);
  const promised = data.packages
    .flatMap(({ id, rust_version }) => (own.has(id) && rust_version !== null ? [rust_version] : []))
    .sort(compareRust)[0];
  if (promised === undefined) return undefined;
  const active = new Set(data.resolve?.nodes.map(({ id }) => id));
  const fresh = lock.flatMap((change) => (change.kind === 'removed' ? [] : [change.now]));
  const tooNew = data.packages.filter(
    ({ id, name, version, rust_version }) =>
      active.has(id) &&
      rust_version !== null &&
      compareRust(rust_version, promised) > 0 &&
      fresh.some((each) => each.name === name && each.version === version),
  );
  if (tooNew.length === 0) return undefined;
  const list = tooNew.map(
    (each) => `  ${each.name} ${each.version} needs Rust ${each.rust_version}`,
  );
  return `The project promises Rust ${promised} (rust-version), but:\n${list.join('\n')}\n--ignore-rust-version takes them all the same.`;
}

/** `1.60` promises what `1.60.0` does. */
function compareRust(a: string, b: string): number {
  const whole = (version: string): string =>
    [...version.split('.'), '0', '0'].slice(0, 3).join('.');
  return compareVersions(whole(a), whole(b));
}
