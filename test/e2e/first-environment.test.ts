import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { project, told } from './support/project.ts';

const hasBoth = ['gcc', 'clang'].every((name) => spawnSync(name, ['--version']).status === 0);

test.skipIf(!hasBoth)('what CC and CFLAGS said first counts until the directory is wiped', () => {
  const buildFile =
    "project('p', 'c')\nmessage(meson.get_compiler('c').get_id(), get_option('c_args'))\n";
  const made = project({ 'meson.build': buildFile });
  const first = { CC: 'clang', CFLAGS: "-DA='1 2' -DB", PKG_CONFIG_PATH: '/a:/b' };
  expect(told(made.kaon(['setup', 'build'], { env: first }))).toContain("clang ['-DA=1 2', '-DB']");
  made.write('meson.build', `${buildFile}# edited\n`);
  const ways = [
    ['compile', '-C', 'build'],
    ['setup', '--reconfigure', 'build'],
    ['configure', 'build', '-Dwerror=true'],
  ];
  for (const words of ways) made.kaon(words, { env: { CC: 'gcc', CFLAGS: '-DC' } });
  made.write('meson.build', `${buildFile}message(get_option('pkg_config_path'))\n`);
  const again = told(made.kaon(['compile', '-C', 'build'], { env: { CC: 'gcc' } }));
  expect(again).toContain("clang ['-DA=1 2', '-DB']");
  expect(again).toContain("['/a', '/b']");
  const wiped = made.kaon(['setup', '--wipe', 'build'], { env: { CC: 'gcc', CFLAGS: '' } });
  expect(told(wiped)).toContain('gcc []');
});

test.skipIf(!hasBoth)('a setup that failed decides nothing', () => {
  const made = project({ 'meson.build': "project('p', 'c')\nerror('not yet')\n" });
  made.kaon(['setup', 'build'], { env: { CC: 'clang' } });
  made.write('meson.build', "project('p', 'c')\nmessage(meson.get_compiler('c').get_id())\n");
  expect(told(made.kaon(['setup', 'build'], { env: { CC: 'gcc' } }))).toContain('Message: gcc');
});
