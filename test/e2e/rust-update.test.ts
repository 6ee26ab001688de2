import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { project, told } from './support/project.ts';

const hasRust = spawnSync('rustc', ['--version']).status === 0;

test.skipIf(!hasRust)('behind a stand-in for rustc another compiler is seen', () => {
  const made = project({
    'meson.build': "project('p', 'rust')\nexecutable('a', 'a.rs')\n",
    'a.rs': 'fn main() {}\n',
    'toolchain/bin/rustc': 'one version\n',
    // As rustup's own: it stays what it is when a toolchain is updated.
    'programs/rustc': [
      '#!/bin/sh',
      `PATH='${process.env['PATH']}'`,
      `case "$*" in *sysroot*) rustc "$@" | sed "1s#.*#$\{0%/*}/../toolchain#" ;; *) exec rustc "$@" ;; esac`,
      '',
    ].join('\n'),
  });
  chmodSync(join(made.folder, 'programs/rustc'), 0o755);
  const env = { PATH: `${made.folder}/programs:${process.env['PATH']}` };
  const first = made.kaon([], { env });
  expect(first.status, told(first)).toBe(0);
  expect(made.kaon([], { env }).stdout).toContain('is up to date');
  made.write('toolchain/bin/rustc', 'another version\n');
  const updated = made.kaon([], { env }).stdout;
  expect(updated).toMatch(/^Configuring anew: .*\/bin\/rustc changed$/m);
  expect(updated).toContain('p built, 1 action');
  expect(made.kaon([], { env }).stdout).toContain('is up to date');
});
