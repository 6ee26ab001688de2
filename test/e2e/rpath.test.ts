import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixRpath } from '../../src/release/elf/fix-rpath.ts';
import { type Project, project } from './support/project.ts';

function run({ folder }: Project, command: string, ...args: string[]) {
  return spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
}

/** A program whose library lies in a folder with a long name. */
function linked(...flags: readonly string[]): Project {
  const made = project({
    'lib.c': 'int answer(void) { return 42; }\n',
    'main.c': 'int answer(void);\nint main(void) { return answer() - 42; }\n',
  });
  mkdirSync(join(made.folder, 'a-longer-name-of-a-folder'));
  const library = 'a-longer-name-of-a-folder/libanswer.so';
  const steps = [
    ['-shared', '-fPIC', 'lib.c', '-o', library],
    ['main.c', library, '-o', 'main', '-Wl,-soname,x', ...flags],
  ];
  // The program must look for the library by its name alone.
  steps[0]?.push('-Wl,-soname,libanswer.so');
  for (const step of steps) {
    const done = run(made, 'cc', ...step);
    if (done.status !== 0) throw new Error(done.stderr);
  }
  return made;
}

function rewrite(made: Project, install: string, ...remove: readonly string[]): void {
  const path = join(made.folder, 'main');
  const fixed = fixRpath(readFileSync(path), { remove: new Set(remove), install });
  if (!fixed.ok || fixed.value === undefined) throw new Error(fixed.ok ? 'as before' : fixed.error);
  writeFileSync(path, fixed.value);
  chmodSync(path, 0o755);
}

const shapes = [
  ['RUNPATH', '-Wl,--enable-new-dtags', '-pie'],
  ['RPATH', '-Wl,--disable-new-dtags', '-pie'],
  ['RUNPATH', '-Wl,--enable-new-dtags', '-no-pie'],
] as const;

test.each(shapes)(
  'an installed rpath may be longer than the one before: %s, %s, %s',
  (tag, ...flags) => {
    const made = linked(...flags, '-Wl,-rpath,/a');
    expect(run(made, './main').status).not.toBe(0);
    rewrite(made, '$ORIGIN/a-longer-name-of-a-folder', '/a');
    expect(run(made, './main').status).toBe(0);
    const shown = run(made, 'readelf', '-d', 'main').stdout;
    expect(shown).toContain(`(${tag})`);
    expect(shown).toContain('[$ORIGIN/a-longer-name-of-a-folder]');
    // Packagers strip what is installed.
    expect(run(made, 'strip', 'main').status).toBe(0);
    expect(run(made, './main').status).toBe(0);
    // It grows once more, shrinks, and goes.
    rewrite(made, '/another/folder/before:$ORIGIN/a-longer-name-of-a-folder');
    expect(run(made, './main').status).toBe(0);
    rewrite(made, '$ORIGIN/a-longer-name-of-a-folder', '/another/folder/before');
    expect(run(made, './main').status).toBe(0);
    rewrite(made, '', '$ORIGIN/a-longer-name-of-a-folder');
    expect(run(made, 'readelf', '-d', 'main').stdout).not.toContain(`(${tag})`);
  },
);
