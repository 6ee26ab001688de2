import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLog, type ToolRun, writeLogger } from './tool-log.ts';

/**
 * Builds a package and its tests with Cargo and with kaon, and compares every run of rustc and of a
 * build script: arguments, folder and environment, as these tools saw them. One line each; hashes and
 * the names of build directories are the same for both.
 */
export function commandLines(
  kaon: string,
  folder: string,
):
  | { readonly theirs: readonly string[]; readonly ours: readonly string[] }
  | { readonly error: string } {
  // Apart from what the package itself may have in folders of the usual names.
  const target = join(folder, '.kaon-oracle/target');
  const build = join(folder, '.kaon-oracle/build');
  const wrapper = join(tmpdir(), `kaon-oracle-rustc-${process.pid}`);
  const log = `${wrapper}.log`;
  const made = [join(folder, '.kaon-oracle'), wrapper, log];
  for (const path of made) rmSync(path, { recursive: true, force: true });
  writeLogger(wrapper, log);
  try {
    const byCargo = ['build', 'test --no-run'].map(
      (what) => `cargo ${what} --locked --offline --target-dir '${target}'`,
    );
    const theirs = runsOf(folder, { commands: byCargo, wrapper, log });
    // All is built, and nothing comes from what earlier builds remember; tests are not run.
    const byKaon = [
      `setup '${build}' -Dkaon.cache=off`,
      `compile -C '${build}'`,
      `test -C '${build}' --wrapper true`,
    ];
    const ours = runsOf(folder, {
      commands: byKaon.map((words) => `'${kaon}' ${words}`),
      wrapper,
      log,
    });
    if (typeof theirs === 'string') return { error: theirs };
    if (typeof ours === 'string') return { error: ours };
    return {
      theirs: theirs.map((run) => shown(run, target)).sort(),
      ours: ours.map((run) => shown(run, join(build, 'target'))).sort(),
    };
  } finally {
    for (const path of made) rmSync(path, { recursive: true, force: true });
  }
}

/** What tools ran for some commands; a text says what went wrong. */
function runsOf(
  folder: string,
  about: { readonly commands: readonly string[]; readonly wrapper: string; readonly log: string },
): readonly ToolRun[] | string {
  const { commands, wrapper, log } = about;
  rmSync(log, { force: true });
  for (const command of commands) {
    const { status, stdout } = spawnSync('sh', ['-c', `${command} 2>&1`], {
      cwd: folder,
      env: { ...process.env, RUSTC_WRAPPER: wrapper },
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    });
    if (status !== 0) return `${command}: ${stdout.trim().split('\n').slice(-12).join('\n')}`;
  }
  return readLog(log);
}

/** Of no weight, or not the same from run to run. */
const notCompared =
  /^(?:CARGO_MAKEFLAGS|CARGO_HOME|CARGO_INCREMENTAL|CARGO_TERM_COLOR|RUSTC_WRAPPER|NUM_JOBS|RUST_RECURSION_COUNT)$/;

const compared =
  /^(?:CARGO\w*|OUT_DIR|DEP_\w+|TARGET|HOST|OPT_LEVEL|DEBUG|PROFILE|RUSTC\w*|RUSTDOC|RUSTFLAGS|LD_LIBRARY_PATH)$/;

function shown({ argv, cwd, environment }: ToolRun, target: string): string {
  const words = argv
    .flatMap(expanded)
    .filter((word) => !/^--(error-format|json|color)\b/.test(word))
    .map((word) => word.replace(/^(metadata|extra-filename)=.*/, '$1=HASH'));
  const variables = [...environment]
    .filter(([name]) => compared.test(name) && !notCompared.test(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  return [words.join(' '), cwd, ...variables]
    .map((text) => text.replaceAll(target, 'TARGET'))
    .map((text) => text.replace(/-[0-9a-f]{16}\b/g, '-HASH'))
    .map((text) =>
      text.replaceAll(/[^\s=:]*?\/(?:registry\/src|sources)\/[^/\s]+\/(?=\S)/g, 'CRATES/'),
    )
    .join(' | ');
}

function expanded(word: string): readonly string[] {
  if (!word.startsWith('@')) return [word];
  return readFileSync(word.slice(1), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}
