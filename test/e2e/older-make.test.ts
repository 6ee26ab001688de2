import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { project, told } from './support/project.ts';

const hasMake = spawnSync('make', ['--version']).status === 0;
const makefile = 'all: a b\na b:\n\t@echo made $@ > $@\n';

test.skipIf(!hasMake)(
  'whichever make a build script or a command runs, it shares jobs with kaon',
  () => {
    const crate = project({
      'Cargo.toml': '[package]\nname = "made"\nversion = "1.0.0"\nedition = "2021"\n',
      'src/lib.rs': '',
      'c/Makefile': makefile,
      'build.rs': [
        'fn main() {',
        '    let flags = std::env::var("CARGO_MAKEFLAGS").unwrap();',
        '    assert!(!std::env::var("MAKEFLAGS").unwrap_or_default().contains("jobserver"));',
        '    let out = std::env::var("OUT_DIR").unwrap();',
        '    let run = std::process::Command::new("make").env("MAKEFLAGS", flags)',
        '        .arg("-f").arg(std::path::absolute("c/Makefile").unwrap()).current_dir(out).output().unwrap();',
        '    assert!(run.status.success() && run.stderr.is_empty(), "{run:?}");',
        '}',
        '',
      ].join('\n'),
    });
    // Those of a make that did not mean us are nobody's.
    const env = { MAKEFLAGS: '-j2 --jobserver-auth=97,98' };
    for (const jobs of ['-j2', '-j1']) {
      rmSync(`${crate.folder}/build`, { recursive: true, force: true });
      const scripted = crate.kaon([jobs], { env });
      expect(scripted.status, told(scripted)).toBe(0);
    }
    const tree = project({
      'meson.build':
        "project('p')\ncustom_target(output: 'a', build_by_default: true, command: [find_program('make'), '-f', files('Makefile')])\n",
      Makefile: makefile,
    });
    for (const jobs of ['-j2', '-j1']) {
      rmSync(`${tree.folder}/build`, { recursive: true, force: true });
      const commanded = tree.kaon([jobs]);
      expect(commanded.status, told(commanded)).toBe(0);
      expect(told(commanded)).not.toMatch(/jobserver/);
      expect(tree.read('build/a')).toBe('made a\n');
    }
  },
);
