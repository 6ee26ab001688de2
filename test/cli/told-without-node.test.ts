import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { jsonText, spacedJsonText } from '../../src/base/json-text.ts';
import { sumInfo } from '../../src/cli/setup/info-sums.ts';
import { nodeFiles } from '../../src/host/node/node-files.ts';

const asked = 'node was asked\n';
let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'kaon-told-'));
  for (const name of ['kaon/bin', 'kaon/dist', 'build/meson-info', 'build/meson-private']) {
    fs.mkdirSync(join(folder, name), { recursive: true });
  }
  fs.copyFileSync(resolve(import.meta.dirname, '../../bin/kaon'), join(folder, 'kaon/bin/kaon'));
  fs.writeFileSync(join(folder, 'kaon/dist/kaon.js'), "process.stdout.write('node was asked\\n')");
});

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** As a setup writes it. */
function write(told: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(told))
    fs.writeFileSync(join(folder, 'build/meson-info', name), `${jsonText(value, 1)}\n`);
  sumInfo(nodeFiles(), join(folder, 'build'));
}

function introspect(...words: readonly string[]): string {
  const options = { cwd: folder, encoding: 'utf8' } as const;
  return spawnSync(join(folder, 'kaon/bin/kaon'), ['introspect', ...words], options).stdout;
}

test('one kind of what a setup told is told again without node, on one line', () => {
  write({
    'meson-info.json': {},
    'intro-targets.json': [
      { name: 'a,', of: [], at: {} },
      { name: '  b\n', on: [1, null] },
    ],
    'intro-install_plan.json': {},
  });
  const targets = '[{"name": "a,", "of": [], "at": {}}, {"name": "  b\\n", "on": [1, null]}]\n';
  expect(introspect('--targets', 'build')).toBe(targets);
  expect(introspect('build/', '--targets')).toBe(targets);
  expect(introspect('--install-plan', 'build')).toBe('{}\n');
});

test('BusyBox, whose sha256sum knows no long options, tells it as well', () => {
  write({ 'meson-info.json': {}, 'intro-targets.json': [{ name: 'a' }] });
  const tools = join(folder, 'tools');
  fs.mkdirSync(tools);
  const lines = ['#!/bin/sh', 'case $* in *--*) exit 1 ;; esac', 'PATH=$OLD exec sha256sum "$@"'];
  fs.writeFileSync(join(tools, 'sha256sum'), lines.join('\n'), { mode: 0o755 });
  const before = process.env['PATH'];
  const env = { ...process.env, OLD: before, PATH: `${tools}:${before}` };
  const words = ['introspect', '--targets', 'build'];
  const options = { cwd: folder, encoding: 'utf8', env } as const;
  expect(spawnSync(join(folder, 'kaon/bin/kaon'), words, options).stdout).toBe('[{"name": "a"}]\n');
});

test('any value reads as node would tell it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      write({ 'meson-info.json': {}, 'intro-tests.json': value });
      expect(introspect('--tests', 'build')).toBe(`${spacedJsonText(value)}\n`);
    }),
    { numRuns: 20 },
  );
});

test('whatever else is asked for, and what was written by others, is for node', () => {
  write({ 'meson-info.json': {}, 'intro-targets.json': [{ name: 'a' }] });
  for (const words of [
    ['--targets', 'meson.build'],
    ['--targets', '-i', 'build'],
    ['--targets', '--tests', 'build'],
    ['--targets', 'build', 'more'],
    ['--tests', 'build'],
    ['--targets', 'elsewhere'],
    ['--targets'],
    ['build'],
    [],
  ]) {
    expect(introspect(...words)).toBe(asked);
  }
  fs.appendFileSync(join(folder, 'build/meson-info/intro-targets.json'), '\n');
  expect(introspect('--targets', 'build')).toBe(asked);
});

test.each<[string, string]>([
  ['recompact', ''],
  ['restat build.ninja', ''],
  ['-C build -t restat', ''],
  ['-C gone -t restat', asked],
  ['clean', asked],
])('logs that ninja would tidy up are in order: -t %s', (words, stdout) => {
  const all = words.startsWith('-C') ? words.split(' ') : ['-t', ...words.split(' ')];
  const options = { cwd: folder, encoding: 'utf8' } as const;
  const told = spawnSync(join(folder, 'kaon/bin/kaon'), ['ninja', ...all], options);
  expect(told).toMatchObject({ stdout, stderr: '', status: 0 });
});
