import { describe, expect, test } from 'vitest';
import { build, logPath, tinyHost } from './tiny-build.ts';

const chain = `
  a.o: cc a.c ; depfile
  b.o: cc b.c ; depfile
  app: cat a.o b.o
`;

const sources = {
  'a.c': '#include common.h\nint a;\n',
  'b.c': '#include common.h\nint b;\n',
  'common.h': 'int common;\n',
};

test('a first build runs everything in order, a second nothing', async () => {
  const host = tinyHost(sources);
  const first = await build(host, chain, { jobs: 1 });
  expect(first.outcome).toMatchObject({ kind: 'succeeded', ran: 3, fresh: 0 });
  expect(first.ran).toEqual(['a.o', 'b.o', 'app']);
  expect(host.read('app')).toBe('int common;\n\nint a;\nint common;\n\nint b;\n');
  const second = await build(host, chain);
  expect(second.outcome).toMatchObject({ kind: 'succeeded', ran: 0, fresh: 3 });
});

test('a no-op reads no file once its stamps are old enough to be trusted', async () => {
  const host = tinyHost(sources);
  await build(host, chain);
  await build(host, chain);
  host.files.reads.clear();
  await build(host, chain);
  expect([...host.files.reads.keys()]).toEqual([logPath]);
});

test.each<[string, (host: ReturnType<typeof tinyHost>) => void, readonly string[]]>([
  ['a source', (host) => host.write('a.c', 'int other;\n'), ['a.o', 'app']],
  ['a header', (host) => host.write('common.h', 'long common;\n'), ['a.o', 'b.o', 'app']],
  ['a comment', (host) => host.write('b.c', '#include common.h\nint b;\n// why\n'), ['b.o']],
  ['only the time', (host) => host.files.setTimes('a.c', 4e12), []],
  ['nothing by writing the same', (host) => host.write('a.c', sources['a.c']), []],
  ['an output', (host) => host.write('a.o', 'tampered'), ['a.o']],
  ['the last output', (host) => host.write('app', 'tampered'), ['app']],
  ['the presence of an output', (host) => host.files.remove('b.o'), ['b.o']],
  ['a tool', (host) => host.write('/usr/bin/cc', `${host.read('/usr/bin/cc')}v2`), ['a.o', 'b.o']],
  ['the mode of a source', (host) => host.files.setMode('a.c', 0o755), ['a.o']],
])('changing %s runs what depends on it and no more', async (_, change, expected) => {
  const host = tinyHost(sources);
  await build(host, chain);
  change(host);
  expect((await build(host, chain, { jobs: 1 })).ran).toEqual(expected);
  expect((await build(host, chain)).ran).toEqual([]);
});

test('what failed in an earlier part is not tried again, nor what needs it', async () => {
  const host = tinyHost(sources);
  const { ran, outcome } = await build(host, chain, { alreadyFailed: ['a.o'] });
  expect(ran).toEqual(['b.o']);
  expect(outcome).toMatchObject({ kind: 'succeeded', ran: 1, skipped: 1, failed: [] });
});

test('an older content that comes back with its older time is seen', async () => {
  const host = tinyHost(sources);
  await build(host, chain);
  host.write('a.c', 'int newer;\n');
  await build(host, chain);
  host.write('a.c', sources['a.c']);
  host.files.setTimes('a.c', 1_600_000_000_000);
  expect((await build(host, chain)).ran).toEqual(['a.o', 'app']);
});

test('a second edit in the tick of the first is seen', async () => {
  const host = tinyHost({ a: 'one' });
  host.write('a', 'two');
  host.tick(-100); // the build helper moves the clock: the build happens in the very tick
  await build(host, 'b: cat a');
  host.tick(-100);
  const before = host.files.stat('a');
  host.write('a', 'six');
  host.files.stamp('a', { mtimeNs: before?.mtimeNs ?? 0n, ctimeNs: before?.ctimeNs ?? 0n });
  await build(host, 'b: cat a');
  expect(host.read('b')).toBe('six');
});

test('a header that goes away makes its users run again, and is no error', async () => {
  const host = tinyHost(sources);
  await build(host, chain);
  host.files.remove('common.h');
  host.write('a.c', 'int a;\n');
  host.write('b.c', 'int b;\n');
  expect((await build(host, chain, { jobs: 1 })).ran).toEqual(['a.o', 'b.o', 'app']);
});

test('a generated header is made before what once included it, without being declared', async () => {
  const host = tinyHost({ 'a.c': '#include gen.h\n', 'gen.in': 'one' });
  const graph = `
    a.o: cc a.c || gen.h ; depfile
    gen.h: cat gen.in
  `;
  expect((await build(host, graph, { jobs: 1 })).ran).toEqual(['gen.h', 'a.o']);
  host.write('gen.in', 'two');
  expect((await build(host, graph, { jobs: 1 })).ran).toEqual(['gen.h', 'a.o']);
  expect(host.read('a.o')).toBe('two\n');
});

