import { expect, test } from 'vitest';
import type { Event, Exit } from '../../src/events/event.ts';
import { fancyReporter } from '../../src/events/fancy-reporter.ts';
import { jsonReporter } from '../../src/events/json-reporter.ts';
import { plainReporter } from '../../src/events/plain-reporter.ts';
import type { ActionId } from '../../src/graph/graph.ts';

const id = (number: number): ActionId => number as ActionId; // as a graph would give it

function started(action: number, description: string, atMs = 1000, console = false): Event {
  const commandLine = `cc ${description}`;
  return {
    kind: 'action-started',
    atMs,
    action: id(action),
    description,
    commandLine,
    slot: 0,
    console,
  };
}

function finished(action: number, description: string, output = ''): Event {
  return {
    kind: 'action-finished',
    atMs: 2000,
    action: id(action),
    description,
    how: 'ran',
    changed: true,
    durationMs: 1000,
    output,
  };
}

const failure: Event = {
  kind: 'action-failed',
  atMs: 2000,
  action: id(2),
  description: 'Compiling b.c',
  commandLine: "cc 'b c.c'",
  exit: { kind: 'code', code: 1 },
  durationMs: 12,
  output: 'b.c:1: no\u001b[2J\n',
};

const events: readonly Event[] = [
  { kind: 'build-started', atMs: 0, jobs: 2 },
  { kind: 'build-planned', total: 2 },
  started(1, 'Compiling a.c'),
  started(2, 'Compiling b.c'),
  finished(1, 'Compiling a.c', 'a.c:1: hm'),
  failure,
  {
    kind: 'build-finished',
    atMs: 3000,
    durationMs: 3000,
    ran: 1,
    fresh: 0,
    failed: 1,
    skipped: 0,
    interrupted: false,
  },
];

test('plain lines count what ended, and a failure shows how to run it alone', () => {
  let text = '';
  const listener = plainReporter(
    (more) => {
      text += more;
    },
    { buildDirectory: '/b d' },
  );
  for (const event of events) listener(event);
  expect(text).toBe(`[1/2] Compiling a.c
a.c:1: hm
[2/2] Compiling b.c
FAILED: Compiling b.c (exit code 1)
cd '/b d' && cc 'b c.c'
b.c:1: no^[[2J
Build failed after 3.0 s: 1 failed, 1 done.
`);
});

test('in another part of a build, another action of the same number is told', () => {
  let text = '';
  const listener = plainReporter((more) => {
    text += more;
  });
  listener({ kind: 'build-started', atMs: 0, jobs: 1 });
  listener({ kind: 'build-planned', total: 1 });
  listener(started(1, 'Asking questions', 0, true));
  listener(finished(1, 'Asking questions'));
  listener({ kind: 'build-started', atMs: 0, jobs: 1, before: { ended: 1, failed: 0 } });
  listener({ kind: 'build-planned', total: 2 });
  listener(finished(1, 'Compiling a.c'));
  expect(text).toBe('[1/1] Asking questions\n[2/2] Compiling a.c\n');
});

test('as ninja, what failed has its command told, no line twice, and the code of a shell', () => {
  const told = (exit: Exit, { verbose = false, console = false, planned = true } = {}): string => {
    let text = '';
    const write = (more: string): void => {
      text += more;
    };
    const asNinja = { keepGoing: 1, status: undefined, outputs: () => ['a.o'] };
    const listener = plainReporter(write, { asNinja, verbose });
    if (planned) listener({ kind: 'build-planned', total: 1 });
    listener(started(1, 'Compiling a', 0, console));
    const how = { description: 'Compiling a', commandLine: 'cc Compiling a', output: '' };
    listener({ kind: 'action-failed', atMs: 0, action: id(1), durationMs: 1, exit, ...how });
    return text;
  };
  const one: Exit = { kind: 'code', code: 1 };
  const end = 'FAILED: [code=1] a.o \ncc Compiling a\n';
  expect(told(one)).toBe(`[1/1] Compiling a\n${end}`);
  expect(told(one, { verbose: true })).toBe(`[1/1] cc Compiling a\n${end}`);
  expect(told(one, { console: true })).toBe(`[1/1] Compiling a\n${end}`);
  expect(told(one, { planned: false })).toBe(end);
  expect(told({ kind: 'code', code: 0 })).toContain('FAILED: [code=1] a.o ');
  expect(told({ kind: 'signal', signal: 'SIGKILL' })).toContain('FAILED: [code=137] a.o ');
});

