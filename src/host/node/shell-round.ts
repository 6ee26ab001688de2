import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, constants } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../../base/environment.ts';
import { quoteWord } from '../../base/shell-words.ts';
import type { Ended, Finished, Launch } from '../host.ts';
import { temporaryFolder } from './temporary-folder.ts';

/**
 * Runs processes side by side and waits for all of them. Node forks for each process that it starts,
 * which costs the more the larger it is: here it does so once, for a small shell that starts the rest.
 * What a shell cannot run or tell as it is gives undefined in its place.
 */
export function runTogether(launches: readonly Launch[]): readonly (Finished | undefined)[] {
  const [first] = launches;
  if (first === undefined) return [];
  const folder = newFolder();
  if (folder === undefined) return launches.map(() => undefined);
  try {
    const round = { folder, environment: first.environment };
    const jobs = launches.map((launch, number) => jobOf(launch, number, round));
    writeFileSync(join(folder, 'script'), scriptOf(jobs.map((job) => job ?? '')));
    const { stdout } = spawnSync('/bin/sh', [join(folder, 'script')], {
      cwd: folder,
      env: { ...first.environment },
      stdio: ['ignore', 'pipe', 'ignore'],
      encoding: 'utf8',
    });
    const codes = codesOf(stdout ?? '');
    return launches.map((_, number) => finishedOf(folder, number, codes.get(number)));
  } finally {
    remove(folder, launches.length);
  }
}

function newFolder(): string | undefined {
  try {
    return mkdtempSync(join(temporaryFolder(), 'kaon-'));
  } catch {
    return undefined;
  }
}

/** How each ended that did, by its number. */
function codesOf(told: string): ReadonlyMap<number, number> {
  const lines = told.matchAll(/^(\d+) (\d+)$/gm);
  return new Map([...lines].map(([, number, code]) => [Number(number), Number(code)]));
}

/** Lanes of commands, one after the other; a lane ends early when kaon is gone. */
function scriptOf(jobs: readonly string[]): string {
  const count = Math.min(availableParallelism() + 1, jobs.length);
  const lanes = Array.from({ length: count }, (_, lane) =>
    jobs.filter((job, index) => index % count === lane && job !== ''),
  ).filter((lane) => lane.length > 0);
  const guard = `kill -0 ${process.pid} 2>/dev/null||exit\n`;
  return `${lanes.map((lane) => `{\n${lane.join(guard)}} &\n`).join('')}wait\n`;
}

/** What the commands of one shell share. */
interface Round {
  /** For scripts, input and output. */
  readonly folder: string;
  /** The shell's own. */
  readonly environment: Environment;
}

/** One command as a shell runs it: its output goes to files, its number and exit code are told. */
function jobOf(
  { argv, workingDirectory, environment, input = '' }: Launch,
  number: number,
  { folder, environment: before }: Round,
): string | undefined {
  const changes = environmentChanges(before, environment);
  if (changes === undefined || argv.length === 0 || argv.some((word) => word.includes('\0')))
    return undefined;
  if (input !== '') writeFileSync(join(folder, `${number}.in`), input);
  const from = input === '' ? '/dev/null' : quoteWord(join(folder, `${number}.in`));
  const to = (kind: string): string => quoteWord(join(folder, `${number}.${kind}`));
  const command = argv.map(quoteWord).join(' ');
  // A folder that is not there is told like a program that is not there.
  return `(cd ${quoteWord(workingDirectory)}||exit 127;${changes}exec ${command}) <${from} >${to('out')} 2>${to('err')};echo ${number} $?\n`;
}

/** What makes one environment of another, in a shell's words; undefined where a name is none of a shell's. */
export function environmentChanges(before: Environment, after: Environment): string | undefined {
  if (before === after) return '';
  const changes: string[] = [];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const name of names) {
    const value = after[name];
    if (value === before[name]) continue;
    if (!/^[A-Za-z_]\w*$/.test(name)) return undefined;
    changes.push(value === undefined ? `unset ${name};` : `export ${name}=${quoteWord(value)};`);
  }
  return changes.join('');
}

function finishedOf(
  folder: string,
  number: number,
  code: number | undefined,
): Finished | undefined {
  // The shell itself says 126 and 127 for what it cannot start.
  if (code === undefined || code === 126 || code === 127) return undefined;
  return {
    ended: endedOf(code),
    stdout: textOf(join(folder, `${number}.out`)),
    stderr: textOf(join(folder, `${number}.err`)),
  };
}

function endedOf(code: number): Ended {
  const signal = code > 128 && Object.entries(constants.signals).find(([, s]) => s + 128 === code);
  return signal ? { kind: 'killed', signal: signal[0] } : { kind: 'exited', code };
}

function textOf(path: string): string {
  return statSync(path).size === 0 ? '' : readFileSync(path, 'utf8');
}

function remove(folder: string, count: number): void {
  const numbers = Array.from({ length: count }, (_, number) => number);
  const names = ['script', ...numbers.flatMap((n) => [`${n}.in`, `${n}.out`, `${n}.err`])];
  for (const name of names) {
    try {
      unlinkSync(join(folder, name));
    } catch {
      // not every command has an input
    }
  }
  try {
    rmdirSync(folder);
  } catch {
    // somebody else's file is in it
  }
}
