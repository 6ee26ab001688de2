import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** The launcher. */
export const bin = join(root, 'bin/kaon');

/** What a run of the real kaon came to. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** The launcher of another kaon. */
  readonly program?: string;
}

/** Runs the real kaon, as bin/kaon starts it. */
export function kaon(
  args: readonly string[],
  { cwd, env = {}, program = bin }: { readonly cwd: string } & RunOptions,
): Run {
  const run = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    // What ccache remembers is wrong where a header comes into an earlier folder.
    env: { ...process.env, NO_COLOR: '1', CCACHE_DISABLE: '1', ...env },
  });
  return { status: run.status, stdout: run.stdout, stderr: run.stderr };
}

/** Builds and lists what was done, by the descriptions of the actions, sorted. */
export function actionsOf(build: string, cwd: string, options: RunOptions = {}): readonly string[] {
  const run = kaon(['compile', '-C', build, '--json'], { cwd, ...options });
  if (run.status !== 0) throw new Error(`the build failed:\n${run.stdout}${run.stderr}`);
  return run.stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): { kind: string; description?: string } => JSON.parse(line))
    .filter(({ kind }) => kind === 'action-finished')
    .map(({ description = '' }) => description)
    .sort();
}

/** A folder of its own, with a copy of a folder of the repository in it; removed by `dispose`. */
export function copyOf(path: string): { readonly folder: string; dispose(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'kaon-e2e-'));
  cpSync(join(root, path), folder, {
    recursive: true,
    filter: (from) => !/\/(node_modules|build|target)$/.test(from),
  });
  return { folder, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}
