import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { layers, packages } from './layers.ts';

const src = resolve(import.meta.dirname, '../../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join(src, name));

interface Import {
  readonly from: string;
  readonly to: string;
}

const imports: readonly Import[] = files.flatMap((file) =>
  [
    ...withoutComments(readFileSync(file, 'utf8')).matchAll(
      /^(?:import|export)\b[^;']*?from '([^']+)'|(?:await|typeof|=>|:)\s*import\('([^']+)'\)|^import '([^']+)'/gms,
    ),
  ].map((match) => ({ from: file, to: match[1] ?? match[2] ?? match[3] ?? '' })),
);

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '');
}

function roomOf(file: string): string {
  return relative(src, file).split('/')[0] ?? '';
}

test('every room is in the list of layers', () => {
  expect([...new Set(files.map(roomOf))].filter((room) => !(room in layers))).toEqual([]);
});

test('a room imports only the rooms its layer allows', () => {
  const wrong = imports
    .filter(({ to }) => to.startsWith('.') && !to.endsWith('/package.json'))
    .map(({ from, to }) => ({
      from,
      room: roomOf(from),
      target: roomOf(resolve(dirname(from), to)),
    }))
    .filter(
      ({ room, target }) =>
        room !== target && !['base', 'diag', ...(layers[room] ?? [])].includes(target),
    )
    .map(({ from, target }) => `${relative(src, from)} imports ${target}`);
  expect(wrong).toEqual([]);
});

test("only host/node imports Node's own modules for files, processes and the network", () => {
  const world = /^node:(fs|child_process|net|http|https|os|worker_threads|dgram|tls|dns)\b/;
  const wrong = imports
    .filter(({ from, to }) => world.test(to) && !relative(src, from).startsWith('host/node/'))
    .map(({ from, to }) => `${relative(src, from)} imports ${to}`);
  expect(wrong).toEqual([]);
});

test('a package is imported only behind its own door', () => {
  const wrong = imports
    .filter(({ to }) => !to.startsWith('.') && !to.startsWith('node:'))
    .filter(({ from, to }) => !(packages[to] ?? []).includes(roomOf(from)))
    .map(({ from, to }) => `${relative(src, from)} imports ${to}`);
  expect(wrong).toEqual([]);
});

test('no file imports itself by way of others, types included', () => {
  const graph = new Map<string, string[]>();
  for (const { from, to } of imports) {
    if (to.startsWith('.'))
      graph.set(from, [...(graph.get(from) ?? []), resolve(dirname(from), to)]);
  }
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at !== -1)
      cycles.push([...path.slice(at), file].map((name) => relative(src, name)).join(' → '));
    if (at !== -1 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(cycles).toEqual([]);
});

test('a file has at most 400 lines', () => {
  const long = files
    .map((file) => ({
      file: relative(src, file),
      lines: readFileSync(file, 'utf8').split('\n').length,
    }))
    .filter(({ lines }) => lines > 401);
  expect(long).toEqual([]);
});

test('files and folders are named in kebab-case', () => {
  const odd = files
    .map((file) => relative(src, file))
    .filter((name) => !/^[a-z0-9/-]+(\.d)?\.ts$/.test(name));
  expect(odd).toEqual([]);
});
