import { describe, expect, test } from 'vitest';
import type { PlannedTest, TestPlan } from '../../src/model/test-plan.ts';
import { consoleObserver } from '../../src/testrun/report/console-observer.ts';
import type { NumberedResult } from '../../src/testrun/report/observer.ts';
import { logObserver } from '../../src/testrun/report/write-logs.ts';
import { runTests } from '../../src/testrun/run-tests.ts';
import { selectTests } from '../../src/testrun/select-tests.ts';
import { defaultTestOptions, type TestOptions } from '../../src/testrun/test-options.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { plannedTest } from './planned-test.ts';

interface Asked {
  readonly tests: readonly PlannedTest[];
  readonly options?: Partial<TestOptions>;
  readonly setups?: TestPlan['setups'];
  /** What each program does, by name; the default is to succeed. */
  readonly programs?: Readonly<
    Record<string, { readonly code?: number; readonly stdout?: string }>
  >;
}

async function run({ tests, options = {}, setups = [], programs = {} }: Asked) {
  const host = new MemoryHost({}, { environment: { PATH: '/usr/bin' } });
  for (const { argv } of tests) {
    const { code = 0, stdout = '' } = programs[argv[0] ?? ''] ?? {};
    host.program(argv[0] ?? '', () => ({ stdout, code }));
  }
  let text = '';
  const console = consoleObserver({
    write: (more) => {
      text += more;
    },
    color: false,
    columns: 80,
  });
  const results: NumberedResult[] = [];
  const collector = { testFinished: (result: NumberedResult) => void results.push(result) };
  const outcome = await runTests({
    host,
    plan: { project: 'proj', tests, setups },
    options: { ...defaultTestOptions, buildRoot: '/project/build', ...options },
    listener: () => {},
    observers: [console, collector, logObserver(host, '/project/build/meson-logs/testlog')],
  });
  // Times differ from run to run; what MALLOC_PERTURB_ is, too.
  const shown = text.replace(/MALLOC_PERTURB_=\d+/g, 'MALLOC_PERTURB_=N');
  return { host, outcome, results, shown };
}

test('logs that cannot be written are told', async () => {
  const told: boolean[] = [];
  for (const refusal of [undefined, 'denied'] as const) {
    const host = new MemoryHost();
    host.files.refuse = (operation) => (operation === 'write' ? refusal : undefined);
    const log = logObserver(host, '/project/build/meson-logs/testlog', (refused) => {
      told.push(refused === undefined);
    });
    await runTests({
      host,
      plan: { project: 'proj', tests: [], setups: [] },
      options: { ...defaultTestOptions, buildRoot: '/project/build' },
      listener: () => {},
      observers: [log],
    });
  }
  expect(told).toEqual([true, false]);
});

async function outcomes(asked: Asked): Promise<readonly string[]> {
  const { outcome, results } = await run(asked);
  if (!outcome.ok) return [outcome.error];
  return results.map((result) => `${result.run.test.name} ${result.outcome}`);
}

test('a run is shown as Meson shows it', async () => {
  const { shown, outcome } = await run({
    tests: [plannedTest('good'), plannedTest('worse', { suites: ['proj:a', 'proj:b'] })],
    programs: { worse: { code: 3 } },
  });
  expect(shown.replace(/^>>> .*$/m, '>>> COMMAND')).toBe(
    [
      '1/2 proj:good        OK              0.00s',
      '2/2 a+b - proj:worse FAIL            0.00s   exit status 3',
      '>>> COMMAND',
      '',
      '',
      'Ok:                1   ',
      'Fail:              1   ',
      '',
      '',
    ].join('\n'),
  );
  expect(outcome).toMatchObject({ value: { exitCode: 1 } });
});

test('exit codes 77 and 99 have meanings of their own, and should_fail turns only fail and ok', async () => {
  const tests = ['ok', 'skip', 'error', 'bad'].flatMap((name) => [
    plannedTest(name),
    plannedTest(`${name}!`, { argv: [name], shouldFail: true }),
  ]);
  const programs = { skip: { code: 77 }, error: { code: 99 }, bad: { code: 1 } };
  expect(await outcomes({ tests, programs })).toEqual([
    'ok ok',
    'ok! unexpected-pass',
    'skip skip',
    'skip! skip',
    'error error',
    'error! error',
    'bad fail',
    'bad! expected-fail',
  ]);
});

test('TAP and Rust tests have parts', async () => {
  const { shown } = await run({
    tests: [plannedTest('tap', { protocol: 'tap' }), plannedTest('rs', { protocol: 'rust' })],
    programs: {
      tap: { stdout: '1..2\nok 1 a\nnot ok 2 b\nhm\n' },
      rs: { stdout: 'test a::b ... ok\ntest src/x.rs - X::f (line 3) ... ignored\n' },
    },
    options: { printErrorLogs: true },
  });
  expect(shown).toContain('1/2 proj:tap FAIL            0.00s   1/2 subtests passed');
  expect(shown).toContain('▶ 1/2 b      FAIL');
  expect(shown).toContain('stdout: 4: UNKNOWN: hm\nWARNING: Unknown TAP output lines');
  expect(shown).toContain('2/2 proj:rs  OK              0.00s   1 subtests passed');
});

