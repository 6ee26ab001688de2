import { expect, test } from 'vitest';
import type { CargoMetadata } from '../../../src/cargo/cargo-metadata.ts';
import { needingNewer } from '../../../src/cli/crates/needing-newer.ts';

function said(promised: string, needed: string): string | undefined {
  const crate = (name: string, rust_version: string) => ({
    ...{ name, version: '1.0.0', id: name, rust_version },
    ...{ license: null, source: null, targets: [], manifest_path: '' },
  });
  const data: CargoMetadata = {
    packages: [crate('own', promised), crate('foo', needed)],
    workspace_members: ['own'],
    resolve: { nodes: [{ id: 'foo', features: [], deps: [] }] },
  };
  const place = { source: { path: 'Cargo.lock', text: '' }, span: { start: 0, end: 0 } };
  const now = {
    ...{ name: 'foo', version: '1.0.0', checksum: undefined, dependencies: [], place },
    source: { kind: 'registry' as const, url: '' },
  };
  return needingNewer(data, [{ kind: 'added', now }]);
}

test('a crate that needs the promised compiler is fine, however many numbers both say', () => {
  expect(said('1.60', '1.60.0')).toBeUndefined();
  expect(said('1.60.0', '1.60')).toBeUndefined();
  expect(said('1.60', '1.60.1')).toContain('foo 1.0.0 needs Rust 1.60.1');
});
