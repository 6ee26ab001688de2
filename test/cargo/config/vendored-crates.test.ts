import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { vendoredCrate } from '../../../src/cargo/config/vendored-crates.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const manifest = '[package]\nname = "leaf"\nversion = "1.0.0"\n';
const sums = {
  files: { 'Cargo.toml': createHash('sha256').update(manifest).digest('hex') },
  package: '00',
};

function found(change: Readonly<Record<string, string>>, without: readonly string[] = []) {
  const all = {
    'vendor/leaf/Cargo.toml': manifest,
    'vendor/leaf/.cargo-checksum.json': JSON.stringify(sums),
    ...change,
  };
  const kept = Object.fromEntries(
    Object.entries(all).filter(([path]) => !without.some((one) => path.endsWith(one))),
  );
  const crate = { name: 'leaf', version: '1.0.0', checksum: '00' };
  const result = vendoredCrate(new MemoryHost(kept).files, '/project/vendor', crate);
  return result.ok ? result.value : result.error;
}

test('a vendored crate is told from one that somebody edited, and from one that lost a file', () => {
  expect(found({})).toBe('/project/vendor/leaf');
  expect(found({ 'vendor/leaf/Cargo.toml': `${manifest}\n` })).toBe(
    '/project/vendor/leaf/Cargo.toml is not as its checksum says',
  );
  expect(found({}, ['.cargo-checksum.json'])).toBe(
    '/project/vendor/leaf/.cargo-checksum.json is not there',
  );
  expect(found({ 'vendor/leaf/Cargo.toml': manifest }, ['leaf/Cargo.toml'])).toBe(
    'leaf 1.0.0 is not in /project/vendor, which stands for its source',
  );
});