test('changed arguments, environment and inputs run an action again', async () => {
  const host = tinyHost({ a: 'a', b: 'b' });
  await build(host, 'out: cat a');
  expect((await build(host, 'out: cat a ; arg=-x')).ran).toEqual(['out']);
  expect((await build(host, 'out: cat a ; arg=-x set=FOO=1')).ran).toEqual(['out']);
  expect((await build(host, 'out: cat a ; arg=-x set=FOO=1')).ran).toEqual([]);
  expect((await build(host, 'out: cat a b ; arg=-x set=FOO=1')).ran).toEqual(['out']);
  expect(host.read('out')).toBe('-xab');
});

test('another command alone is no reason where any will do', async () => {
  const host = tinyHost({ a: 'a' });
  await build(host, 'out: cat a ; any-command');
  expect((await build(host, 'out: cat a ; any-command arg=-x')).ran).toEqual([]);
  host.write('a', 'b');
  expect((await build(host, 'out: cat a ; any-command arg=-x')).ran).toEqual(['out']);
  expect(host.read('out')).toBe('-xb');
});

test('a variable that never counts runs nothing again', async () => {
  const host = tinyHost({ a: 'a' });
  await build(host, 'out: cat a ; set-uncounted=WHO=me');
  expect((await build(host, 'out: cat a')).ran).toEqual([]);
});

test('an action whose outputs are optional runs each time while it does not make them', async () => {
  const host = tinyHost({ a: 'a' });
  host.program('lazy', () => '');
  const text = 'x: lazy a ; optional';
  expect((await build(host, text)).outcome.kind).toBe('succeeded');
  expect((await build(host, text)).ran).toEqual(['x']);
  host.program('lazy', (run) => run.write('x', 'made'));
  expect((await build(host, text)).ran).toEqual(['x']);
  expect((await build(host, text)).ran).toEqual([]);
});

test('what needs an empty stamp runs when a command touched it, and only then', async () => {
  const host = tinyHost({ a: '1' });
  let touches = true;
  host.program('work', (run) => {
    if (touches) run.write('stamp', '');
  });
  host.program('use', (run) => run.write('made', 'the same'));
  const text = 'stamp: work a ; optional\nmade: use stamp\nend: cat made';
  expect((await build(host, text)).ran).toEqual(['stamp', 'made', 'end']);
  expect((await build(host, text)).ran).toEqual([]);
  host.write('a', '2');
  host.tick();
  expect((await build(host, text)).ran).toEqual(['stamp', 'made']);
  expect((await build(host, text)).ran).toEqual([]);
  touches = false;
  host.write('a', '3');
  expect((await build(host, text)).ran).toEqual(['stamp']);
  expect((await build(host, text)).ran).toEqual([]);
});

describe('a command that writes what others made and it reads', () => {
  /** Each of `a.rs` and `b.rs` is made, `lib.rs` is made of both by a tool that formats them as well. */
  const graph = 'a.rs: make a.in\nb.rs: make b.in\nlib.rs: gather a.rs b.rs\napp: cat lib.rs a.rs';
  const withTools = (format: (text: string) => string) => {
    const host = tinyHost({ 'a.in': 'a', 'b.in': 'b' });
    host.program('make', (run) => {
      const [output = '', , input = ''] = run.argv.slice(1);
      run.write(output, `raw ${run.read(input)}`);
    });
    host.program('gather', (run) => {
      const [output = '', , ...inputs] = run.argv.slice(1);
      run.write(output, inputs.map((path) => run.read(path)).join());
      host.tick();
      for (const path of inputs) {
        const before = run.read(path);
        if (format(before) !== before) run.write(path, format(before));
      }
    });
    return host;
  };

  test('runs once more, from what it wrote, and then all is up to date', async () => {
    const host = withTools((text) => text.replace('raw', 'nice'));
    const first = await build(host, graph, { jobs: 1 });
    expect(first.ran).toEqual(['a.rs', 'b.rs', 'lib.rs', 'app']);
    expect(first.events.filter(({ kind }) => kind === 'message')).toEqual([]);
    expect(host.read('app')).toBe('nice a,nice bnice a');
    expect((await build(host, graph)).ran).toEqual([]);
    host.write('b.in', 'c');
    expect((await build(host, graph)).ran).toEqual(['b.rs', 'lib.rs', 'app']);
    expect(host.read('app')).toBe('nice a,nice cnice a');
    expect((await build(host, graph)).ran).toEqual([]);
    host.write('a.rs', 'tampered');
    expect((await build(host, graph)).ran).toEqual(['a.rs', 'lib.rs']);
    expect((await build(host, graph)).ran).toEqual([]);
  });

  test('that never writes the same is made again each time, and says so', async () => {
    const host = withTools((text) => `${text}!`);
    for (let round = 0; round < 2; round++) {
      const { outcome, ran, events } = await build(host, graph, { jobs: 1 });
      expect(outcome.kind).toBe('succeeded');
      expect(ran).toContain('lib.rs');
      expect(events).toContainEqual({
        kind: 'message',
        text: 'a.rs changed while lib.rs was made from it, which is made again in the next build.',
      });
    }
  });
});

