import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'kaon-cached-'));
  const source = resolve(import.meta.dirname, '../../../src/host/node/load-cached.ts');
  buildSync({
    stdin: {
      contents: `import { loadCached } from ${JSON.stringify(source)}; loadCached(${JSON.stringify(at('main.js'))}, 'use');`,
      resolveDir: folder,
    },
    outfile: at('entry.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  program('one');
});

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function program(name: string): void {
  const text = `const path = require('node:path'); console.log('${name}', path.basename(__filename)); module.exports = 1;`;
  const given = 'exports, require, module, __filename, __dirname';
  fs.writeFileSync(at('main.js'), `(function (${given}) {${text}})`);
}

function run(): string {
  const env = { ...process.env, XDG_CACHE_HOME: at('cache') };
  const done = spawnSync(process.execPath, [at('entry.cjs')], { env, encoding: 'utf8' });
  return done.stdout + done.stderr;
}

function cached(): readonly string[] {
  const place = at('cache/kaon/code');
  return fs.existsSync(place) ? fs.readdirSync(place).map((name) => join(place, name)) : [];
}

test('a program runs the same with its code cached, and again when it changed', () => {
  // The first runs add what functions they need.
  for (let time = 0; time < 4; time++) expect(run()).toBe('one main.js\n');
  const [first = '', ...others] = cached();
  expect(others).toEqual([]);
  const { ino } = fs.statSync(first);
  expect(run()).toBe('one main.js\n');
  expect(fs.statSync(first).ino).toBe(ino);
  program('other');
  expect(run()).toBe('other main.js\n');
  expect(cached()).toHaveLength(1);
  expect(cached()).not.toContain(first);
});

test('the first start uses what was made beside the program, and writes nothing', () => {
  run();
  const [made = ''] = cached();
  fs.mkdirSync(at('code'));
  fs.renameSync(made, join(at('code'), basename(made)));
  expect(run()).toBe('one main.js\n');
  expect(cached()).toEqual([]);
  // What was made for another version is of no use.
  program('other');
  expect(run()).toBe('other main.js\n');
  expect(cached()).toHaveLength(1);
});

test('a damaged cache is made anew', () => {
  run();
  const [file = ''] = cached();
  const whole = fs.readFileSync(file);
  for (const damaged of [whole.subarray(0, 100), Buffer.alloc(0), flipped(whole)]) {
    fs.writeFileSync(file, damaged);
    expect(run()).toBe('one main.js\n');
    expect(fs.readFileSync(file).length).toBe(whole.length);
  }
});

test('what was kept for programs that are gone is removed, and no other', () => {
  run();
  const [gone = ''] = cached();
  fs.renameSync(at('main.js'), at('moved.js'));
  fs.mkdirSync(at('new'));
  fs.writeFileSync(join(at('cache/kaon/code'), 'of-an-old-kaon'), '');
  fs.writeFileSync(join(at('cache/kaon/code'), '.being-written.tmp'), '');
  fs.renameSync(at('moved.js'), at('new/main.js'));
  const entry = fs.readFileSync(at('entry.cjs'), 'utf8');
  fs.writeFileSync(at('entry.cjs'), entry.replaceAll(at('main.js'), at('new/main.js')));
  for (let time = 0; time < 2; time++) expect(run()).toBe('one main.js\n');
  const names = cached();
  expect(names).not.toContain(gone);
  expect(names.map((name) => name.slice(-5)).sort()).toEqual(['.code', 'n.tmp']);
});

test('where nothing can be kept it runs all the same', () => {
  fs.writeFileSync(at('cache'), '');
  expect(run()).toBe('one main.js\n');
});

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const middle = copy.length >> 1;
  copy.writeUInt8(copy.readUInt8(middle) ^ 0x55, middle);
  return copy;
}
