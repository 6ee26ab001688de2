import { expect, test } from 'vitest';
import {
  builtGoals,
  defineBuiltWords,
  defineTestedWords,
  testedCrates,
} from '../../../src/cli/cargo/crate-target-words.ts';
import { type ParsedOptions, parseWords } from '../../../src/cli/words/parse-words.ts';
import type { CrateTargetName } from '../../../src/model/crate-target-name.ts';
import type { CompiledTest, PlannedTest } from '../../../src/model/test-plan.ts';
import type { StoredTarget } from '../../../src/store/setup/setup-state.ts';
import { memorySession } from '../../support/memory-session.ts';

function parsed(line: string, define: typeof defineBuiltWords): ParsedOptions {
  const { session } = memorySession({});
  const words = line.split(' ').filter((word) => word !== '');
  const read = parseWords(session.terminal, { name: 'x', summary: '', define }, words);
  return read.kind === 'exit' ? {} : read.options;
}

function called(kind: CrateTargetName['kind'], name: string): CrateTargetName {
  const isProgram = kind === 'lib' || kind === 'bin';
  return { kind, name, isTested: isProgram || kind === 'test', isBenched: kind === 'bench' };
}

function made(kind: CrateTargetName['kind'], name: string): StoredTarget {
  const goals = [`${kind}/${name}`];
  const crateTarget = called(kind, name);
  return { name, type: 'custom', subdir: '', goals, outputs: goals, crateTarget };
}

function tested(kind: CrateTargetName['kind'], name: string, benchmark = false): PlannedTest {
  return {
    ...{ name: `${kind} ${name}`, project: 'p', suites: ['p'], argv: [], environment: [] },
    ...{ protocol: 'rust', parallel: true, shouldFail: false, timeoutSeconds: 0, priority: 0 },
    ...{ verbose: false, benchmark, built: true, crateTarget: called(kind, name) },
    depends: [`${kind} ${name}`, 'example/shown'],
  };
}

function compiled(kind: CrateTargetName['kind'], name: string): CompiledTest {
  return { crateTarget: called(kind, name), goals: [`${kind} ${name}, as built`] };
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
    named: [tested('example', 'shown'), tested('bench', 'speed')],
    compiled: [compiled('lib', 'core'), compiled('test', 'all'), compiled('bench', 'speed')],
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
    [...built.tests.tests, ...built.tests.named]
      .filter((one) => !one.benchmark && isWanted(one))
      .map(({ name }) => name)
  );
}

test.each([
  ['', undefined],
  ['--lib', ['lib/core']],
  ['--bins', ['bin/tool', 'bin/tools']],
  ['--bin tool', ['bin/tool']],
  ['--bin tool* --example shown', ['bin/tool', 'bin/tools', 'example/shown']],
  ['--tests', ['lib core, as built', 'test all, as built']],
  ['--test all', ['test all, as built']],
  ['--benches', ['bench speed, as built']],
  ['--bench speed', ['bench speed, as built']],
  [
    '--all-targets',
    [
      ...['lib/core', 'bin/tool', 'bin/tools', 'example/shown'],
      ...['lib core, as built', 'test all, as built', 'bench speed, as built'],
    ],
  ],
  ['--bin tol', 'no bin target named `tol`\nhelp: a target with a similar name exists: `tool`'],
  ['--test x*', 'no test target matches pattern `x*`\nhelp: available test targets: all'],
])('words of Cargo choose what is built: %s', (line, expected) => {
  expect(goals(line)).toEqual(expected);
});

test.each([
  ['', undefined],
  ['--lib', ['lib core']],
  ['--bins', ['bin tool']],
  ['--tests', ['lib core', 'bin tool', 'test all']],
  ['--lib --test all', ['lib core', 'test all']],
  ['--examples', ['example shown']],
  ['--example shown --test all', ['test all', 'example shown']],
  ['--benches', ['bench speed']],
  [
    '--bench sped',
    'no bench target named `sped`\nhelp: a target with a similar name exists: `speed`',
  ],
  ['--all-targets', ['lib core', 'bin tool', 'test all', 'example shown', 'bench speed']],
  ['--doc', ['doc core']],
  ['--doc --no-run', "can't skip running doc tests with --no-run"],
  ['--doc --lib', "can't mix --doc with other target selecting options"],
])('words of Cargo choose what is tested: %s', (line, expected) => {
  expect(chosen(line)).toEqual(expected);
});

test('where there are no crates, no word chooses among them', () => {
  const options = parsed('--bins', defineBuiltWords);
  const [app] = built.targets;
  const found = builtGoals(
    { targets: app ? [app] : [], tests: { ...built.tests, tests: [], named: [], compiled: [] } },
    options,
  );
  expect(found).toMatchObject({ ok: false });
});
