import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rustSubtests } from '../../src/testrun/judge/rust-results.ts';

/**
 * Tests a package with Cargo and with kaon: one line for each test of each program with how it
 * ended, and one for each program.
 */
export function testLines(
  kaon: string,
  folder: string,
):
  | { readonly theirs: readonly string[]; readonly ours: readonly string[] }
  | { readonly error: string } {
  // Apart from what the package itself may have in folders of the usual names.
  const made = join(folder, '.kaon-oracle');
  const build = join(made, 'build');
  rmSync(made, { recursive: true, force: true });
  const target = `--target-dir '${made}/target'`;
  const said = run(folder, `cargo test --no-fail-fast --locked --offline --color never ${target}`);
  const theirs = linesOfCargo(said);
  const tested = run(folder, `'${kaon}' setup '${build}' && '${kaon}' test -C '${build}'`);
  if (theirs.length === 0) return { error: `cargo test: ${lastLines(said)}` };
  try {
    return { theirs, ours: linesOfKaon(join(build, 'meson-logs/testlog.json')) };
  } catch {
    return { error: `kaon test: ${lastLines(tested)}` };
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** What was said on both streams, in order. */
function run(folder: string, command: string): string {
  const { stdout } = spawnSync('sh', ['-c', `${command} 2>&1`], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    // What Cargo may use, kaon may; and nothing is shown in colours.
    env: { ...process.env, CARGO_TERM_COLOR: 'never', NO_COLOR: '1' },
  });
  return stdout;
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-12).join('\n');
}

/** Tests of a program as they ended, in no order. */
interface Program {
  /** `unit NAME`, `test NAME`, `doc NAME`. */
  readonly name: string;
  readonly tests: readonly string[];
  readonly failed: boolean;
}

function linesOf(programs: readonly Program[]): readonly string[] {
  return programs
    .flatMap(({ name, tests, failed }) => [
      `${name}: ${failed ? 'failed' : 'passed'}`,
      ...tests.map((test) => `${name}: ${test}`),
    ])
    .sort();
}

const heading = /^ +Running (unittests )?(\S+) \(\S*?([^/\s]+?)-[0-9a-f]{16}\)$/;
const documentation = /^ +Doc-tests (\S+)$/;
const failure = /^error: (?:doc)?test failed, to rerun pass/;

function linesOfCargo(text: string): readonly string[] {
  const programs: { name: string; output: string[]; failed: boolean }[] = [];
  for (const line of text.split('\n')) {
    const [, unit, , program] = heading.exec(line) ?? [];
    const documented = documentation.exec(line)?.[1];
    const last = programs.at(-1);
    if (program !== undefined)
      programs.push({
        name: `${unit === undefined ? 'test' : 'unit'} ${program}`,
        output: [],
        failed: false,
      });
    else if (documented !== undefined)
      programs.push({ name: `doc ${documented}`, output: [], failed: false });
    else if (last !== undefined && failure.test(line)) last.failed = true;
    else last?.output.push(line);
  }
  return linesOf(programs.map((one) => ({ ...one, tests: testsIn(one.output.join('\n')) })));
}

interface Logged {
  readonly name: string;
  readonly command: readonly string[];
  readonly stdout?: string;
  readonly is_fail: boolean;
}

/** What kaon tells of its tests, one JSON object a line. */
function linesOfKaon(path: string): readonly string[] {
  const logged = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Logged); // as kaon and Meson write it
  return linesOf(
    logged.map(({ name, command, stdout = '', is_fail: failed }) => ({
      name: programName(name, command),
      tests: testsIn(stdout),
      failed,
    })),
  );
}

/** `project - project:package doc`, `… lib`, `… bin name`, `… test name` */
function programName(name: string, command: readonly string[]): string {
  const [, kind = ''] = /^.*? - \S+?:\S+ (\w+)/.exec(name) ?? [];
  if (kind === 'doc') return `doc ${command[command.indexOf('--crate-name') + 1]}`;
  const program =
    command.find((word) => /\/(?:deps|examples)\/[^/]+-[0-9a-f]{16}$/.test(word)) ?? '';
  const stem = /([^/]+)-[0-9a-f]{16}$/.exec(program)?.[1] ?? program;
  return `${kind === 'test' || kind === 'bench' ? 'test' : 'unit'} ${stem}`;
}

function testsIn(output: string): readonly string[] {
  // Documentation tests of a source that a build script made are named after that.
  const made = /\S*\/build\/([^/\s]+)-[0-9a-f]{16}\/out\//;
  return rustSubtests(output).map(({ name, outcome }) => `${name.replace(made, '$1/')} ${outcome}`);
}