test('of a million lines that are no TAP some are told', async () => {
  const stdout = `1..1\nok 1\n${'hm\n'.repeat(1_000_000)}`;
  const tests = [plannedTest('tap', { protocol: 'tap' })];
  const { outcome, shown, results } = await run({ tests, programs: { tap: { stdout } } });
  if (!outcome.ok) throw new Error(outcome.error);
  expect(results.map((result) => result.outcome)).toEqual(['ok']);
  expect(shown).toContain('stdout: 102: UNKNOWN: hm\nand 999900 more such lines\n');
});

test('a program that is not there is an error of its test', async () => {
  const { outcome, results } = await run({
    tests: [plannedTest('gone', { foreign: {} }), plannedTest('tap', { protocol: 'tap' })],
    programs: { tap: { stdout: 'ok\n', code: 1 } },
  });
  if (!outcome.ok) throw new Error(outcome.error);
  expect(results.map((result) => [result.outcome, result.stderr])).toEqual([
    ['skip', ''],
    ['error', '\n(test program exited with status code 1)\n'],
  ]);
});

describe('which tests run', () => {
  const tests = [
    plannedTest('a', { suites: ['proj:fast'] }),
    plannedTest('b', { suites: ['proj:slow'], priority: 5 }),
    plannedTest('c', { project: 'sub', suites: ['sub:fast'] }),
    plannedTest('d', { project: 'sub', suites: ['sub'], benchmark: true }),
  ];
  const names = async (options: Partial<TestOptions>): Promise<string> =>
    (await outcomes({ tests, options })).join().replaceAll(' ok', '');

  test('all but benchmarks, by priority', async () => {
    expect(await names({})).toBe('b,a,c');
    expect(await names({ benchmark: true })).toBe('d');
  });

  test('none where there are none, whatever is asked for', async () => {
    const { outcome, results } = await run({
      tests: [],
      options: { names: ['x'], slice: { index: 1, of: 2 } },
    });
    expect(outcome.ok && results).toEqual([]);
  });

  test('only those that suit need to have a setup', async () => {
    const none = { wrapper: [], environment: [], excludeSuites: [] };
    const setups = [
      { ...none, name: 'proj:long', gdb: false, timeoutMultiplier: 1, isDefault: false },
    ];
    const wanted = async (options: Partial<TestOptions>) =>
      (await run({ tests, setups, options: { setup: 'long', ...options } })).outcome;
    const refused = "Test setup 'long' not found from project 'sub'.";
    expect(await wanted({})).toEqual({ ok: false, error: refused });
    expect(await wanted({ includeSuites: ['proj'] })).toMatchObject({ ok: true });
    expect(await wanted({ exclude: ['sub:c'] })).toMatchObject({ ok: true });
  });

  test('by suite', async () => {
    expect(await names({ includeSuites: ['fast'] })).toBe('a,c');
    expect(await names({ includeSuites: ['proj:fast'] })).toBe('a');
    expect(await names({ includeSuites: [':slow'] })).toBe('b');
    expect(await names({ excludeSuites: ['proj'] })).toBe('c');
  });

  test('of a suite that no test is in, the others are told', () => {
    const plan = { project: 'proj', tests, setups: [] };
    const asked = { ...defaultTestOptions, buildRoot: '/b', includeSuites: ['fsat'] };
    expect(selectTests(plan, asked)).toMatchObject({
      value: {
        nothing: 'No suitable tests defined.\nNo test is in the suite fsat; there are fast, slow.',
      },
    });
  });

  test('by name, excluded name and slice', async () => {
    expect(await names({ names: ['sub:', 'a'] })).toBe('a,c');
    expect(await names({ names: ['nope'] })).toBe('*:nope test name does not match any test');
    expect(await names({ exclude: ['a', 'sub:c'] })).toBe('b');
    expect(await names({ slice: { index: 2, of: 2 } })).toBe('a');
  });

  test('a setup leaves out suites, unless they are asked for', async () => {
    const setup = {
      name: 'proj:quick',
      wrapper: [],
      gdb: false,
      timeoutMultiplier: 1,
      environment: [],
      excludeSuites: ['slow'],
      isDefault: false,
    };
    const mine = { tests: tests.slice(0, 2), setups: [setup] };
    expect(await outcomes({ ...mine, options: { setup: 'quick' } })).toEqual(['a ok']);
    const asked = { setup: 'quick', includeSuites: ['slow'] };
    expect(await outcomes({ ...mine, options: asked })).toEqual(['b ok']);
    expect(await outcomes({ ...mine, options: { setup: 'x' } })).toEqual([
      "Test setup 'x' not found from project 'proj'.",
    ]);
  });
});

