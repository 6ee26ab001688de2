import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Event } from '../../src/events/event.ts';
import { type BuildOutcome, runBuild } from '../../src/exec/run-build.ts';
import type { Action } from '../../src/graph/graph.ts';
import { GraphBuilder } from '../../src/graph/graph-builder.ts';
import { nodeHost } from '../../src/host/node/node-host.ts';
import { openActionLog } from '../../src/store/log/action-log.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaon exec '));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string): void {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), content);
}

interface Step {
  readonly outputs: readonly string[];
  readonly inputs?: readonly string[];
  /** For `sh -c`; in it `$1` is the first output. */
  readonly script: string;
  readonly more?: Partial<Action>;
  /** Those outputs that are ready early. */
  readonly early?: readonly string[];
}

async function build(
  steps: readonly Step[],
  options: {
    readonly interrupt?: AbortSignal;
    readonly onEvent?: (event: Event) => void;
    readonly onUpToDate?: () => void;
  } = {},
): Promise<{
  readonly outcome: BuildOutcome;
  readonly ran: readonly string[];
  readonly output: string;
}> {
  const graph = new GraphBuilder();
  for (const { outputs, inputs = [], script, more, early = [] } of steps) {
    graph.add({
      rule: 'SH',
      description: outputs[0] ?? script,
      work: { kind: 'command', argv: ['sh', '-c', script, 'sh', ...outputs], environment: [] },
      inputs: inputs.map((path) => graph.file(path)),
      orderOnly: [],
      outputs: outputs.map((path) => graph.file(path)),
      earlyOutputs: early.map((path) => graph.file(path)),
      alwaysRun: false,
      removeOutputsFirst: false,
      ...more,
    });
    graph.goal('all', { files: outputs.map((path) => graph.file(path)) });
  }
  const host = nodeHost();
  const opened = openActionLog(host, join(folder, 'log'));
  if (!opened.ok) throw new Error(opened.error.reason);
  const { log } = opened.value;
  const ran: string[] = [];
  let output = '';
  const outcome = await runBuild({
    host,
    graph: graph.build(),
    log,
    buildDirectory: folder,
    goals: [],
    jobs: 2,
    listener: (event) => {
      options.onEvent?.(event);
      if (event.kind === 'action-finished') ran.push(event.description);
      if (event.kind === 'action-finished' || event.kind === 'action-failed')
        output += event.output;
    },
    ...(options.interrupt === undefined ? {} : { interrupt: options.interrupt }),
    ...(options.onUpToDate === undefined ? {} : { onUpToDate: options.onUpToDate }),
  });
  log.close();
  return { outcome, ran, output };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 40));

test('real files: built once, not again after a touch, again after an edit', async () => {
  write('a in', 'one');
  const steps: readonly Step[] = [
    { outputs: ['deep/er/b'], inputs: ['a in'], script: 'cat "a in" > "$1"; echo said >&2' },
    { outputs: ['c'], inputs: ['deep/er/b'], script: 'cat deep/er/b > "$1"' },
  ];
  await settle();
  const first = await build(steps);
  expect(first).toMatchObject({ ran: ['deep/er/b', 'c'], output: 'said\n' });
  utimesSync(join(folder, 'a in'), 1, 1);
  expect((await build(steps)).ran).toEqual([]);
  write('a in', 'two');
  await settle();
  expect((await build(steps)).ran).toEqual(['deep/er/b', 'c']);
  expect(readFileSync(join(folder, 'c'), 'utf8')).toBe('two');
});

test('a first build proves that all is up to date, however much it made', async () => {
  const made = Array.from({ length: 100 }, (_, at) => `made ${at}`);
  const steps: readonly Step[] = [
    ...made.map((name) => ({ outputs: [name], script: 'echo > "$1"' })),
    // What was made while it runs is older than a tick when it ends.
    { outputs: ['last'], inputs: made, script: 'sleep 0.05; echo > "$1"' },
  ];
  let proofs = 0;
  await build(steps, { onUpToDate: () => proofs++ });
  expect(proofs).toBe(1);
});

test('strange file names', async () => {
  const names = ['a b', 'q\'u"o', '$x', '-dash', 'new\nline', 'ü', `${'n'.repeat(250)}.c`, '#hash'];
  for (const name of names) write(name, name);
  await settle();
  const steps = names.map((name, at) => ({
    outputs: [`${name}.out`.slice(-255)],
    inputs: [name],
    script: `cat > "./$1"`,
    more: {
      work: {
        kind: 'command',
        argv: ['sh', '-c', 'cat > "./$1"', 'sh', `${name}.out`.slice(-255)],
        environment: [],
        stdin: name,
      },
      rule: String(at),
    } satisfies Partial<Action>,
  }));
  expect((await build(steps)).ran).toHaveLength(names.length);
  expect((await build(steps)).ran).toEqual([]);
  expect(readFileSync(join(folder, 'new\nline.out'), 'utf8')).toBe('new\nline');
});

