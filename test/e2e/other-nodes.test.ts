import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { spareMemory } from '../../src/host/node/spare-memory.ts';
import { project } from './support/project.ts';

/** The oldest that kaon is for, and one of each that has had long support since, and of the newest. */
const versions = ['20.19.0', '22.23.3', '24.20.0', '26.10.0'];

const cache = join(homedir(), '.cache/kaon-tests/nodes');

/** The folder of a Node that npm brings; undefined, with a word, where it does not. */
function nodeFolder(version: string): string | undefined {
  const folder = join(cache, version);
  if (existsSync(join(folder, 'node'))) return folder;
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, '.work-'));
  try {
    const name = `node-${process.platform}-${process.arch}`;
    const run = (...[program, ...words]: [string, ...string[]]) =>
      execFileSync(program, words, { cwd: work, stdio: ['ignore', 'pipe', 'ignore'] });
    run('npm', 'pack', '--silent', `${name}@${version}`);
    run('tar', 'xzf', `${name}-${version}.tgz`, '--strip-components=2', 'package/bin/node');
    mkdirSync(folder, { recursive: true });
    renameSync(join(work, 'node'), join(folder, 'node'));
    return folder;
  } catch {
    console.log(`skipped: npm does not bring node ${version} for this machine`);
    return undefined;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

test.for(versions)(
  'with node %s kaon configures, builds, tests and installs, and says nothing else',
  (version, { skip }) => {
    const folder = nodeFolder(version);
    if (folder === undefined) return skip();
    const { kaon, write, read } = project({
      'meson.build': [
        "project('p', 'c')",
        "made = custom_target(output: 'made.h', command: ['sh', '-c', 'echo \"#define RESULT 0\" > $0', '@OUTPUT@'])",
        "app = executable('app', 'app.c', made, install: true)",
        "test('app', app)",
        '',
      ].join('\n'),
      'app.c': '#include "made.h"\nint main(void) { return RESULT; }\n',
    });
    const env = { PATH: `${folder}:${process.env['PATH']}` };
    const run = (...words: string[]): string => {
      const { status, stdout, stderr } = kaon(words, { env });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      return stdout;
    };
    expect(run('setup', 'build')).toContain('Build targets in project: 2');
    expect(run()).toContain('p built, 3 actions');
    expect(run()).toContain('p is up to date');
    write('app.c', `${read('app.c')}int more(void) { return 1; }\n`);
    expect(run()).toContain('p built, 2 actions');
    expect(run('test')).toContain('Ok:                1');
    expect(JSON.parse(run('introspect', '--targets', 'build'))).toHaveLength(2);
    expect(run('install', '--destdir', 'staging')).toContain('Installing app');
    run('setup', '--reconfigure', 'build');
    expect(run('compile', '-C', 'build')).toContain('up to date');
  },
);

test.for(versions)('node %s knows the flags by which memory is spared', (version, { skip }) => {
  const folder = nodeFolder(version);
  if (folder === undefined) return skip();
  const run = spawnSync(join(folder, 'node'), ['-e', `(${spareMemory})()`], { encoding: 'utf8' });
  expect([run.status, run.stdout, run.stderr]).toEqual([0, '', '']);
});
