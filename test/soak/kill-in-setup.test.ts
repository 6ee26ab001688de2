import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Project, project, told } from '../e2e/support/project.ts';
import { tarGzOf } from '../support/hostile-tar.ts';
import { pause, start } from './support/running.ts';
import { Chance, report, size } from './support/size.ts';

const crates = ['alpha-1-rs', 'beta-2-rs'];

/** A project with a wrap of so many files, and crates whose rules come by wraps, too. */
function wrapped(count: number): Project {
  const archives: Record<string, Uint8Array> = {};
  const wraps: Record<string, string> = {};
  const wrap = (name: string, files: readonly { path: string; content: string }[]): void => {
    const archive = tarGzOf(files);
    archives[`subprojects/packagefiles/${name}.tar.gz`] = archive;
    wraps[`subprojects/${name}.wrap`] = [
      '[wrap-file]',
      `directory = ${name}`,
      `source_filename = ${name}.tar.gz`,
      `source_hash = ${createHash('sha256').update(archive).digest('hex')}`,
      `patch_directory = ${name}`,
      '',
    ].join('\n');
    wraps[`subprojects/packagefiles/${name}/meson.build`] = `project('${name}')\n`;
  };
  const files = Array.from({ length: count }, (_, at) => ({
    path: `many/folder${at % 50}/file${at}.c`,
    content: `int value${at} = ${at};\n`.repeat(20),
  }));
  wrap('many', files);
  for (const crate of crates) {
    const own = Array.from({ length: count / 30 }, (_, at) => ({
      path: `${crate}/src/part${at}.rs`,
      content: 'fn part() {}\n',
    }));
    wrap(crate, [...own, { path: `${crate}/Cargo.toml`, content: '[package]\nname = "x"\n' }]);
  }
  const calls = ['many', ...crates].map((name) => `subproject('${name}')\n`).join('');
  return project({ 'meson.build': `project('p')\n${calls}`, ...archives, ...wraps });
}

function tree(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => {
      const stat = statSync(join(folder, name));
      return stat.isFile() ? `${name} ${stat.size}` : name;
    })
    .sort();
}

test('after a kill at any moment of a setup the next has whole subprojects and is never stuck', async () => {
  const made = wrapped(size(3000, 300));
  const names = ['many', ...crates];
  const folders = names.map((name) => join(made.folder, 'subprojects', name));
  const clear = (): void => {
    for (const folder of [...folders, join(made.folder, 'build')]) {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const startedAt = performance.now();
  const first = made.kaon(['setup', 'build']);
  expect(first.status, told(first)).toBe(0);
  const takesMs = performance.now() - startedAt;
  const whole = folders.map(tree);
  const chance = new Chance(6);
  const rounds = size(300, 6);
  let partly = 0;
  for (let round = 0; round < rounds; round++) {
    clear();
    for (let kills = 1 + chance.below(2); kills > 0; kills--) {
      const running = start(['setup', 'build'], made.folder);
      await pause(chance.share() * takesMs);
      running.kill('SIGKILL', round % 2 === 0 ? 'it' : 'group');
      await running.ended;
    }
    if (folders.some((folder) => !existsSync(folder))) partly++;
    const run = made.kaon(['setup', 'build']);
    expect(run.status, told(run)).toBe(0);
    expect(folders.map(tree)).toEqual(whole);
  }
  report('kill in a setup', { rounds, 'killed while unpacking': partly });
});
