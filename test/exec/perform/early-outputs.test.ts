import { expect, test } from 'vitest';
import type { Event } from '../../../src/events/event.ts';
import { buildContext } from '../../../src/exec/build-context.ts';
import { planGoals } from '../../../src/exec/run-build.ts';
import { renderWhy } from '../../../src/exec/why/render-why.ts';
import { openActionLog } from '../../../src/store/log/action-log.ts';
import type { MemoryHost } from '../../support/memory-host.ts';
import { build, buildDirectory, logPath, tinyGraph, tinyHost } from '../tiny-build.ts';

/** Crate b uses crate a; the program is linked from both. */
const crates = `
  a.rlib a.rmeta: rustc a.rs ; early=a.rmeta
  b.rlib b.rmeta: rustc b.rs a.rmeta ; early=b.rmeta
  app: cat a.rlib b.rlib
`;

const sources = { 'a.rs': 'pub fn a\nbody of a\n', 'b.rs': 'pub fn b\nbody of b\n' };

/** When a pretended rustc does what it does beside writing files. */
interface Script {
  /** Waits for this after it announced; by the first output. */
  readonly end?: Map<string, Promise<unknown>>;
  readonly fails?: ReadonlySet<string>;
  readonly changesLate?: boolean;
}

/**
 * A rustc whose metadata are the `pub` lines of its inputs. A line `unused` of a source is warned of;
 * `silent` announces nothing.
 */
function rustHost(files: Readonly<Record<string, string>>, script: Script = {}): MemoryHost {
  const host = tinyHost(files);
  host.program('rustc', async (run) => {
    const at = run.argv.indexOf('--');
    const [library = '', metadata = ''] = run.argv.slice(1, at);
    const inputs = run.argv.slice(at + 1).filter((word) => !word.startsWith('--'));
    const text = inputs.map((path) => run.read(path)).join('');
    const visible = text.split('\n').filter((line) => line.startsWith('pub'));
    const json = run.argv.includes('--error-format=json');
    run.write(metadata, visible.join('\n'));
    if (json && !text.includes('silent')) {
      run.complain(`${JSON.stringify({ artifact: metadata, emit: 'metadata' })}\n`);
    }
    if (text.includes('unused')) {
      const rendered = 'warning: unused\n';
      run.complain(
        json ? `${JSON.stringify({ $message_type: 'diagnostic', rendered })}\n` : rendered,
      );
    }
    await script.end?.get(library);
    if (script.changesLate === true) run.write(metadata, 'something else');
    run.write(library, text);
    if (script.fails?.has(library) !== true) return 0;
    run.complain('it is too complicated\n');
    return 1;
  });
  host.tick();
  return host;
}

