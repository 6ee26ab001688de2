import { checkText, type ProjectTexts } from './check-text.ts';
import { mutate } from './mutate.ts';
import { Random } from './random.ts';
import { isBuildFile } from './seeds.ts';

/** One changed project, told by the numbers that make it again. */
export interface FuzzCase {
  readonly project: ProjectTexts;
  /** The build file that was changed. */
  readonly path: string;
  /** Meson's `testcase … endtestcase` is known. */
  readonly testcases: boolean;
}

/** The case of a number: the same for a seed and the same projects. */
export function fuzzCase(projects: readonly ProjectTexts[], seed: number, at: number): FuzzCase {
  const random = new Random(seed * 1_000_003 + at);
  const project = random.of(projects) ?? {};
  const other = random.of(projects) ?? {};
  const path = random.of(Object.keys(project).filter(isBuildFile)) ?? 'meson.build';
  const elsewhere = other[random.of(Object.keys(other).filter(isBuildFile)) ?? ''] ?? '';
  const text = mutate(project[path] ?? '', elsewhere, random);
  return { project: { ...project, [path]: text }, path, testcases: random.oneIn(4) };
}

/** What is wrong with how kaon takes a case. */
export function faultsOf({ project, path, testcases }: FuzzCase): readonly string[] {
  return checkText(project, path, testcases);
}
