import { expect, test } from 'vitest';
import { type Bill, type Component, cycloneDx } from '../../src/release/cyclonedx.ts';

function billOf(...components: readonly Component[]): string {
  const bill: Bill = {
    name: 'app',
    version: '1.0',
    license: 'MIT',
    components,
    timeSeconds: 1_600_000_000,
    toolVersion: '0.1.0',
  };
  return cycloneDx(bill);
}

function componentsOf(...components: readonly Component[]): readonly Record<string, unknown>[] {
  return JSON.parse(billOf(...components)).components;
}

test('a crate is listed with its package URL, hash and licence', () => {
  const hash = { algorithm: 'SHA-256', hex: 'ab' } as const;
  const crate = { kind: 'crate', name: 'syn', version: '2.0.66', hash, license: 'MIT/Apache-2.0' };
  expect(componentsOf(crate as Component)).toEqual([
    {
      'bom-ref': 'pkg:cargo/syn@2.0.66',
      type: 'library',
      name: 'syn',
      version: '2.0.66',
      scope: 'required',
      hashes: [{ alg: 'SHA-256', content: 'ab' }],
      licenses: [{ expression: 'MIT OR Apache-2.0' }],
      purl: 'pkg:cargo/syn@2.0.66',
    },
  ]);
});

test('a licence in free words is named as it stands, and a scope is encoded', () => {
  const license = 'See the file COPYING';
  const [made] = componentsOf({ kind: 'npm', name: '@a/b', version: '1.0.0', license });
  expect(made).toMatchObject({
    licenses: [{ license: { name: license } }],
    purl: 'pkg:npm/%40a/b@1.0.0',
  });
});

test('the order in which things were found does not show, nor when the bill was made', () => {
  const a: Component = { kind: 'wrap', name: 'a', version: '1' };
  const b: Component = { kind: 'crate', name: 'b', version: '1' };
  expect(billOf(a, b)).toBe(billOf(b, a));
  const { serialNumber, metadata } = JSON.parse(billOf(a));
  expect(serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
  expect(metadata.timestamp).toBe('2020-09-13T12:26:40Z');
});
