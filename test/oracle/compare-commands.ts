import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeHost } from '../../src/host/node/node-host.ts';
import { loadGraph } from '../../src/store/graph-file.ts';
import { graphPath } from '../../src/store/setup-state.ts';
import { cargo } from './workshop.ts';

/**
 * Builds a package with Cargo and with kaon, and compares every run of rustc: arguments, folder and
 * environment. One line each; names of hashes and build directories are the same for both.
 */
export function commandLines(
  kaon: string,
  folder: string,
):
  | { readonly theirs: readonly string[]; readonly ours: readonly string[] }
  | { readonly error: string } {
  const theirs = cargoCommands(folder);
  if (typeof theirs === 'string') return { error: theirs };
  const build = join(folder, 'build');
  rmSync(build, { recursive: true, force: true });
  const run = spawnSync(kaon, [], { cwd: folder, encoding: 'utf8' });
  if (run.status !== 0) return { error: run.stdout + run.stderr };
  return { theirs, ours: kaonCommands(build) };
}

interface Command {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

function cargoCommands(folder: string): readonly string[] | string {
  const wrapper = join(folder, '.log-rustc.sh');
  const log = join(folder, '.log-rustc');
  rmSync(log, { force: true });
  rmSync(join(folder, 'target'), { recursive: true, force: true });
  writeFileSync(
    wrapper,
    `#!/bin/sh\ncase " $* " in *" --out-dir "*) (printf 'cwd %s\\n' "$PWD"; env | grep -E '^(CARGO_|OUT_DIR)' | sed 's/^/env /'; shift; for word in "$@"; do printf 'arg %s\\n' "$word"; done; echo end) > "${log}.$$"; cat "${log}.$$" >> "${log}"; rm "${log}.$$";; esac\nexec "$@"\n`,
  );
  chmodSync(wrapper, 0o755);
  const built = cargo(folder, ['build', '--locked', '--offline'], { RUSTC_WRAPPER: wrapper });
  if (!built.ok) return built.text;
  const target = join(folder, 'target');
  const commands: string[] = [];
  let argv: string[] = [];
  let environment: Record<string, string> = {};
  let cwd = '';
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const rest = line.slice(4);
    if (line.startsWith('cwd ')) cwd = rest;
    else if (line.startsWith('arg ')) argv.push(rest);
    else if (line.startsWith('env '))
      environment[rest.split('=')[0] ?? ''] = rest.slice(rest.indexOf('=') + 1);
    else if (line === 'end') {
      // Probes of build scripts are not Cargo's.
      if (argv.includes('--error-format=json'))
        commands.push(shown({ argv, cwd, environment }, target));
      argv = [];
      environment = {};
    }
  }
  return commands.sort();
}

function kaonCommands(build: string): readonly string[] {
  const graph = loadGraph(nodeHost().files, graphPath(build));
  if (!graph.ok) return ['the graph cannot be read'];
  return [...graph.value.actions.values()]
    .flatMap(({ rule, work, outputs }) => {
      if (rule !== 'rust_UNIT' || work.kind !== 'command') return [];
      // The graph has tests too, which were not built.
      if (outputs.some((id) => !existsSync(join(build, graph.value.files.get(id))))) return [];
      const start = work.argv.findIndex((word) => word === '--crate-name');
      const argv = work.argv.slice(start).flatMap(expanded);
      const environment = Object.fromEntries(
        work.environment.flatMap((change) =>
          change.kind === 'set' ? [[change.name, change.value]] : [],
        ),
      );
      return [shown({ argv, cwd: work.cwd ?? '', environment }, join(build, 'target'))];
    })
    .sort();
}

function expanded(word: string): readonly string[] {
  if (!word.startsWith('@')) return [word];
  return readFileSync(word.slice(1), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

const notCompared = new Set(['CARGO_MAKEFLAGS', 'CARGO_HOME', 'CARGO_INCREMENTAL']);

function shown({ argv, cwd, environment }: Command, target: string): string {
  const crates = /\/(?:\.cargo\/registry\/src\/[^/]+|sources\/[^ ]*?)\/(?=[\w.+-]+-\d)/g;
  const plain = (text: string): string =>
    text
      .replaceAll(target, 'TARGET')
      .replace(/-[0-9a-f]{16}\b/g, '-HASH')
      .replaceAll(/\S*?\/registry\/src\/[^/\s]+\//g, 'CRATES/')
      .replaceAll(/\S*?\/sources\/[^/\s]+\/(?=\S)/g, 'CRATES/')
      .replaceAll(crates, 'CRATES/');
  const words = argv
    .filter((word) => !/^--(error-format|json|color)\b/.test(word))
    .map((word) =>
      word
        .replace(/^metadata=.*/, 'metadata=HASH')
        .replace(/^extra-filename=.*/, 'extra-filename=HASH'),
    );
  const variables = Object.entries(environment)
    .filter(([name]) => /^(CARGO_|OUT_DIR)/.test(name) && !notCompared.has(name))
    // Of longer texts the log has the first line only.
    .map(([name, value]) => `${name}=${value.split('\n')[0]}`)
    .sort();
  return plain(`${words.join(' ')} | ${cwd} | ${variables.join(' ')}`);
}