test('a command that is too long to be read is told shortly, with what runs it alone', () => {
  const alone = () => ({ command: 'cc …', script: 'failed/1.sh' });
  const [failed] = events.filter(({ kind }) => kind === 'action-failed');
  const told = (verbose: boolean): string => {
    let text = '';
    const write = (more: string): void => {
      text += more;
    };
    const listener = plainReporter(write, { buildDirectory: '/b d', alone, verbose });
    if (failed !== undefined) listener(failed);
    return text;
  };
  expect(told(false)).toContain(
    "FAILED: Compiling b.c (exit code 1)\ncc …\nTo run it alone: sh '/b d/failed/1.sh'\n",
  );
  expect(told(true)).toContain("\ncd '/b d' && cc 'b c.c'\n");
});

test('JSON has one event a line, with the version', () => {
  const lines: string[] = [];
  const listener = jsonReporter((line) => lines.push(line));
  for (const event of events) listener(event);
  expect(lines).toHaveLength(events.length);
  expect(JSON.parse(lines[1] ?? '')).toEqual({ v: 1, kind: 'build-planned', total: 2 });
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal commands
const commands = /\u001b\[(\d+)A|\u001b\[\??\d*[A-Za-z]|\n|\r|[^\u001b\n\r]+/g;

/** What a terminal shows in the end, for the few commands that we use. */
function screen(text: string): string {
  const lines = [''];
  let row = 0;
  for (const [part, up] of text.matchAll(commands)) {
    if (up !== undefined) row -= Number(up);
    else if (part === '\n') lines[++row] ??= '';
    else if (part === '\u001b[J') lines.splice(row + (lines[row] === '' ? 0 : 1));
    else if (part.startsWith('\u001b') || part === '\r') continue;
    else lines[row] = part;
    if (part === '\u001b[J') lines[row] ??= '';
  }
  return lines.join('\n');
}

function fancy(verbose = false): {
  take(event: Event): void;
  draw(): void;
  shown(): string;
  raw(): string;
  at(ms: number): void;
} {
  let text = '';
  let now = 0;
  let draw = (): void => undefined;
  const { listener } = fancyReporter(
    {
      write: (more) => {
        text += more;
      },
      columns: 60,
    },
    {
      verbose,
      nowMs: () => now,
      every: (_, again) => {
        draw = again;
        return () => undefined;
      },
    },
  );
  return {
    take: listener,
    draw: () => draw(),
    shown: () => screen(text),
    raw: () => text,
    at: (milliseconds) => {
      now = milliseconds;
    },
  };
}

test('the block shows what runs, and goes when the build ends', () => {
  const view = fancy();
  for (const event of events.slice(0, 4)) view.take(event);
  view.at(3500);
  view.draw();
  expect(view.shown()).toBe(`[0/2] 2 running, 3.5 s
   2.5 s  Compiling a.c
   2.5 s  Compiling b.c
`);
  for (const event of events.slice(4)) view.take(event);
  expect(view.shown()).toBe(`[1/2] Compiling a.c
a.c:1: hm
FAILED: Compiling b.c (exit code 1)
cc 'b c.c'
b.c:1: no^[[2J
Build failed after 3.0 s: 1 failed, 1 done.
`);
  expect(view.raw().endsWith('\u001b[?25hBuild failed after 3.0 s: 1 failed, 1 done.\n')).toBe(
    true,
  );
});

test('it is not drawn more often than ten times a second', () => {
  const view = fancy();
  view.take({ kind: 'build-started', atMs: 0, jobs: 4 });
  view.take({ kind: 'build-planned', total: 100 });
  const before = view.raw().length;
  for (let action = 0; action < 50; action++) view.take(started(action, 'x', 0));
  expect(view.raw().length).toBe(before);
});

test('a command that has the terminal is shown whole where all are', () => {
  const view = fancy(true);
  view.take({ kind: 'build-started', atMs: 0, jobs: 4 });
  view.take({ kind: 'build-planned', total: 2 });
  view.take(started(1, 'Asking questions', 0, true));
  expect(view.shown()).toContain('[1/2] cc Asking questions\n');
});

test('nothing is drawn while an action has the terminal, and what was said meanwhile comes after', () => {
  const view = fancy();
  view.take({ kind: 'build-started', atMs: 0, jobs: 4 });
  view.take({ kind: 'build-planned', total: 2 });
  view.take(started(1, 'Asking questions', 0, true));
  const before = view.raw().length;
  view.at(9000);
  view.take({ kind: 'message', text: 'meanwhile' });
  view.draw();
  expect(view.raw().length).toBe(before);
  view.take(finished(1, 'Asking questions'));
  expect(view.shown()).toContain('[1/2] Asking questions\nmeanwhile\n');
});
