import { expect, test } from 'vitest';
import type { CargoMetadata, MetadataPackage } from '../../src/cargo/cargo-metadata.ts';
import { parseLock } from '../../src/cargo/lock/lock.ts';
import { widenedLock } from '../../src/cargo/units/packages/widened-lock.ts';

const registry = 'registry+https://example.org/index';

const lockText = `version = 4
[[package]]
name = "tool"
version = "1.0.0"
dependencies = ["sum"]
[[package]]
name = "sum"
version = "1.0.0"
source = "${registry}"
checksum = "${'0'.repeat(64)}"
`;

function crate(name: string, source: string | null = registry): MetadataPackage {
  const id = `${name}-id`;
  const manifest_path = `/${name}/Cargo.toml`;
  const rest = { license: null, targets: [], rust_version: null };
  return { name, version: '1.0.0', id, source, manifest_path, ...rest };
}

function told(needs: Readonly<Record<string, readonly string[]>>): CargoMetadata {
  const names = Object.keys(needs);
  return {
    packages: names.map((name) => crate(name, name === 'tool' ? null : registry)),
    workspace_members: ['tool-id'],
    resolve: {
      nodes: names.map((name) => ({
        id: `${name}-id`,
        features: [],
        deps: (needs[name] ?? []).map((one) => ({ name: one, pkg: `${one}-id`, dep_kinds: [] })),
      })),
    },
  };
}

test('crates that Cargo resolved beyond a lock file join it, and those that need them say so', () => {
  const lock = parseLock({ path: 'Cargo.lock', text: lockText });
  if (!lock.ok) throw new Error('no lock file');
  const more = told({ tool: ['sum'], sum: ['more'], more: [] });
  const { packages } = widenedLock(lock.value, more, ({ name }) => `sum of ${name}`);
  expect(packages.map(({ name }) => name)).toEqual(['tool', 'sum', 'more']);
  expect(packages[1]?.dependencies).toEqual([`more 1.0.0 (${registry})`]);
  expect(packages[1]?.checksum).toBe('0'.repeat(64));
  expect(packages[2]?.checksum).toBe('sum of more');
});
