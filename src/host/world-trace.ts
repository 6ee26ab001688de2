import { createHash } from 'node:crypto';
import type { Environment } from '../base/environment.ts';
import type { FileFault, FileStat, Files, Finished } from './host.ts';
import { signatureOf } from './remember-answers.ts';

/**
 * What a piece of work asked of the world and did to it, in order. Work that rests on nothing else
 * comes to the same end wherever all answers are the same.
 */
export type Step =
  /** What files were like. */
  | {
      readonly kind: 'saw';
      readonly what: Question;
      readonly path: string;
      /** The answer, or enough to know it again. */
      readonly answer: string;
      /** Of a file that was read: saves reading it while it stays the same. */
      readonly stamp?: string;
      /** It was read more than once. */
      readonly again?: true;
    }
  | { readonly kind: 'wrote'; readonly path: string; readonly content: number }
  | { readonly kind: 'made'; readonly path: string }
  | { readonly kind: 'removed'; readonly path: string }
  | { readonly kind: 'renamed' | 'copied' | 'linked'; readonly from: string; readonly path: string }
  | { readonly kind: 'mode'; readonly path: string; readonly mode: number }
  /** An answer that is remembered by itself, with what it rests on. */
  | { readonly kind: 'asked'; readonly place: string; readonly answer: string }
  /** A process that has to run again. */
  | { readonly kind: 'ran'; readonly launch: StoredLaunch; readonly answer: string };

export type Question = Extract<
  keyof Files,
  | 'readText'
  | 'readBytes'
  | 'stat'
  | 'lstat'
  | 'exists'
  | 'isFile'
  | 'isDirectory'
  | 'list'
  | 'readLink'
  | 'realPath'
>;

/** A launch, whose environment is told by its difference from ours. */
export interface StoredLaunch {
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  readonly set: Environment;
  readonly unset: readonly string[];
  readonly input?: string;
  readonly timeoutMs?: number;
}

export interface WorldTrace {
  readonly steps: readonly Step[];
  /** What was written, by the numbers in the steps. */
  readonly contents: readonly Uint8Array[];
}

/** How an answer is told again. `isOwn`: in a folder whose files are made anew, so that their times tell nothing. */
export const answers: {
  readonly [K in Question]: (found: ReturnType<Files[K]>, isOwn: boolean) => string;
} = {
  readText: (found) => (found.ok ? digest(found.value) : found.error.kind),
  readBytes: (found) => (found.ok ? digest(found.value) : found.error.kind),
  stat: statAnswer,
  lstat: statAnswer,
  exists: String,
  isFile: String,
  isDirectory: String,
  list: (found) => (found.ok ? digest(found.value.join('\0')) : found.error.kind),
  // What is no link may be there or not.
  readLink: (found) => (found.ok ? `=${found.value}` : 'no link'),
  realPath: textAnswer,
};

/** Asks as before. */
export function askAgain(
  files: Files,
  { what, path }: { readonly what: Question; readonly path: string },
  isOwn: boolean,
): string {
  // The question and how its answer is told are of one name.
  const tell = answers[what] as (found: unknown, isOwn: boolean) => string;
  return tell(files[what](path), isOwn);
}

function statAnswer(found: FileStat | undefined, isOwn: boolean): string {
  if (found === undefined) return 'missing';
  const { kind, mode, size } = found;
  if (isOwn) return kind === 'file' ? `file ${mode} ${size}` : `${kind} ${mode}`;
  return `${kind} ${mode} ${signatureOf(found)}`;
}

function textAnswer(found: { ok: true; value: string } | { ok: false; error: FileFault }): string {
  return found.ok ? `=${found.value}` : found.error.kind;
}

export function finishedAnswer({ ended, stdout, stderr }: Finished): string {
  return digest(JSON.stringify([ended, stdout, stderr]));
}

export function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url');
}

/** Whether a path is a folder or lies below it. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** What a launch's environment differs in from another. */
export function environmentChange(
  base: Environment,
  environment: Environment,
): Pick<StoredLaunch, 'set' | 'unset'> {
  const changed = Object.entries(environment).filter(([name, value]) => base[name] !== value);
  return {
    set: Object.fromEntries(changed),
    unset: Object.keys(base).filter((name) => environment[name] === undefined),
  };
}
