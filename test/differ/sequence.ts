import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isShown, normalised } from '../conformance/compare-output-explained.mjs';
import { layOut, writeAt } from './place.ts';

/** A project that nobody wrote, and what is done with it: commands of Meson's in its folder, and edits. */
export interface Sequence {
  /** Texts by path below the project's folder. */
  readonly files: ReadonlyMap<string, string>;
  readonly steps: readonly Step[];
}

export type Step =
  | { readonly words: readonly string[] }
  | { readonly path: string; readonly text: string };

/** What a step comes to. */
export interface Outcome {
  /** The command, or the file that was written. */
  readonly step: string;
  readonly succeeds: boolean;
  readonly said: readonly string[];
  /** Of `meson-info`, by name. */
  readonly facts: ReadonlyMap<string, unknown>;
}

/** Longer than any step takes, in milliseconds. */
const longest = 300_000;

/** Does all steps with one tool in a fresh folder; `facts` are the files of `meson-info` that are wanted. */
export function play(
  { files, steps }: Sequence,
  tool: {
    readonly command: readonly string[];
    readonly folder: string;
    readonly facts: readonly string[];
    readonly environment: NodeJS.ProcessEnv;
  },
): readonly Outcome[] {
  const { command, folder, facts, environment } = tool;
  layOut(folder, files);
  return steps.map((step) => {
    if ('path' in step) {
      writeAt(join(folder, step.path), step.text);
      return { step: `edit of ${step.path}`, succeeds: true, said: [], facts: new Map() };
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
      succeeds: ran.status === 0,
      said: saidLines(`${ran.stdout}${ran.stderr}`, folder),
      facts: new Map(facts.map((name) => [name, introspected(folder, name)])),
    };
  });
}

/** What is shown after an error belongs to it: each tool explains in its own way. */
function saidLines(text: string, source: string): readonly string[] {
  const lines = normalised(text, { source, build: join(source, 'build') }).filter(isShown);
  const failing = lines.find((line) => /(^|: )ERROR: |Traceback/.test(line));
  // Meson tells of some things before it fails that kaon has not come to.
  return (failing === undefined ? lines : [failing]).map(withoutOwnManner);
}

/** Without hints, without how often was warned, which kaon does once for each place, and spaces between columns. */
function withoutOwnManner(line: string): string {
  return line
    .replace(/ \(did you mean ".*"\?\)$/, '')
    .replace(/: YES \d+ warnings/, ': YES')
    .replace(/(Native files *: )\/SOURCE\//, '$1')
    .replace(/ {2,}/g, ' ');
}

function introspected(folder: string, name: string): unknown {
  const path = join(folder, 'build/meson-info', `intro-${name}.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
