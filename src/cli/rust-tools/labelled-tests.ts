import { posix } from 'node:path';
import type { RustProject } from '../../export/rust-project.ts';
import type { Files } from '../../host/host.ts';
import type { CrateFacts } from '../../model/planned-target.ts';
import type { PlannedTest } from '../../model/test-plan.ts';
import { readWrittenJson } from '../setup/written-json.ts';
import { rustCratesPath } from './rust-crates.ts';

/** What editors put behind a label of `rust-project.json` for the unit tests of its crate. */
export const testsMark = ':test';

interface Build {
  readonly buildRoot: string;
  readonly tests: readonly PlannedTest[];
}

/**
 * The unit tests of the crate that editors know by a label: where Cargo's rules build it, the program
 * of its tests is another one than what it makes for users.
 */
export function labelledTests(
  files: Files,
  { buildRoot, tests }: Build,
  label: string,
): PlannedTest | undefined {
  const project = readWrittenJson(files, `${buildRoot}/rust-project.json`);
  const written = readWrittenJson(files, rustCratesPath(buildRoot));
  if (!project.ok || !written.ok) return undefined;
  // Both by setup, in these shapes.
  const { crates } = project.value as RustProject;
  const root = crates.find(({ build }) => build?.label === label)?.root_module;
  const programs = (written.value as readonly CrateFacts[])
    .filter(({ rootModule, call }) => rootModule === root && call.args.includes('--test'))
    .map(({ call }) => programOf(call.args));
  return tests.find(({ argv }) => argv.some((word) => programs.includes(word)));
}

/** The program that rustc makes by its arguments. */
function programOf(args: readonly string[]): string {
  const after = (word: string): string => args[args.indexOf(word) + 1] ?? '';
  const extra = args.find((word) => word.startsWith('extra-filename='));
  return posix.join(
    after('--out-dir'),
    after('--crate-name') + (extra?.slice('extra-filename='.length) ?? ''),
  );
}
