import { type Command, Option } from 'commander';
import { err, ok, type Result } from '../../base/result.ts';
import type { Files } from '../../host/host.ts';
import type { CrateTargetName } from '../../model/crate-target-name.ts';
import type { PlannedTest } from '../../model/test-plan.ts';
import type { SetupState } from '../../store/setup/setup-state.ts';
import { matchesGlob } from '../../testrun/match-glob.ts';
import { collect, flag, jobs, type ParsedOptions, texts } from '../words/parse-words.ts';
import { noSuchTarget } from './no-such-target.ts';
import { unmetFeatures } from './unmet-features.ts';
import { membersSetUp } from './workspace-here.ts';

type Kind = CrateTargetName['kind'];
type Built = Pick<SetupState, 'targets' | 'tests'>;

/** Words that choose among the targets of crates, as Cargo's do: what each means for what is built, and for what is tested. */
const words = [
  ['--lib', 'the libraries of a Cargo workspace', "unit tests of a Cargo workspace's libraries"],
  ['--bins', 'its programs', 'those of its programs'],
  [
    '--bin <name>',
    'its program of this name; "tool-*" for some',
    'those of the program of this name; "tool-*" for some',
  ],
  ['--examples', 'its examples', 'its examples, as tests'],
  ['--example <name>', 'its example of this name', 'its example of this name'],
  ['--tests', 'its tests, built and not run', 'its tests without those in documentation'],
  ['--test <name>', 'its integration test of this name', 'its integration test of this name'],
  [
    '--benches',
    'its benchmarks, built and not run',
    'its benchmarks, run once as tests; with --benchmark: to measure',
  ],
  ['--bench <name>', 'its benchmark of this name', 'its benchmark of this name'],
] as const;

function defineWords(command: Command, of: 'built' | 'tested'): void {
  for (const [word, built, tested] of words) {
    const help = `Only ${of === 'built' ? built : tested}`;
    if (word.endsWith('>')) command.option(word, help, collect);
    else command.option(word, help);
  }
  command.option('--all-targets', 'All of these');
}

/** Declares Cargo's words for the targets of `kaon build` (`--lib`, `--bin NAME`, …). */
export function defineBuiltWords(command: Command): void {
  defineWords(command, 'built');
}

/** Declares Cargo's words for the targets of `kaon test`, and what goes with them. */
export function defineTestedWords(command: Command): void {
  defineWords(command, 'tested');
  command
    .option('--doc', 'Only the tests in its documentation')
    .option('--no-run', 'Build the tests, and run none')
    .option('--jobs <count>', 'How many commands run at once in the build before', jobs)
    .addOption(new Option('--no-fail-fast', 'As ever').hideHelp());
}

/** What to ask the executor for; undefined where no such word was said. An error is in Cargo's words. */
export function builtGoals(
  { targets, tests }: Built,
  options: ParsedOptions,
): Result<readonly string[] | undefined, string> {
  const chosen = chosenNames(options);
  if (chosen === undefined) return ok(undefined);
  const made = targets.flatMap(({ crateTarget: of, goals }) => (of ? [{ of, goals }] : []));
  const tested = (tests.compiled ?? []).map(({ crateTarget: of, goals }) => ({ of, goals }));
  const fault = whyNone(
    chosen,
    [...made, ...tested].map(({ of }) => of),
  );
  if (fault !== undefined) return err(fault);
  const everything = flag(options, 'allTargets');
  const wanted = [
    ...made.filter(
      ({ of }) => everything || chosen.all.has(of.kind) || isNamed(chosen, of, ['bin', 'example']),
    ),
    ...tested.filter(({ of }) => isTested(options, of) || isNamed(chosen, of, ['test', 'bench'])),
  ];
  return ok([...new Set(wanted.flatMap(({ goals }) => goals))]);
}

/** Whether words mean the tests of a target because of what its manifest says of it. */
function isTested(options: ParsedOptions, { isTested: test, isBenched }: CrateTargetName): boolean {
  const everything = flag(options, 'allTargets');
  return (
    (test && (everything || flag(options, 'tests'))) ||
    (isBenched && (everything || flag(options, 'benches')))
  );
}