/** Resolves when an action has started, or ended. */
function gate() {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

const startOf = (output: string, then: () => void) => (event: Event) => {
  if (event.kind === 'action-started' && event.description.startsWith(`Making ${output}`)) then();
};

test('what needs only early outputs starts before their action ends', async () => {
  const { open, opened } = gate();
  const host = rustHost(sources, { end: new Map([['a.rlib', opened]]) });
  const { ran, events } = await build(host, crates, { onEvent: startOf('b.rlib', open) });
  expect([...ran].sort()).toEqual(['a.rlib a.rmeta', 'app', 'b.rlib b.rmeta']);
  const told = events.flatMap((event) =>
    event.kind === 'action-ready-early' ? [event.action] : [],
  );
  expect(told).toEqual([0, 1]);
  expect((await build(host, crates)).ran).toEqual([]);
});

test('a tool that announces nothing is waited for as a whole', async () => {
  const host = rustHost({ ...sources, 'a.rs': 'pub fn a\nsilent\n' });
  const { events } = await build(host, crates);
  const order = events.flatMap((event) =>
    event.kind === 'action-started' || event.kind === 'action-finished'
      ? [`${event.kind} ${event.action}`]
      : [],
  );
  expect(order.indexOf('action-finished 0')).toBeLessThan(order.indexOf('action-started 1'));
});

test('what is not seen from outside a crate makes its users no older', async () => {
  const host = rustHost(sources);
  await build(host, crates, { launcher: true });
  host.write('a.rs', 'pub fn a\nother body\n');
  expect((await build(host, crates, { launcher: true })).ran).toEqual(['a.rlib a.rmeta', 'app']);
  host.write('a.rs', 'pub fn changed\nother body\n');
  const all = ['a.rlib a.rmeta', 'b.rlib b.rmeta', 'app'];
  expect((await build(host, crates, { launcher: true, jobs: 1 })).ran).toEqual(all);
  expect((await build(host, crates, { launcher: true })).ran).toEqual([]);
});

test('messages are shown as people would have read them', async () => {
  const host = rustHost({ ...sources, 'a.rs': 'pub fn a\nunused\n' });
  const { events } = await build(host, crates);
  const outputs = events.flatMap((event) =>
    event.kind === 'action-finished' ? [event.output] : [],
  );
  expect(outputs.filter((output) => output !== '')).toEqual(['warning: unused\n']);
});

test('a failure after the announcement stops what would start from it, and the next build is right', async () => {
  const started = gate();
  const fails = new Set(['a.rlib']);
  const host = rustHost(sources, { end: new Map([['a.rlib', started.opened]]), fails });
  const graph = `${crates}  c.rlib c.rmeta: rustc b.rmeta ; early=c.rmeta`;
  const onEvent = startOf('b.rlib', started.open);
  const first = await build(host, graph, { onEvent, keepGoing: 0 });
  expect(first.outcome).toMatchObject({ kind: 'failed' });
  expect(first.events).toContainEqual(
    expect.objectContaining({ kind: 'action-failed', output: 'it is too complicated\n' }),
  );
  expect(host.files.stat(`${buildDirectory}/a.rmeta`)).toBeUndefined();
  expect(host.files.stat(`${buildDirectory}/app`)).toBeUndefined();
  fails.clear();
  host.write('a.rs', 'pub fn renamed\nbody of a\n');
  const second = await build(host, graph);
  expect(second.outcome.kind).toBe('succeeded');
  const clean = rustHost({ ...sources, 'a.rs': 'pub fn renamed\nbody of a\n' });
  await build(clean, graph);
  for (const path of ['a.rmeta', 'b.rlib', 'b.rmeta', 'c.rlib', 'app']) {
    expect(host.read(path)).toBe(clean.read(path));
  }
  expect((await build(host, graph)).ran).toEqual([]);
});

test('an early output that changes after it was announced is a fault of its tool', async () => {
  const host = rustHost(sources, { changesLate: true });
  const { outcome, events } = await build(host, crates, { keepGoing: 1 });
  expect(outcome.kind).toBe('failed');
  const said = events.flatMap((event) => (event.kind === 'action-failed' ? [event.output] : []));
  expect(said[0]).toContain('changed a.rmeta after it had said that it is ready');
});

test('a kaon that dies between announcement and end loses nothing but what was in flight', async () => {
  const end = new Map([['a.rlib', new Promise(() => {})]]);
  const host = rustHost(sources, { end });
  const ended = gate();
  const onEvent = (event: Event) => {
    if (event.kind === 'action-finished' && event.description.includes('b.rlib')) ended.open();
  };
  // It never ends: as if it were killed once b is done.
  const neverEnds = build(host, crates, { onEvent });
  await Promise.race([neverEnds, ended.opened]);
  end.clear();
  const { ran } = await build(host, crates);
  expect(ran).toEqual(['a.rlib a.rmeta', 'app']);
});

test('an interrupt ends both, and the next build is whole', async () => {
  const host = rustHost(sources, { end: new Map([['a.rlib', new Promise(() => {})]]) });
  const interrupt = new AbortController();
  const onEvent = startOf('b.rlib', () => interrupt.abort('SIGINT'));
  const { outcome } = await build(host, crates, { onEvent, interrupt: interrupt.signal });
  expect(outcome).toMatchObject({ kind: 'interrupted', signal: 'SIGINT' });
  expect(host.files.stat(`${buildDirectory}/a.rmeta`)).toBeUndefined();
});

test('why names the way through an early output', async () => {
  const host = rustHost(sources);
  await build(host, crates);
  host.write('a.rs', 'pub fn other\n');
  const opened = openActionLog(host, logPath);
  if (!opened.ok) throw new Error(opened.error.reason);
  const graph = tinyGraph(crates);
  const context = buildContext({ host, graph, log: opened.value.log, buildDirectory });
  const plan = planGoals(context, ['b.rlib']);
  const maker = context.producersByPath.get('b.rlib');
  if (!plan.ok || maker === undefined) throw new Error('refused');
  expect(renderWhy(graph, plan.value, [maker])).toBe(`Making a.rlib a.rmeta
  its input a.rs changed.
Making b.rlib b.rmeta
  if a.rlib comes out different.`);
});