test('memory of tests is filled as by Meson, but for those of crates, as by Cargo', async () => {
  const crateTarget = { kind: 'lib', name: 'b', isTested: true, isBenched: false } as const;
  const { results } = await run({ tests: [plannedTest('a'), plannedTest('b', { crateTarget })] });
  const runs = results.map((result) => result.run);
  const filled = runs.filter(({ environment }) => environment['MALLOC_PERTURB_'] !== undefined);
  expect(filled.map(({ test: of }) => of.name)).toEqual(['a']);
});

test('no more tests are started after the allowed failures', async () => {
  const tests = ['a', 'b', 'c'].map((name) => plannedTest(name, { parallel: false }));
  const programs = { a: { code: 1 } };
  expect(await outcomes({ tests, programs, options: { maxFail: 1 } })).toEqual(['a fail']);
});

test('logs are written as text, JSON and JUnit', async () => {
  const { host } = await run({
    tests: [plannedTest('a')],
    programs: { a: { code: 1, stdout: '<\u0001' } },
  });
  expect(host.read('/project/build/meson-logs/testlog.txt')).toContain(
    'result:       exit status 1',
  );
  expect(JSON.parse(host.read('/project/build/meson-logs/testlog.json'))).toMatchObject({
    name: 'proj:a',
    result: 'FAIL',
    is_fail: true,
    returncode: 1,
  });
  expect(host.read('/project/build/meson-logs/testlog.junit.xml')).toMatch(
    /<testsuite name="proj" tests="1" errors="0" failures="1" skipped="0" time="[^"]*"><testcase name="proj:a" classname="proj" time="[^"]*"><failure \/><system-out>&lt;\\x01<\/system-out>/,
  );
});

test('a wrapper that is named for another machine and is not there is an error', async () => {
  const { outcome } = await run({
    tests: [plannedTest('a'), plannedTest('far', { foreign: { missing: 'qemu-none' } })],
    programs: { a: {} },
  });
  expect(outcome).toEqual({
    ok: false,
    error:
      "The exe_wrapper defined in the cross file 'qemu-none' was not found. Please check the command and/or add it to PATH.",
  });
});

test('JUnit names a test with its suites, and white space of the names of its parts stays', async () => {
  const { host } = await run({
    tests: [plannedTest('a', { protocol: 'tap', suites: ['proj:fast'] })],
    programs: { a: { stdout: '1..1\nok 1 x\ty\n' } },
  });
  expect(host.read('/project/build/meson-logs/testlog.junit.xml')).toContain(
    '<testcase name="1 x&#09;y" classname="proj.fast - proj:a">',
  );
});

test('a Rust test whose output goes to the terminal tells by its exit code; that of TAP alone says little', async () => {
  const names = ['rs', 'bad', 'tap'];
  const { outcome, results } = await run({
    tests: names.map((name) => plannedTest(name, { protocol: name === 'tap' ? 'tap' : 'rust' })),
    programs: { bad: { code: 101 } },
    options: { interactive: true },
  });
  if (!outcome.ok) throw new Error(outcome.error);
  const ended = results.map(({ run: { title }, outcome: how }) => `${title} ${how}`);
  expect(ended).toEqual(['proj:rs ok', 'proj:bad fail', 'proj:tap ignored']);
});

test.each([
  ['died before its first test', { code: 127 }, 'fail'],
  ['died among its tests', { code: 134, stdout: 'test a ... ok\n' }, 'fail'],
  ['has only ignored tests', { stdout: 'test a ... ignored\n' }, 'skip'],
  ['has no tests', { stdout: 'running 0 tests\n' }, 'skip'],
  ['says that it cannot run here', { code: 77 }, 'skip'],
])('a Rust test that %s', async (_what, program, expected) => {
  const { outcome, results } = await run({
    tests: [plannedTest('rs', { protocol: 'rust' })],
    programs: { rs: program },
  });
  if (!outcome.ok) throw new Error(outcome.error);
  expect(results.map((result) => result.outcome)).toEqual([expected]);
});

test('arguments for tests are handed on by a program that runs the tests itself', async () => {
  const { outcome, results } = await run({
    tests: [plannedTest('own'), plannedTest('rustdoc', { argumentOption: '--test-args' })],
    options: { testArguments: ['--nocapture', 'name'] },
  });
  const lines = outcome.ok ? results.map(({ run: { argv } }) => argv?.join(' ')) : [];
  expect(lines).toEqual([
    'own --nocapture name',
    'rustdoc --test-args --nocapture --test-args name',
  ]);
});

test('logs of much output are whole', async () => {
  const stdout = `${'a"<'.repeat(400_000)}${'\u{1f600}'.repeat(600_000)}\n`;
  const { host } = await run({ tests: [plannedTest('much')], programs: { much: { stdout } } });
  const read = (ending: string) => host.read(`/project/build/meson-logs/testlog.${ending}`);
  expect(read('txt')).toContain(stdout);
  expect(JSON.parse(read('json')).stdout).toBe(stdout);
  const inXml = stdout.trimEnd().replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  expect(read('junit.xml')).toContain(`<system-out>${inXml}</system-out></testcase>`);
  expect(host.files.list('/project/build/meson-logs')).toMatchObject({
    value: ['testlog.json', 'testlog.junit.xml', 'testlog.txt'],
  });
});