test('a command line longer than the system takes goes through a response file', async () => {
  write('count', '#!/bin/sh\nwc -w < "${1#@}" > count.out\n');
  chmodSync(join(folder, 'count'), 0o755);
  await settle();
  const words = Array.from({ length: 100_000 }, (_, at) => `word${at}`);
  const { ran } = await build([
    {
      outputs: ['count.out'],
      script: '',
      more: {
        work: {
          kind: 'command',
          argv: ['./count', ...words],
          environment: [],
          response: { path: 'count.rsp', from: 1, quoting: 'gcc' },
        },
      },
    },
  ]);
  expect(ran).toEqual(['count.out']);
  expect(readFileSync(join(folder, 'count.out'), 'utf8').trim()).toBe('100000');
});

test('an interrupt ends whole process groups, even deaf ones', async () => {
  const interrupt = new AbortController();
  const deaf =
    "trap '' INT TERM; (trap '' INT TERM; while :; do sleep 0.05; done) & echo $! > child.new; mv child.new child; while :; do sleep 0.05; done";
  const building = build([{ outputs: ['x'], script: `echo half > x; ${deaf}` }], {
    interrupt: interrupt.signal,
    onEvent: (event) => {
      if (event.kind !== 'action-started') return;
      void until(() => existsSync(join(folder, 'child'))).then(() => interrupt.abort('SIGINT'));
    },
  });
  const { outcome } = await building;
  expect(outcome).toMatchObject({ kind: 'interrupted', signal: 'SIGINT' });
  const child = Number(readFileSync(join(folder, 'child'), 'utf8'));
  await until(() => !isRunning(child));
  expect(() => readFileSync(join(folder, 'x'))).toThrow();
});

test('a program that cannot be started is a failure with its reason', async () => {
  const { outcome } = await build([
    {
      outputs: ['x'],
      script: '',
      more: { work: { kind: 'command', argv: ['./no-such-tool'], environment: [] } },
    },
  ]);
  expect(outcome).toMatchObject({ kind: 'failed', failed: [0] });
});

/** Where it never comes true, the test's own time ends. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** A process that ended but was not waited for by its parent is none that runs. */
function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
  } catch {
    return false;
  }
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${id}/stat`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
}

const hasRustc = spawnSync('rustc', ['--version']).status === 0;

test.skipIf(!hasRustc)(
  'rustc announces metadata, and what needs only them starts then',
  async () => {
    const rustc = (name: string, ...args: string[]): Step => {
      const outputs = [`lib${name}.rlib`, `lib${name}.rmeta`];
      const emit = `link=lib${name}.rlib,metadata=lib${name}.rmeta,dep-info=${name}.d`;
      const argv = ['rustc', `${name}.rs`, '--crate-type=lib', `--emit=${emit}`, ...args];
      return {
        outputs,
        inputs: [`${name}.rs`],
        script: '',
        more: {
          work: { kind: 'command', argv, environment: [] },
          depfile: { path: `${name}.d`, format: 'make' },
        },
      };
    };
    const a = rustc('a');
    const b = rustc('b', '--extern', 'a=liba.rmeta');
    const steps = [
      { ...a, early: ['liba.rmeta'] },
      { ...b, inputs: ['b.rs', 'liba.rmeta'], early: ['libb.rmeta'] },
    ];
    write('a.rs', 'pub fn a() -> u32 { let unused = 1; 2 }\n');
    write('b.rs', 'pub fn b() -> u32 { a::a() }\n');
    const events: string[] = [];
    const onEvent = (event: Event): void => {
      if ('action' in event) events.push(`${event.kind} ${event.action}`);
    };
    const first = await build(steps, { onEvent });
    expect(first.outcome.kind).toBe('succeeded');
    expect(first.output).toContain('warning: unused variable: `unused`\n --> a.rs:1:25\n');
    for (const [before, after] of [
      ['action-ready-early 0', 'action-finished 0'],
      ['action-ready-early 0', 'action-started 1'],
      ['action-ready-early 1', 'action-finished 1'],
    ]) {
      expect(events.indexOf(before ?? '')).toBeGreaterThan(-1);
      expect(events.indexOf(before ?? '')).toBeLessThan(events.indexOf(after ?? ''));
    }
    expect((await build(steps)).ran).toEqual([]);
    write('a.rs', 'pub fn a() -> u32 { 3 }\n');
    expect((await build(steps)).ran).toContain('liba.rlib');
    write('b.rs', 'pub fn b() -> u64 { a::a() }\n');
    const broken = await build(steps);
    expect(broken.outcome.kind).toBe('failed');
    expect(broken.output).toContain('error[E0308]: mismatched types');
    write('b.rs', 'pub fn b() -> u32 { a::a() }\n');
    expect((await build(steps)).outcome.kind).toBe('succeeded');
    expect((await build(steps)).ran).toEqual([]);
  },
);
