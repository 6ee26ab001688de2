import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalised as normalisedFact } from '../conformance/compare-normalise.mjs';
import { isShown, normalised } from '../conformance/compare-output-explained.mjs';
import { stagedFiles, testResults } from '../conformance/compare-side.mjs';
import { layOut, writeAt } from './place.ts';

/** A project that nobody wrote, and what is done with it: commands of Meson's in its folder, and edits. */
export interface Sequence {
  /** Texts by path below the project's folder. */
  readonly files: ReadonlyMap<string, string>;
  readonly steps: readonly Step[];
  /** What is looked at after each step. */
  readonly facts: readonly FactName[];
}

export type Step = CommandStep | { readonly path: string; readonly text: string };

interface CommandStep {
  readonly words: readonly string[];
  /** What it prints is each tool's own, its exit status counts. */
  readonly isQuiet?: boolean;
}

/** Options, results of the last tests, and the installed tree. */
export type FactName = keyof typeof factsOf;

/** What a step comes to. */
export interface Outcome {
  /** The command, or the file that was written. */
  readonly step: string;
  /** Of a step that tells in words why it fails just whether it does. */
  readonly status: number;
  readonly said: readonly string[];
  readonly facts: ReadonlyMap<string, unknown>;
}

/** Longer than any step takes, in milliseconds. */
const longest = 300_000;

/** Does all steps with one tool in a fresh folder. */
export function play(
  { files, steps, facts }: Sequence,
  tool: {
    readonly command: readonly string[];
    readonly folder: string;
    readonly environment: NodeJS.ProcessEnv;
  },
): readonly Outcome[] {
  const { command, folder, environment } = tool;
  layOut(folder, files);
  return steps.map((step) => {
    if ('path' in step) {
      writeAt(join(folder, step.path), step.text);
      return { step: `edit of ${step.path}`, status: 0, said: [], facts: new Map() };
    }
    const [program = '', ...words] = [...command, ...step.words];
    const ran = spawnSync(program, words, {
      cwd: folder,
      encoding: 'utf8',
      timeout: longest,
      env: { ...environment, NO_COLOR: '1' },
    });
    return {
      step: step.words.join(' '),
      status: step.isQuiet === true ? (ran.status ?? -1) : ran.status === 0 ? 0 : 1,
      said: step.isQuiet === true ? [] : saidLines(`${ran.stdout}${ran.stderr}`, folder),
      facts: new Map(facts.map((name) => [name, factsOf[name](folder)])),
    };
  });
}

/** What is shown after an error belongs to it: each tool explains in its own way. */
function saidLines(text: string, source: string): readonly string[] {
  const lines = normalised(text, { source, build: join(source, 'build') }).filter(isShown);
  const failing = lines.find((line) => /(^|: )ERROR: |Traceback/.test(line));
  // Meson tells of some things before it fails that kaon has not come to.
  const told = failing === undefined ? lines : [failing];
  return told.filter((line) => !line.startsWith('No test is in the suite ')).map(withoutOwnManner);
}

/** Without hints, without how often was warned, which kaon does once for each place, and spaces between columns. */
function withoutOwnManner(line: string): string {
  return line
    .replace(/ \(did you mean ".*"\?\)$/, '')
    .replace(/: YES \d+ warnings/, ': YES')
    .replace(/(Native files *: )\/SOURCE\//, '$1')
    .replace(/ {2,}/g, ' ');
}

const factsOf = {
  buildoptions: (folder: string): unknown => {
    const path = join(folder, 'build/meson-info/intro-buildoptions.json');
    return existsSync(path)
      ? normalisedFact('buildoptions', JSON.parse(readFileSync(path, 'utf8')))
      : undefined;
  },
  results: (folder: string): unknown => testResults(join(folder, 'build/meson-logs/testlog.json')),
  staged: (folder: string): unknown => Object.fromEntries(stagedFiles(join(folder, 'staged'), '')),
};
