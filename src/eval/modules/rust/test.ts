import type { BuildTarget, TargetId } from '../../../model/target.ts';
import { familyOf } from '../../../toolchains/family.ts';
import { bool, listOf, oneOf, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, keyword, positional } from '../../declare.ts';
import { addTest, argumentOf, type CommandTest, testKeywords } from '../../functions/tests/test.ts';
import { runnerOf } from '../../machines/exe-wrapper.ts';
import type { TargetObject } from '../../objects/target.ts';
import { perEvaluation } from '../../per-evaluation.ts';
import {
  buildTarget,
  customTarget,
  customTargetIndex,
  file,
} from '../../targets/argument-types.ts';
import { hasCrateAbi } from '../../targets/build/crate.ts';
import { dependsOf } from '../../targets/command/command-words.ts';
import { type CommandValue, program } from '../../targets/keywords/command.ts';
import { dependencies, linkWhole, linkWith } from '../../targets/keywords/common.ts';
import { introspectionId, registerTarget } from '../../targets/register.ts';
import { testCrate } from './test-crate.ts';

const { asDefault: _linkWith, ...ownLinkWith } = linkWith;
const { asDefault: _linkWhole, ...ownLinkWhole } = linkWhole;

const keywords = {
  ...testKeywords,
  dependencies,
  is_parallel: keyword(bool, false, 'May run beside other tests.'),
  rust_args: keyword(listOf(str), [], 'More arguments for rustc.', { since: '1.2.0' }),
};

const positionals = [
  positional('name', str, 'Its name.'),
  positional('target', buildTarget, 'The crate.'),
] as const;

export const rustTest = builtin({
  name: 'test',
  label: 'rust.test',
  doc: "Runs a crate's own tests: its sources are compiled once more with --test.",
  positional: positionals,
  keywords: {
    ...keywords,
    link_with: { ...ownLinkWith, since: '1.2.0' },
    link_whole: { ...ownLinkWhole, since: '1.8.0' },
    args: keyword(
      listOf(oneOf<CommandValue>(str, file, buildTarget, customTarget, customTargetIndex, program)),
      [],
      'Arguments for the tests.',
    ),
  },
  returns: 'void',
  run: (call, { positional: [name, target], keywords: given }) => {
    const base = crateOf(call, target);
    if (!base.languages.includes('rust'))
      call.fail('Second positional argument to rustmod.test() must be a rust based target');
    const tests = registerTarget(call, testCrate(call, base, { ...given, name }));
    const args = ownArguments(call, 'test', given.args);
    addTest(call, {
      ...testOf(name, given),
      command: [
        { kind: 'target', target: tests, output: 0 },
        ...[...args, '--test', '--format', 'pretty'].map((arg) => argumentOf(call, arg)),
      ],
      depends: [...dependsOf(given.depends), tests],
    });
    return undefined;
  },
});

export const rustDoctest = builtin({
  name: 'doctest',
  label: 'rust.doctest',
  doc: "Runs the examples of a crate's documentation, by rustdoc.",
  since: '1.8.0',
  positional: positionals,
  keywords: {
    ...keywords,
    link_with: ownLinkWith,
    link_whole: ownLinkWhole,
    args: keyword(listOf(str), [], 'Arguments for the tests.', {
      check: (args) =>
        args.some((arg) => /\s/.test(arg))
          ? 'must not contain spaces due to limitations of rustdoc'
          : undefined,
    }),
  },
  returns: 'void',
  run: (call, { positional: [name, target], keywords: given }) => {
    const base = crateOf(call, target);
    if (!base.languages.includes('rust'))
      call.fail('doc tests are only supported for Rust targets');
    if (!hasCrateAbi(base.rust)) call.fail("doc tests are not supported for rust_abi: 'c'");
    if (isSkipped(call, base)) return undefined;
    checkRustdoc(call, base);
    const link_with = [...given.link_with, target];
    const program = addDocumentationTest(
      call,
      target.target,
      testCrate(call, base, { ...given, name, link_with }),
    );
    const args = [...ownArguments(call, 'doctest', given.args), '--format', 'pretty'];
    addTest(call, {
      ...testOf(name, { ...given, workdir: undefined }),
      command: [
        { kind: 'target', target: program, output: 0 },
        { kind: 'text', text: `--test-args=${args.join(' ')}` },
        ...(given.workdir === undefined
          ? []
          : [{ kind: 'text', text: `--test-run-directory=${given.workdir}` } as const]),
      ],
      depends: [...dependsOf(given.depends), target.target],
    });
    return undefined;
  },
});

/** What both kinds of tests have; other protocols are taken and mean nothing, as in Meson. */
function testOf(name: string, given: CommandTest['keywords'] & { readonly is_parallel: boolean }) {
  return {
    name,
    keywords: given,
    parallel: given.is_parallel,
    benchmark: false,
    protocol: 'rust',
  } as const;
}

function crateOf(call: Call, { target }: TargetObject): BuildTarget {
  const row = call.evaluation.tables.targets.get(target);
  return row.kind === 'build' ? row : call.fail('a build target was expected');
}

/** Rustdoc makes no file: the row only says what the test is compiled with. */
function addDocumentationTest(call: Call, documented: TargetId, test: BuildTarget): TargetId {
  const { rust } = test;
  const { targets } = call.evaluation.tables;
  const base = targets.get(documented);
  const crateType = base.kind === 'build' ? base.rust?.crateType : undefined;
  return targets.add({
    ...test,
    introspectionId: introspectionId(test.buildSubdir, test.name, '@exe'),
    buildByDefault: false,
    rust: rust && {
      ...rust,
      crateType: crateType ?? rust.crateType,
      test: false,
      doctest: true,
      documented,
    },
  });
}

/** Arguments without those that are always given. */
function ownArguments<T>(call: Call, name: string, args: readonly (T | string)[]): (T | string)[] {
  const own = [...args];
  const tests = own.indexOf('--test');
  if (tests !== -1) {
    call.warn(`Do not add --test to rustmod.${name}() arguments`);
    own.splice(tests, 1);
  }
  const format = own.indexOf('--format');
  if (format !== -1) {
    call.warn(`Do not add --format to rustmod.${name}() arguments`);
    own.splice(format, 2);
  }
  const joined = own.findIndex((arg) => typeof arg === 'string' && arg.startsWith('--format='));
  if (joined !== -1) own.splice(joined, 1);
  return own;
}

const told = perEvaluation((): { skipped: boolean } => ({ skipped: false }));

/** Rustdoc runs what it compiles: it cannot for another machine. */
function isSkipped({ evaluation }: Call, { machine }: BuildTarget): boolean {
  const runner = runnerOf(evaluation, machine);
  const foreign = evaluation.cross && (runner === 'cannot-run' || runner.length > 0);
  if (!foreign) return false;
  const state = told(evaluation);
  if (!state.skipped) evaluation.log('NOTICE: skipping Rust doctests due to cross compilation');
  state.skipped = true;
  return true;
}

function checkRustdoc(call: Call, { machine }: BuildTarget): void {
  const toolchain = call.evaluation.tables.toolchains.get(machine)?.get('rust');
  const rustdoc = toolchain && familyOf(toolchain).rust?.rustdoc;
  if (rustdoc === undefined) call.fail(`could not find rustdoc for ${machine} machine machine`);
}