/** Which tests such words mean; undefined where none was said. */
export function testedCrates(
  { targets, tests }: Built,
  options: ParsedOptions,
): Result<((test: PlannedTest) => boolean) | undefined, string> {
  const chosen = chosenNames(options);
  if (chosen === undefined) return ok(undefined);
  const known = [...targets, ...tests.tests, ...(tests.named ?? [])].flatMap(
    ({ crateTarget }) => crateTarget ?? [],
  );
  const withDoc = chosen.all.has('doc');
  if (withDoc && (chosen.all.size > 1 || chosen.named.size > 0 || flag(options, 'tests')))
    return err("can't mix --doc with other target selecting options");
  if (withDoc && options['run'] === false) return err("can't skip running doc tests with --no-run");
  const fault = whyNone(chosen, known);
  if (fault !== undefined) return err(fault);
  const plural = new Set<Kind>(flag(options, 'allTargets') ? ['lib', 'bin', 'example'] : []);
  for (const kind of chosen.all) if (kind !== 'bench') plural.add(kind);
  return ok(({ crateTarget: of }) => {
    if (of === undefined) return false;
    if (of.kind === 'doc') return withDoc;
    return plural.has(of.kind) || isTested(options, of) || isNamed(chosen, of, single);
  });
}

/** Why what such words name is no target, where it requires features that were not asked for. */
export function lackingFeatures(
  files: Files,
  state: Parameters<typeof membersSetUp>[1],
  options: ParsedOptions,
): string | undefined {
  const named = single.flatMap((kind) => texts(options, kind).map((name) => ({ kind, name })));
  const members = named.length === 0 ? [] : membersSetUp(files, state);
  return named.flatMap((wanted) => unmetFeatures(members, wanted) ?? []).at(0);
}

/** What tests need. Cargo compiles a package's examples only where all its tests are meant. */
export function goalsOfTests(tests: readonly PlannedTest[]): readonly string[] {
  return [
    ...new Set(
      tests.flatMap(({ depends, examples }) => depends.filter((one) => !examples?.includes(one))),
    ),
  ];
}

const single = ['bin', 'example', 'test', 'bench'] as const;

interface Chosen {
  readonly all: ReadonlySet<Kind>;
  /** Names and patterns. */
  readonly named: ReadonlyMap<Kind, readonly string[]>;
}

function chosenNames(options: ParsedOptions): Chosen | undefined {
  const plural = { lib: 'lib', bin: 'bins', example: 'examples', bench: 'benches', doc: 'doc' };
  const all = Object.entries(plural).flatMap(
    ([kind, word]) => (flag(options, word) ? [kind as Kind] : []), // a key of these
  );
  const named = new Map(
    single
      .map((kind) => [kind, texts(options, kind)] as const)
      .filter(([, names]) => names.length > 0),
  );
  const others = flag(options, 'tests') || flag(options, 'allTargets');
  return all.length === 0 && named.size === 0 && !others ? undefined : { all: new Set(all), named };
}

function isNamed({ named }: Chosen, of: CrateTargetName, kinds: readonly Kind[]): boolean {
  if (!kinds.includes(of.kind)) return false;
  return named.get(of.kind)?.some((pattern) => matchesGlob(of.name, pattern)) === true;
}

function whyNone(chosen: Chosen, known: readonly CrateTargetName[]): string | undefined {
  if (known.length === 0) return 'there are no targets of a Cargo workspace to choose from';
  for (const [kind, names] of chosen.named) {
    const there = known.filter((one) => one.kind === kind).map(({ name }) => name);
    const missing = names.find((pattern) => !there.some((name) => matchesGlob(name, pattern)));
    if (missing === undefined) continue;
    return noSuchTarget(kind, missing, there);
  }
  const lacks = (kind: Kind): boolean =>
    chosen.all.has(kind) && !known.some((one) => one.kind === kind);
  return lacks('lib') || lacks('doc') ? 'no library targets found' : undefined;
}
