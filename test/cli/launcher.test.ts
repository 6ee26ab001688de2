import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { leaveProof } from '../../src/cli/build/no-op.ts';
import { runBuild } from '../../src/exec/run-build.ts';
import { GraphBuilder } from '../../src/graph/graph-builder.ts';
import type { Host } from '../../src/host/host.ts';
import { nodeHost } from '../../src/host/node/node-host.ts';
import { openActionLog } from '../../src/store/log/action-log.ts';
import { emptyRecord } from '../../src/store/setup/cmd-line-file.ts';
import { readInputs } from '../../src/store/setup/setup-inputs.ts';
import { logPath, type SetupState, saveSetup } from '../../src/store/setup/setup-state.ts';
import { memorySession } from '../support/memory-session.ts';

const said = 'tiny is up to date. Next: kaon help\n';
const asked = 'node was asked\n';

const compiled = resolve(import.meta.dirname, '../../dist/look');

/** With the launcher's own eye, where kaon was built with a C compiler, and with `find`. */
const eyes = fs.existsSync(compiled) ? (['look', 'find'] as const) : (['find'] as const);

describe.each(eyes)('with %s', (eye) => {
  let folder: string;
  let path: string;

  const at = (name: string): string => join(folder, name);
  const put = (name: string, text: string): void => fs.writeFileSync(at(name), text);

  /** A real project of three actions, built by a launcher's folder whose node program only says that it was asked. */
  beforeEach(async () => {
    folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'kaon-launcher-')));
    for (const name of ['kaon/bin', 'kaon/dist', 'early', 'tools', 'p/data', 'p/build']) {
      fs.mkdirSync(at(name), { recursive: true });
    }
    fs.copyFileSync(resolve(import.meta.dirname, '../../bin/kaon'), at('kaon/bin/kaon'));
    put('kaon/dist/kaon.js', "process.stdout.write('node was asked\\n')");
    put('kaon/dist/main.js', '');
    if (eye === 'look') fs.copyFileSync(compiled, at('kaon/dist/look'));
    put('kaon/dist/version', '1.2.3\n');
    put('tools/tiny-cp', '#!/bin/sh\ncp "$1" "$2"\n');
    fs.chmodSync(at('tools/tiny-cp'), 0o755);
    put('p/meson.build', "project('tiny')\n");
    put('p/meson.options', '');
    put('p/a.c', 'int a;\n');
    put('p/data/one', '');
    path = `${at('early')}:${at('tools')}:${process.env['PATH']}`;
    // Stamps must be older than a tick.
    await new Promise((resolve) => setTimeout(resolve, 40));
    await build();
  });

  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  function smallGraph(each: readonly string[] | undefined) {
    const graph = new GraphBuilder();
    const add = (
      work: Parameters<GraphBuilder['add']>[0]['work'],
      input: string,
      output: string,
      alwaysRun = false,
    ) => {
      graph.add({
        rule: 'TINY',
        description: output,
        work,
        inputs: [graph.file(input)],
        outputs: [graph.file(output)],
        orderOnly: [],
        earlyOutputs: [],
        alwaysRun,
        removeOutputsFirst: false,
      });
      graph.goal('all', { files: [graph.file(output)] });
    };
    const argv = ['tiny-cp', '../a.c', 'a.o'];
    add({ kind: 'command', argv, environment: [] }, '../a.c', 'a.o');
    add({ kind: 'write', path: 'list', content: 'x' }, '../data', 'list');
    add({ kind: 'symlink', target: 'a.o', path: 'link' }, 'a.o', 'link');
    if (each !== undefined) {
      add({ kind: 'command', argv: each, environment: [], stdout: 'told' }, '../a.c', 'told', true);
    }
    return graph.build();
  }

  async function build(name = 'p/build', each?: readonly string[]): Promise<void> {
    const real = nodeHost();
    const environment = { ...real.system.environment, PATH: path };
    const host: Host = { ...real, system: { ...real.system, environment } };
    const session = { ...memorySession().session, host, home: at('kaon'), builder: 'this' };
    const buildRoot = at(name);

    const state = {
      sourceRoot: at('p'),
      buildRoot,
      project: { name: 'tiny', version: '1' },
      builder: 'this',
      inputs: readInputs(host.files, [at('p/meson.build'), at('p/none')], {
        nowMs: host.clock.nowMs(),
      }),
      targets: [],
      tests: { tests: [] },
      install: { items: [] },
      options: [],
    } as unknown as SetupState; // a small part of one is enough here
    saveSetup(host.files, state, emptyRecord);
    const line = fs.readFileSync(join(buildRoot, 'meson-private/cmd_line.txt'), 'utf8');
    const opened = openActionLog(host, logPath(buildRoot));
    if (!opened.ok) throw new Error(opened.error.reason);
    const { log } = opened.value;
    const options = {
      host,
      log,
      graph: smallGraph(each),
      buildDirectory: buildRoot,
      goals: [],
      jobs: 1,
    };
    let proved = false;
    await runBuild({
      ...options,
      listener: () => {},
      onUpToDate: (witness) => {
        proved = true;
        log.close();
        leaveProof(session, { ...state, commandLine: line }, { seen: witness, warnings: '' });
      },
    });
    expect(proved).toBe(true);
  }

  function kaon(args: readonly string[] = ['-C', 'p/build'], cwd = '.', env = {}): string {
    const run = spawnSync(at('kaon/bin/kaon'), args, {
      cwd: at(cwd),
      encoding: 'utf8',
      env: { ...process.env, PATH: path, ...env },
    });
    return run.stdout + run.stderr;
  }

  test('a folder that may not be entered is none without end', () => {
    fs.chmodSync(folder, 0o755);
    fs.mkdirSync(at('closed'), { mode: 0o777 });
    fs.chmodSync(at('closed'), 0o777);
    const other = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    if (other.uid !== undefined) fs.chownSync(at('closed'), other.uid, other.gid);
    const run = spawnSync('sh', ['-c', 'chmod 0 . && exec "$0"', at('kaon/bin/kaon')], {
      cwd: at('closed'),
      encoding: 'utf8',
      timeout: 20_000,
      ...other,
    });
    expect(run.stdout + run.stderr).toBe(asked);
  });

  test('the launcher tells the version, and from anywhere that all is up to date', () => {
    expect(kaon(['--version'])).toBe('1.2.3\n');
    expect(kaon()).toBe(said);
    expect(kaon(['build', '-C', 'p/build'])).toBe(said);
    expect(kaon(['compile', '-j4', '-C', 'p/build'])).toBe(
      'Nothing to do: everything is up to date.\n',
    );
    for (const cwd of ['p', 'p/build', 'p/build/meson-private']) expect(kaon([], cwd)).toBe(said);
    fs.symlinkSync('kaon/bin/kaon', at('linked'));
    fs.symlinkSync('p', at('q'));
    expect(kaon([], 'q')).toBe(said);
    for (const args of [
      ['--json'],
      ['compile', 'a.o'],
      ['-k'],
      ['-C', 'p'],
      ['build', 'x'],
      ['test'],
    ]) {
      expect(kaon(args)).toBe(asked);
    }
    fs.rmSync(at(`p/build/meson-private/kaon-noop/${eye === 'look' ? 'stamps' : 'seen'}`));
    expect(kaon()).toBe(asked);
  });

  test('a project with a folder of its own named build has another build directory', async () => {
    fs.rmSync(at('p/build'), { recursive: true });
    fs.mkdirSync(at('p/build'));
    put('p/build/main.rs', '');
    fs.mkdirSync(at('p/builddir'));
    await build('p/builddir');
    expect(kaon([], 'p')).toBe(said);
    // Now node would take `build`.
    fs.rmSync(at('p/build/main.rs'));
    expect(kaon([], 'p')).toBe(asked);
  });

  test('what goes wrong without node is done with it; what the user ended is not', () => {
    put('p/a.c', 'int b;\n');
    for (const [fate, said] of [
      ['kill -SEGV $$', asked],
      ['exit 5', asked],
      ['exit 130', eye === 'look' ? '' : asked],
    ] as const) {
      put('kaon/dist/redo', `#!/bin/sh\n${fate}\n`);
      fs.chmodSync(at('kaon/dist/redo'), 0o755);
      expect(kaon([], 'p/build')).toBe(said);
    }
  });

  /** Puts other content of the same length in a file, and its old modification time. */
  function tamper(name: string): void {
    const { atime, mtime } = fs.statSync(at(name));
    put(name, fs.readFileSync(at(name), 'utf8').replace(/\w/, '9'));
    fs.utimesSync(at(name), atime, mtime);
  }

  function append(name: string): void {
    fs.appendFileSync(at(name), '\n');
  }

  const changes: Readonly<Record<string, () => void>> = {
    'a source has other content': () => append('p/a.c'),
    'a source has other content and its old time': () => tamper('p/a.c'),
    'a source is touched': () => fs.utimesSync(at('p/a.c'), 1e9, 1e9),
    'a source is gone': () => fs.rmSync(at('p/a.c')),
    'a source became a link to an equal file': () => {
      fs.renameSync(at('p/a.c'), at('p/b.c'));
      fs.copyFileSync(at('p/b.c'), at('p/c.c'));
      fs.symlinkSync('c.c', at('p/a.c'));
    },
    'a folder has one file more': () => put('p/data/two', ''),
    'a folder has one file less': () => fs.rmSync(at('p/data/one')),
    'the program is another': () => append('tools/tiny-cp'),
    'a program of that name comes earlier in PATH': () => fs.writeFileSync(at('early/tiny-cp'), ''),
    'an output is gone': () => fs.rmSync(at('p/build/a.o')),
    'an output was written by someone else': () => tamper('p/build/a.o'),
    'an output that is a link leads elsewhere by the same way': () => {
      fs.rmSync(at('p/build/link'));
      fs.symlinkSync('./a.o', at('p/build/link'));
    },
    'a build file changed': () => append('p/meson.build'),
    'a build file is there that was not': () => put('p/none', ''),
    'an option changed': () => append('p/build/meson-private/cmd_line.txt'),
    'the log grew': () => append('p/build/.kaon_log'),
    'kaon is another': () => append('kaon/dist/kaon.js'),
    'the list of files is cut': () =>
      fs.truncateSync(
        at(`p/build/meson-private/kaon-noop/${eye === 'look' ? 'list' : 'paths'}`),
        60,
      ),
    'a stamp is another': () => {
      const name = at(`p/build/meson-private/kaon-noop/${eye === 'look' ? 'stamps' : 'seen'}`);
      const bytes = fs.readFileSync(name);
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 30) ^ 1, bytes.length - 30);
      fs.writeFileSync(name, bytes);
    },
    'a proof is of another version': () => {
      const name = at(`p/build/meson-private/kaon-noop/${eye === 'look' ? 'list' : 'key'}`);
      const bytes = fs.readFileSync(name);
      bytes.writeUInt8(bytes.readUInt8(8) ^ 1, 8);
      fs.writeFileSync(name, bytes);
    },
    'the build directory moved': () => fs.renameSync(at('p/build'), at('p/moved')),
  };

  test.each(Object.entries(changes))('node is asked when %s', (_, change) => {
    expect(kaon()).toBe(said);
    change();
    const build = fs.existsSync(at('p/moved')) ? 'p/moved' : 'p/build';
    expect(kaon(['-C', build])).toBe(asked);
  });

  test.runIf(eye === 'look')('what runs each time runs without node', async () => {
    put('tools/tell', '#!/bin/sh\ncat "../$2"; test -z "$1" && test ! -e ../odd || echo odd >&2\n');
    fs.chmodSync(at('tools/tell'), 0o755);
    put('p/version', '1\n');
    await new Promise((resolve) => setTimeout(resolve, 40));
    await build('p/build', ['tell', '', 'version']);
    expect(kaon()).toBe(said);
    put('p/version', '2\n');
    expect(kaon()).toBe(asked);
    put('p/version', '1\n1\n');
    expect(kaon()).toBe(asked);
    put('p/version', '');
    expect(kaon()).toBe(asked);
    fs.rmSync(at('p/version'));
    expect(kaon()).toBe(asked);
    put('p/version', '1\n');
    expect(kaon()).toBe(said);
    put('p/odd', '');
    expect(kaon()).toBe(asked);
    expect(fs.readFileSync(at('p/build/told'), 'utf8')).toBe('1\n');
  });

  test('node is asked when a variable that counts is another', () => {
    const empty = { CPATH: '' };
    for (const env of [empty, { CPATH: '/x' }, { PATH: `/bin:${path}` }]) {
      expect(kaon(undefined, '.', env)).toBe(asked);
    }
    expect(kaon(undefined, '.', { SOME_OTHER: 'x' })).toBe(said);
  });
});

test('a kaon that is not built says what to do, and nothing else', () => {
  const folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'kaon-unbuilt-')));
  fs.mkdirSync(join(folder, 'bin'));
  fs.copyFileSync(resolve(import.meta.dirname, '../../bin/kaon'), join(folder, 'bin/kaon'));
  for (const words of [['--version'], ['setup']]) {
    const { status, stdout, stderr } = spawnSync(join(folder, 'bin/kaon'), words, {
      encoding: 'utf8',
    });
    expect([status, stdout, stderr]).toEqual([
      1,
      '',
      `kaon is not built yet. Run this first: cd '${folder}' && npm run build\n`,
    ]);
  }
  fs.rmSync(folder, { recursive: true, force: true });
});
