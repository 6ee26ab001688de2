import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { project, told } from '../e2e/support/project.ts';
import { finished } from './support/running.ts';

const compile = ['compile', '-C', 'build', '--json'];
const names = [
  'a b',
  "it's",
  'q"uo',
  '$HOME',
  '$$',
  '-dash',
  'ü',
  '#hash',
  'semi;colon',
  'star*',
  '`id`',
  '%41',
  'a&b',
  `${'n'.repeat(246)}.in`,
];

test('files of odd names are copied as any other, and known again', () => {
  const quoted = (name: string): string =>
    `'${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const made = project({
    'meson.build': [
      "project('odd')",
      ...names.map(
        (name, at) =>
          `custom_target('t${at}', input: ${quoted(name)}, output: ${quoted(`out ${name}`.slice(0, 255))}, command: ['sh', '-c', 'cp -- "$1" "$2"', 'sh', '@INPUT@', '@OUTPUT@'], build_by_default: true)`,
      ),
      '',
    ].join('\n'),
    ...Object.fromEntries(names.map((name) => [name, `${name}\n`])),
  });
  const setup = made.kaon(['setup', 'build']);
  expect(setup.status, told(setup)).toBe(0);
  const run = made.kaon(compile);
  expect(run.status, told(run)).toBe(0);
  for (const name of names) expect(made.read(`build/out ${name}`.slice(0, 261))).toBe(`${name}\n`);
  expect(finished(made.kaon(compile).stdout)).toEqual([]);
  made.write('$HOME', 'edited\n');
  expect(finished(made.kaon(compile).stdout)).toHaveLength(1);
  expect(made.read('build/out $HOME')).toBe('edited\n');
});

test('names that are no UTF-8 disturb nobody, and a header of such a name is not forgotten', () => {
  const made = project({
    'meson.build': "project('bytes', 'c')\nexecutable('app', 'main.c')\n",
  });
  const header = Buffer.concat([
    Buffer.from(join(made.folder, 'h')),
    Buffer.from([0xff]),
    Buffer.from('.h'),
  ]);
  fs.writeFileSync(header, '#define VALUE 0\n');
  const main = Buffer.concat([
    Buffer.from('#include "h'),
    Buffer.from([0xff]),
    Buffer.from('.h"\nint main(void) { return VALUE; }\n'),
  ]);
  made.write('main.c', main);
  expect(made.kaon(['setup', 'build']).status).toBe(0);
  const run = made.kaon(compile);
  expect(run.status, told(run)).toBe(0);
  fs.writeFileSync(header, '#define VALUE 1\n');
  const again = made.kaon(compile);
  expect(again.status, told(again)).toBe(0);
  expect(finished(again.stdout).length).toBeGreaterThan(0);
});
