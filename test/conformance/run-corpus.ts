import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type CaseResult, judge, parseKnownFailures, type Verdict } from './known-failures.ts';

/** Where the corpus and its runner are, and which kaon runs it. */
export interface Corpus {
  readonly runner: string;
  readonly corpus: string;
  readonly kaon: string;
  /** The folder of known-failures.txt. */
  readonly lists: string;
}

export interface Wanted {
  readonly categories: readonly string[];
  /** Only these of the cases. */
  readonly only?: readonly string[];
}

interface Told<Cases> {
  readonly cases: Cases;
  /** Tools and libraries of the machine that decide which cases can run. */
  readonly tools: readonly string[];
}

/** Runs cases two at a time, and judges them by known-failures.txt. */
export function runCorpus(corpus: Corpus, wanted: Wanted): Verdict {
  const scratch = mkdtempSync(join(tmpdir(), 'kaon-conformance-'));
  try {
    const results = join(scratch, 'results.json');
    const list = join(scratch, 'cases.txt');
    if (wanted.only !== undefined) writeFileSync(list, `${wanted.only.join('\n')}\n`);
    const args = [
      ...baseArgs(corpus, wanted),
      ...['--exe', corpus.kaon, '--reference', referencePath(corpus), '--json', results],
      ...(wanted.only === undefined ? [] : ['--cases', list]),
      ...['-j2', '--build-jobs', '1'],
    ];
    spawnSync('python3', args, { stdio: 'inherit' });
    // The runner's formats.
    const told = readJson(results) as Told<readonly CaseResult[]>;
    const { cases, tools } = readJson(referencePath(corpus)) as Told<Record<string, string>>;
    const isLacking = tools.some((tool) => !told.tools.includes(tool));
    return judge(told.cases, { cases, isLacking }, known(corpus));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** The names of cases, without running them. */
export function listCases(corpus: Corpus, wanted: Wanted): readonly string[] {
  const run = spawnSync('python3', [...baseArgs(corpus, wanted), '--list'], { encoding: 'utf8' });
  return run.stdout
    .split('\n')
    .map((line) => (line.split('  #')[0] ?? '').trim())
    .filter((line) => line !== '');
}

function baseArgs({ runner, corpus }: Corpus, { categories }: Wanted): readonly string[] {
  const only = categories.length === 0 ? [] : ['--only', categories.join(',')];
  return [runner, '--corpus', corpus, '--tool', 'kaon', ...only];
}

function referencePath({ runner }: Corpus): string {
  return join(dirname(runner), 'reference.json');
}

function known({ lists }: Corpus): ReadonlyMap<string, string> {
  return parseKnownFailures(readFileSync(resolve(lists, 'known-failures.txt'), 'utf8'));
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
