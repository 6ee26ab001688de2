import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLog, type ToolRun, writeLogger, writeQuickCompilers } from './tool-log.ts';

/** The same where only what build scripts need is compiled: all else takes no time. */
export function quickCommandLines(
  kaon: string,
  folder: string,
  words: readonly string[] = [],
): ReturnType<typeof commandLines> {
  return commandLines(kaon, folder, words, join(tmpdir(), `kaon-oracle-later-${process.pid}`));
}

/**
 * Builds a package and its tests with Cargo and with kaon, and compares every run of rustc and of a
 * build script: arguments, folder and environment, as these tools saw them. One line each; hashes and
 * the names of build directories are the same for both. Then some files are edited: kaon may do no
 * more than Cargo does, and compiles what was edited.
 */
export function commandLines(
  kaon: string,
  folder: string,
  words: readonly string[] = [],
  later?: string,
):
  | { readonly theirs: readonly string[]; readonly ours: readonly string[] }
  | { readonly error: string } {
  // Apart from what the package itself may have in folders of the usual names.
  const target = join(folder, '.kaon-oracle/target');
  const build = join(folder, '.kaon-oracle/build');
  const wrapper = join(tmpdir(), `kaon-oracle-rustc-${process.pid}`);
  const log = `${wrapper}.log`;
  const made = [
    join(folder, '.kaon-oracle'),
    wrapper,
    log,
    ...(later === undefined ? [] : [later]),
  ];
  for (const path of made) rmSync(path, { recursive: true, force: true });
  writeLogger(wrapper, log, later);
  const tools = {
    wrapper,
    log,
    ...(later !== undefined && { compilers: writeQuickCompilers(later) }),
  };
  try {
    const byCargo = ['build', 'test --no-run'].map(
      (what) => `cargo ${what} ${words.join(' ')} --locked --offline --target-dir '${target}'`,
    );
    const theirs = runsOf(folder, { commands: byCargo, ...tools });
    // All is built, and nothing comes from what earlier builds remember; tests are not run.
    const byKaon = [
      `setup '${build}' -Dkaon.cache=off ${optionsOf(words).join(' ')}`,
      `compile -C '${build}'`,
      `test -C '${build}' --wrapper true`,
    ];
    const withKaon = byKaon.map((words) => `'${kaon}' ${words}`);
    const ours = runsOf(folder, { commands: withKaon, ...tools });
    if (typeof theirs === 'string') return { error: theirs };
    if (typeof ours === 'string') return { error: ours };
    const edited = editLines(folder, {
      byCargo: () => runsOf(folder, { commands: byCargo, ...tools }),
      byKaon: () => runsOf(folder, { commands: withKaon.slice(1), ...tools }),
    });
    return {
      theirs: [...theirs.map((run) => shown(run, target)), ...edited.theirs].sort(),
      ours: [...ours.map((run) => shown(run, join(build, 'target'))), ...edited.ours].sort(),
    };
  } finally {
    for (const path of made) rmSync(path, { recursive: true, force: true });
  }
}

/** What words of Cargo's are as options. */
function optionsOf(words: readonly string[]): readonly string[] {
  return words.flatMap((word, at) => {
    if (word === '--features') return `-Dfeatures=${words[at + 1]}`;
    if (word === '--all-features') return '-Dall_features=true';
    if (word === '--no-default-features') return '-Ddefault_features=false';
    return word === '--workspace' ? "-Dpackages='*'" : [];
  });
}

type Rerun = () => readonly ToolRun[] | string;

/** What is done again when nothing was edited, and after edits of the usual files. */
function editLines(
  folder: string,
  { byCargo, byKaon }: { readonly byCargo: Rerun; readonly byKaon: Rerun },
): { readonly theirs: readonly string[]; readonly ours: readonly string[] } {
  const again = byKaon();
  const ours = unitsOf(again).map((unit) => `${unit} though nothing was edited`);
  const theirs: string[] = [];
  for (const file of ['src/lib.rs', 'src/main.rs', 'build.rs']) {
    const path = join(folder, file);
    if (!existsSync(path)) continue;
    const before = readFileSync(path);
    try {
      writeFileSync(path, `${before}\n// edited\n`);
      const wanted = new Set(unitsOf(byCargo()));
      const done = unitsOf(byKaon());
      theirs.push(`edited ${file}`);
      ours.push(`edited ${file}`);
      ours.push(...done.filter((one) => !wanted.has(one)).map((one) => `edited ${file}: ${one}`));
      const needed = [...wanted].filter((one) => one.endsWith(` ${file}`));
      theirs.push(...needed.map((one) => `edited ${file}: ${one}`));
      ours.push(
        ...needed.filter((one) => done.includes(one)).map((one) => `edited ${file}: ${one}`),
      );
    } finally {
      writeFileSync(path, before);
    }
  }
  return { theirs, ours };
}

/** `NAME test SOURCE`, `build script NAME`: each once. */
function unitsOf(runs: readonly ToolRun[] | string): readonly string[] {
  if (typeof runs === 'string') return [`failed: ${runs}`];
  const names = runs.map(({ argv }) => {
    if (argv[0] === 'build script') return argv.join(' ');
    const source = argv.find((word) => word.endsWith('.rs')) ?? '';
    return `${argv[1]} ${argv.includes('--test') ? 'test' : 'build'} ${source}`;
  });
  return [...new Set(names)];
}

/** What tools ran for some commands; a text says what went wrong. */
function runsOf(
  folder: string,
  about: {
    readonly commands: readonly string[];
    readonly wrapper: string;
    readonly log: string;
    /** Come first in `PATH`. */
    readonly compilers?: string;
  },
): readonly ToolRun[] | string {
  const { commands, wrapper, log, compilers } = about;
  const path = [...(compilers === undefined ? [] : [compilers]), process.env['PATH']].join(':');
  rmSync(log, { force: true });
  for (const command of commands) {
    const { status, stdout } = spawnSync('sh', ['-c', `${command} 2>&1`], {
      cwd: folder,
      env: { ...process.env, PATH: path, RUSTC_WRAPPER: wrapper },
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
  return (
    [words.join(' '), cwd, ...variables]
      .map((text) => text.replaceAll(target, 'TARGET'))
      .map((text) => text.replace(/-[0-9a-f]{16}\b/g, '-HASH'))
      // Programs with other features lie apart with kaon; Cargo writes them one over the other.
      .map((text) => text.replace('/programs-HASH/', '/'))
      .map((text) =>
        text.replaceAll(/[^\s=:]*?\/(?:registry\/src|sources)\/[^/\s]+\/(?=\S)/g, 'CRATES/'),
      )
      .join(' | ')
  );
}

function expanded(word: string): readonly string[] {
  if (!word.startsWith('@')) return [word];
  return readFileSync(word.slice(1), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}
