import { expect, test } from 'vitest';
import {
  builtGoals,
  defineBuiltWords,
  defineTestedWords,
  testedCrates,
} from '../../src/cli/crate-target-words.ts';
import { type ParsedOptions, parseWords } from '../../src/cli/parse-words.ts';
import type { CrateTargetName } from '../../src/model/crate-target-name.ts';
import type { PlannedTest } from '../../src/model/test-plan.ts';
import type { StoredTarget } from '../../src/store/setup-state.ts';
import { memorySession } from '../support/memory-session.ts';

function parsed(line: string, define: typeof defineBuiltWords): ParsedOptions {
  const { session } = memorySession({});
  const words = line.split(' ').filter((word) => word !== '');
  const read = parseWords(session.terminal, { name: 'x', summary: '', define }, words);
  return read.kind === 'exit' ? {} : read.options;
}

function made(kind: CrateTargetName['kind'], name: string): StoredTarget {
  const goals = [`${kind}/${name}`];
  return { name, type: 'custom', subdir: '', goals, outputs: goals, crateTarget: { kind, name } };
}

function tested(kind: CrateTargetName['kind'], name: string, benchmark = false): PlannedTest {
  return {
    ...{ name: `${kind} ${name}`, project: 'p', suites: ['p'], argv: [], environment: [] },
    ...{ protocol: 'rust', parallel: true, shouldFail: false, timeoutSeconds: 0, priority: 0 },
    ...{ verbose: false, benchmark, built: true, crateTarget: { kind, name } },
    depends: [`${benchmark ? 'bench' : 'test'} ${kind} ${name}`, 'example/shown'],
  };
}

const built = {
  targets: [
    { name: 'app', type: 'executable', subdir: '', goals: ['app'], outputs: ['app'] },
    ...[made('lib', 'core'), made('bin', 'tool'), made('bin', 'tools'), made('example', 'shown')],
  ],
  tests: {
    ...{ project: 'p', setups: [] },
    tests: [
      ...[
        tested('lib', 'core'),
        tested('bin', 'tool'),
        tested('test', 'all'),
        tested('doc', 'core'),
      ],
      ...[tested('lib', 'core', true), tested('bench', 'speed', true)],
    ],
  },
};

function goals(line: string): readonly string[] | string | undefined {
  const found = builtGoals(built, parsed(line, defineBuiltWords));
  return found.ok ? found.value : found.error;
}

function chosen(line: string): readonly string[] | string | undefined {
  const found = testedCrates(built, parsed(line, defineTestedWords));
  if (!found.ok) return found.error;
  const isWanted = found.value;
  return (
    isWanted &&
    built.tests.tests.filter((one) => !one.benchmark && isWanted(one)).map(({ name }) => name)
  );
}

test.each([
  ['', undefined],
  ['--lib', ['lib/core']],
  ['--bins', ['bin/tool', 'bin/tools']],
  ['--bin tool', ['bin/tool']],
  ['--bin tool* --example shown', ['bin/tool', 'bin/tools', 'example/shown']],
  ['--tests', ['test lib core', 'test bin tool', 'test test all']],
  ['--test all', ['test test all']],
  ['--benches', ['bench lib core', 'bench bench speed']],
  ['--bench speed', ['bench bench speed']],
  [
    '--all-targets',
    [
      ...['lib/core', 'bin/tool', 'bin/tools', 'example/shown'],
      ...['test lib core', 'test bin tool', 'test test all', 'bench bench speed'],
    ],
  ],
  ['--bin tol', 'no bin target named `tol`\nhelp: a target with a similar name exists: `tool`'],
  ['--test x*', 'no test target matches pattern `x*`'],
])('words of Cargo choose what is built: %s', (line, expected) => {
  expect(goals(line)).toEqual(expected);
});

test.each([
  ['', undefined],
  ['--lib', ['lib core']],
  ['--bins', ['bin tool']],
  ['--tests', ['lib core', 'bin tool', 'test all']],
  ['--lib --test all', ['lib core', 'test all']],
  ['--doc', ['doc core']],
  ['--doc --lib', "can't mix --doc with other target selecting options"],
])('words of Cargo choose what is tested: %s', (line, expected) => {
  expect(chosen(line)).toEqual(expected);
});

test('where there are no crates, no word chooses among them', () => {
  const options = parsed('--bins', defineBuiltWords);
  const [app] = built.targets;
  const found = builtGoals(
    { targets: app ? [app] : [], tests: { ...built.tests, tests: [] } },
    options,
  );
  expect(found).toMatchObject({ ok: false });
});
