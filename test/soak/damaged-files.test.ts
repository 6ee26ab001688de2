import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Project, project, told } from '../e2e/support/project.ts';
import { Chance, report, size } from './support/size.ts';

const files = {
  'meson.build': [
    "project('p', 'c', version: '1')",
    "configure_file(input: 'c.h.in', output: 'c.h', configuration: { 'X': get_option('x') })",
    "made = custom_target('made', input: 'c.h.in', output: 'made.h', command: ['cp', '@INPUT@', '@OUTPUT@'])",
    "lib = shared_library('l', 'l.c', install: true, version: '1.2')",
    "app = executable('app', 'main.c', made, link_with: lib, install: true)",
    "test('runs', app)",
    "import('pkgconfig').generate(lib)",
    "meson.add_devenv({ 'NAME': 'value' })",
    '',
  ].join('\n'),
  'meson.options': "option('x', type: 'integer', value: 3)\n",
  'c.h.in': '#define X @X@\n',
  'l.c': 'int one(void) { return 1; }\n',
  'main.c': '#include "c.h"\nint one(void);\nint main(void) { return one() + X == 4 ? 0 : 1; }\n',
};

/** What a crash, a full disk or a person may make of a file. */
const damages: Readonly<Record<string, (path: string) => void>> = {
  empty: (path) => fs.writeFileSync(path, ''),
  truncated: (path) => fs.truncateSync(path, Math.floor(fs.statSync(path).size / 2)),
  garbage: (path) => fs.writeFileSync(path, Buffer.from('\x00\xff{[\x7f"\n\x80', 'latin1')),
  'of other content': (path) => fs.writeFileSync(path, '{"a": [null]}\n'),
  'a folder': (path) => {
    fs.rmSync(path);
    fs.mkdirSync(path);
  },
  unreadable: (path) => fs.chmodSync(path, 0),
  removed: (path) => fs.rmSync(path),
};

const commands: readonly (readonly string[])[] = [
  ['compile', '-C', 'build'],
  ['test', '-C', 'build'],
  ['introspect', '--all', 'build'],
  ['configure', 'build', '-Dx=3'],
  ['configure', 'build'],
  ['devenv', '-C', 'build', 'true'],
  ['install', '-C', 'build', '--destdir', 'installed'],
  ['setup', '--reconfigure', 'build'],
];

interface Trial {
  readonly file: string;
  readonly damage: string;
  readonly command: readonly string[];
}

test('whatever becomes of a file of a build directory, no command is broken by it', () => {
  const made = project(files);
  const [build, kept] = [join(made.folder, 'build'), join(made.folder, 'kept')];
  expect(made.kaon(['setup', 'build']).status).toBe(0);
  expect(made.kaon(['test', '-C', 'build']).status).toBe(0);
  expect(made.kaon(['compile', '-C', 'build']).status).toBe(0);
  fs.renameSync(build, kept);
  // What configure_file() made is made again by a setup alone, as with Meson.
  const all = filesBelow(kept).filter((file) => file !== 'c.h');
  const trials = chosen(all, size(400, 8));
  for (const trial of trials) {
    fs.cpSync(kept, build, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    attempt(made, trial);
    fs.rmSync(build, { recursive: true });
  }
  report('damaged files', { trials: trials.length });
});

/** The command does its work, or tells what is wrong; afterwards all is built right, or it is told. */
function attempt(made: Project, { file, damage, command }: Trial): void {
  const about = `${file} ${damage}: ${command.join(' ')}`;
  damages[damage]?.(join(made.folder, 'build', file));
  const first = made.kaon(command);
  expect(told(first), about).not.toMatch(defect);
  if (first.status !== 0) expect(told(first), about).toMatch(refusal(file));
  const second = made.kaon(['test', '-C', 'build']);
  expect(told(second), about).not.toMatch(defect);
  const isInTheWay = damage === 'a folder' || damage === 'unreadable';
  if (second.status !== 0 && isInTheWay) expect(told(second), about).toMatch(refusal(file));
  else expect(second.status, `${about}: ${told(second)}`).toBe(0);
}

const defect = /internal error|^\s+at .*:\d+:\d+\)?$|node:internal/m;

/** A refusal names the file, or says how to go on. */
function refusal(file: string): RegExp {
  const name = (file.split('/').at(-1) ?? file).replaceAll('.', '\\.');
  return new RegExp(`${name}|kaon setup|valid build dir`);
}

function chosen(all: readonly string[], count: number): readonly Trial[] {
  const chance = new Chance(5);
  return Array.from({ length: count }, () => ({
    file: chance.pick(all),
    damage: chance.pick(Object.keys(damages)),
    command: chance.pick(commands),
  }));
}

function filesBelow(folder: string): readonly string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