test('an input that changes while it is read is built again next time', async () => {
  const host = tinyHost({ a: 'old' });
  host.program('slow', (run) => {
    const content = run.read('a');
    host.tick();
    run.write('a', 'new');
    run.write('x', content);
  });
  const { outcome, events } = await build(host, 'x: slow a');
  expect(outcome.kind).toBe('succeeded');
  expect(events).toContainEqual({
    kind: 'message',
    text: 'a changed while x was made from it, which is made again in the next build.',
  });
  host.program('slow', (run) => run.write('x', run.read('a')));
  await build(host, 'x: slow a');
  expect(host.read('x')).toBe('new');
});

test('what a command wrote by the way and names as read is no change under its hands', async () => {
  const host = tinyHost({ a: 'text' });
  host.program('moc', (run) => {
    host.tick();
    run.write('macros.h', 'macros');
    run.write('x', run.read('a'));
    run.write('x.d', 'x: a macros.h');
  });
  const first = await build(host, 'x: moc a ; depfile');
  expect(first.events.filter(({ kind }) => kind === 'message')).toEqual([]);
  expect((await build(host, 'x: moc a ; depfile')).ran).toEqual([]);
  host.write('macros.h', 'others');
  expect((await build(host, 'x: moc a ; depfile')).ran).toEqual(['x']);
});

test('what wrote no depfile runs each time where it has to, without a word', async () => {
  const host = tinyHost({ a: 'a' });
  await build(host, 'x: cat a ; depfile');
  expect((await build(host, 'x: cat a ; depfile')).ran).toEqual([]);
  await build(host, 'x: cat a ; depfile-needed arg=-x');
  const again = await build(host, 'x: cat a ; depfile-needed arg=-x');
  expect(again.ran).toEqual(['x']);
  expect(again.events.filter(({ kind }) => kind === 'message')).toEqual([]);
  await build(host, 'x: cc a ; depfile-needed');
  expect((await build(host, 'x: cc a ; depfile-needed')).ran).toEqual([]);
});

test('only what the goals need is built', async () => {
  const host = tinyHost(sources);
  expect((await build(host, chain, { goals: ['b.o'] })).ran).toEqual(['b.o']);
});

test('actions of a pool run one at a time', async () => {
  const host = tinyHost({ a: 'a' });
  let running = 0;
  let most = 0;
  host.program('link', async (run) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 2));
    running--;
    run.write(run.argv[1] ?? '', '');
  });
  await build(host, 'x: link a ; pool=p\ny: link a ; pool=p\nz: link a ; pool=p', { jobs: 3 });
  expect(most).toBe(1);
});

test('a chain of 12,000 (deeper than any stack) is no problem', async () => {
  const host = tinyHost({ f0: 'x' });
  const lines = Array.from({ length: 12_000 }, (_, at) => `f${at + 1}: cat f${at}`);
  host.program('cat', (run) => run.write(run.argv[1] ?? '', 'y'));
  const { outcome } = await build(host, lines.join('\n'), { goals: ['f12000'] });
  expect(outcome).toMatchObject({ kind: 'succeeded', ran: 12_000 });
}, 60_000);

test.each([undefined, true])(
  'who read a file of a folder waits for the folder that is made anew',
  async (launcher) => {
    const host = tinyHost({ 'a.c': '#include gen/x.h\n', in: 'one' });
    host.program('pack', (run) => {
      host.files.makeDirectory('/project/gen');
      run.write('gen/x.h', run.read('in'));
    });
    const graph = 'gen: pack in\na.o: cc a.c || gen ; depfile\n';
    const options = launcher === undefined ? {} : { launcher };
    await build(host, graph, options);
    await build(host, graph, options);
    host.write('in', 'two');
    expect((await build(host, graph, options)).ran).toEqual(['gen', 'a.o']);
    expect(host.read('a.o')).toBe('two\n');
    expect((await build(host, graph, options)).ran).toEqual([]);
  },
);
