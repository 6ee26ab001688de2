import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tarGzOf } from '../support/hostile-tar.ts';
import { type Project, project, told } from './support/project.ts';
import { serve } from './support/serve.ts';

/** A project beside a database of wraps with one project in two versions, and archives of it. */
async function withDatabase(): Promise<{ made: Project; url: string }> {
  const made = project({
    'meson.build': "project('p')\n",
    'subprojects/.keep': '',
    'db/releases.json': JSON.stringify({
      zee: { versions: ['1.1-2', '1.0-1'], dependency_names: ['libzee'], program_names: ['zee'] },
    }),
  });
  const url = await serve(join(made.folder, 'db'));
  for (const version of ['1.0-1', '1.1-2']) {
    const [plain] = version.split('-');
    const archive = tarGzOf([
      { path: `zee-${plain}/meson.build`, content: `project('zee', version: '${plain}')\n` },
    ]);
    made.write(`db/zee-${plain}.tar.gz`, archive);
    made.write(
      `db/zee_${version}/zee.wrap`,
      [
        '[wrap-file]',
        `directory = zee-${plain}`,
        `source_url = http://user:secret@127.0.0.1:1/zee.tar.gz`,
        `source_fallback_url = ${url}/zee-${plain}.tar.gz`,
        `source_filename = zee-${plain}.tar.gz`,
        `source_hash = ${createHash('sha256').update(archive).digest('hex')}`,
        `wrapdb_version = ${version}`,
        '',
        '[provide]',
        'dependency_names = libzee',
        'program_names = zee',
        '',
      ].join('\n'),
    );
  }
  return { made, url };
}

test('wraps are found, added, brought up to date and fetched from a database on localhost', async () => {
  const { made, url } = await withDatabase();
  const env = { KAON_WRAPDB: url };
  const wrap = (...words: readonly string[]) => told(made.kaon(['wrap', ...words], { env }));
  expect(wrap('list')).toBe('zee\n');
  expect(wrap('search', 'libz')).toBe('Dependency libzee found in wrap zee\n');
  expect(wrap('info', 'zee')).toBe('Available versions of zee:\n  1.1-2\n  1.0-1\n');
  expect(wrap('install', 'zee')).toBe('Installed zee version 1.1 revision 2\n');
  expect(wrap('install', 'zee')).toContain('Wrap file for zee already exists.');
  expect(wrap('status')).toContain(' zee up to date. Branch 1.1, revision 2.');
  made.write('subprojects/zee.wrap', made.read('db/zee_1.0-1/zee.wrap'));
  expect(wrap('status')).toContain('not up to date. Have 1.0 1, but 1.1 2 is available.');
  expect(wrap('update', '--types', 'git')).toBe('');
  expect(wrap('update', 'z*')).toContain('-> New version downloaded: 1.1-2');
  expect(wrap('update')).toContain('-> Already at latest version: 1.1-2');
  expect(wrap('update-db')).toBe('');
  expect(made.read('subprojects/wrapdb.json')).toBe(made.read('db/releases.json'));
  // The list that was kept answers where no server is named.
  expect(told(made.kaon(['wrap', 'search', 'zee']))).toBe('zee\n');
  expect(told(made.kaon(['wrap', 'list', '--wrapdb', 'http://u:pw@127.0.0.1:1']))).not.toContain(
    'pw',
  );
  const fetched = made.kaon(['subprojects', 'download', '-j', '2']);
  expect(fetched.status, told(fetched)).toBe(0);
  expect(existsSync(join(made.folder, 'subprojects/zee-1.1/meson.build'))).toBe(true);
});

test('where neither URL answers, nothing is left, and no secret is told', async () => {
  const { made } = await withDatabase();
  made.write('subprojects/zee.wrap', made.read('db/zee_1.1-2/zee.wrap'));
  rmSync(join(made.folder, 'db/zee-1.1.tar.gz'));
  const failed = made.kaon(['subprojects', 'download']);
  expect(failed.status).toBe(1);
  expect(told(failed)).toContain('zee-1.1.tar.gz');
  expect(told(failed)).not.toContain('secret');
  expect(existsSync(join(made.folder, 'subprojects/zee-1.1'))).toBe(false);
  const setup = made.kaon(['setup', 'build', '--force-fallback-for', 'zee']);
  expect(told(setup)).not.toContain('secret');
});

test('what wrapdb.json lists is fetched by setup, for dependencies, programs and subprojects', async () => {
  const { made, url } = await withDatabase();
  const build = "meson.override_dependency('libzee', declare_dependency(version: '1.1'))\n";
  const archive = tarGzOf([
    { path: 'zee-1.1/meson.build', content: `project('zee', version: '1.1')\n${build}` },
  ]);
  made.write('db/zee-1.1.tar.gz', archive);
  const sum = createHash('sha256').update(archive).digest('hex');
  const wrap = made
    .read('db/zee_1.1-2/zee.wrap')
    .replace(/source_hash = .*/, `source_hash = ${sum}`);
  made.write('db/zee_1.1-2/zee.wrap', wrap);
  made.write('subprojects/wrapdb.json', made.read('db/releases.json'));
  made.write('meson.build', "project('p')\nmessage(dependency('libzee').version())\n");
  const nowhere = made.kaon(['setup', 'build']);
  expect(nowhere.status).toBe(2);
  expect(told(nowhere)).toContain('KAON_WRAPDB');
  const env = { KAON_WRAPDB: url };
  const offline = made.kaon(['setup', 'build', '--wrap-mode', 'nodownload'], { env });
  expect(offline.status).toBe(2);
  expect(existsSync(join(made.folder, 'subprojects/zee.wrap'))).toBe(false);
  const setup = made.kaon(['setup', 'build'], { env });
  expect(setup.status, told(setup)).toBe(0);
  expect(setup.stdout).toContain('Message: 1.1');
  expect(made.read('subprojects/zee.wrap')).toBe(wrap);
  expect(made.kaon(['setup', '--wipe', 'build']).status).toBe(0);
});
