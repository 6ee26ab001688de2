import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { layers } from './layers.ts';

const root = resolve(import.meta.dirname, '../..');
const text = readFileSync(resolve(root, 'ARCHITECTURE.md'), 'utf8');

test('ARCHITECTURE.md names only files that exist', () => {
  const named = [...text.matchAll(/`((?:src|test|docs|scripts)\/[\w./-]+)`/g)].map(
    ([, path]) => path ?? '',
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(resolve(root, path)))).toEqual([]);
});

test('ARCHITECTURE.md has every room', () => {
  expect(Object.keys(layers).filter((room) => !text.includes(`| \`${room}\` |`))).toEqual([]);
});
