import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { expect, test } from 'vitest';
import { type Project, project, told } from '../e2e/support/project.ts';
import { isRedone } from '../e2e/support/redo.ts';
import { pause, start } from './support/running.ts';
import { Chance, report, size } from './support/size.ts';

/** Each a number that is told by the programs; headers are read by one source or by both. */
const numbers = ['a', 'part', 'only', 'both', 'made'] as const;
type Name = (typeof numbers)[number];
type Values = Record<Name, number>;

const slow = '#include <math.h>\n#include <pthread.h>\n#include <stdio.h>\n#include <stdlib.h>\n';

const files: Readonly<Record<Name, (value: number) => readonly [path: string, text: string]>> = {
  a: (value) => [
    'a.c',
    `${slow}#include "both.h"\n#include "made.h"\nint part(void);\nint main(void) { printf("%d %d %d %d\\n", ${value}, BOTH, MADE, part()); return 0; }\n`,
  ],
  part: (value) => [
    'part.c',
    `${slow}#include "both.h"\n#include "only.h"\nint part(void) { return ${value} * 1000000 + ONLY * 1000 + BOTH; }\n`,
  ],
  only: (value) => ['only.h', `#define ONLY ${value}\n`],
  both: (value) => ['both.h', `#define BOTH ${value}\n`],
  made: (value) => ['made.in', `${value}\n`],
};

function expected({ a, part, only, both, made }: Values): string {
  return `${a} ${both} ${made} ${part * 1000000 + only * 1000 + both}\n`;
}

/** Writes a file as editors and other programs do; its time may be any. */
function put(made: Project, chance: Chance, name: Name, value: number): void {
  const [path, text] = files[name](value);
  const at = `${made.folder}/${path}`;
  const before = fs.statSync(at, { throwIfNoEntry: false });
  const isRenamed = chance.below(3) === 0;
  fs.writeFileSync(isRenamed ? `${at}~` : at, text);
  const now = new Date();
  const time = chance.pick([now, now, before?.mtime ?? now, new Date(1e12), new Date(4e12)]);
  if (time !== now) fs.utimesSync(isRenamed ? `${at}~` : at, time, time);
  if (isRenamed) fs.renameSync(`${at}~`, at);
}

/** What may happen while kaon works, or before it does. */
const disturbances: Readonly<
  Record<string, (made: Project, chance: Chance, values: Values) => Promise<void>>
> = {
  none: async () => {},
  kill: async (made, chance) => {
    const running = start([], made.folder);
    await pause(chance.below(150));
    running.kill('SIGKILL', chance.pick(['it', 'group']));
    await running.ended;
  },
  signal: async (made, chance) => {
    const running = start([], made.folder);
    await pause(chance.below(150));
    running.kill(chance.pick(['SIGINT', 'SIGTERM', 'SIGHUP']), 'it');
    await running.ended;
  },
  'an edit': async (made, chance, values) => {
    const running = start([], made.folder);
    await pause(chance.below(120));
    const name = chance.pick(numbers);
    values[name] = 100 + chance.below(900);
    put(made, chance, name, values[name]);
    await running.ended;
  },
  'an edit for a moment': async (made, chance, values) => {
    const name = chance.pick(numbers);
    const running = start([], made.folder);
    await pause(chance.below(60));
    put(made, chance, name, 100 + chance.below(900));
    await pause(chance.below(100));
    made.write(...files[name](values[name]));
    await running.ended;
  },
  'several kaons': async (made, chance) => {
    const all = Array.from({ length: 2 + chance.below(3) }, () => start([], made.folder));
    for (const { ended } of all) await ended;
  },
  'a compilation by hand': async (made, chance) => {
    const path = 'build/compile_commands.json';
    if (!fs.existsSync(`${made.folder}/${path}`)) return;
    const all: { command: string }[] = JSON.parse(made.read(path));
    spawnSync('sh', ['-c', chance.pick(all).command], { cwd: `${made.folder}/build` });
  },
  tampering: async (made, chance) => {
    const path = `${made.folder}/build/${chance.pick(['app', 'libpart.a', 'libpart.a.p/part.c.o'])}`;
    if (fs.existsSync(path)) fs.appendFileSync(path, 'x');
  },
  'a loss': async (made, chance) => {
    const path = chance.pick(['app', 'libpart.a', 'libpart.a.p', 'made.h']);
    fs.rmSync(`${made.folder}/build/${path}`, { recursive: true, force: true });
  },
};

test('whatever happens while a source is edited again and again, what is built is right', async () => {
  const chance = new Chance(7);
  const values: Values = { a: 1, part: 2, only: 3, both: 4, made: 5 };
  const made = project({
    'meson.build':
      "project('again', 'c')\nmade = custom_target('made', input: 'made.in', output: 'made.h', capture: true, command: ['sed', 's/^/#define MADE /', '@INPUT@'])\npart = static_library('part', 'part.c')\nexecutable('app', 'a.c', made, link_with: part)\n",
    ...Object.fromEntries(numbers.map((name) => files[name](values[name]))),
  });
  expect(made.kaon([]).status).toBe(0);
  const rounds = size(500, 24);
  let redone = 0;
  let name: Name = 'part';
  for (let round = 0; round < rounds; round++) {
    // One source many times, then another.
    if (chance.below(5) === 0) name = chance.pick(numbers);
    values[name] = 100 + chance.below(900);
    put(made, chance, name, values[name]);
    const disturbance = chance.below(2) === 0 ? 'none' : chance.pick(Object.keys(disturbances));
    await disturbances[disturbance]?.(made, chance, values);
    const run = made.kaon([]);
    const about = `round ${round}, ${name}, ${disturbance}: ${told(run)}`;
    expect(run.status, about).toBe(0);
    const app = `${made.folder}/build/app`;
    expect(execFileSync(app, { encoding: 'utf8' }), about).toBe(expected(values));
    if (isRedone(made)) redone++;
    if (chance.below(4) === 0) expect(told(made.kaon([])), about).toContain('up to date');
  }
  report('edited again', { rounds, redone });
});
