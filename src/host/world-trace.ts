import { createHash } from 'node:crypto';
import type { Environment } from '../base/environment.ts';
import { canBeMoved, movedText } from '../base/moved-text.ts';
import type { FileFault, FileStat, Files, Finished, Launch } from './host.ts';
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
  /** A file got the time of another, as copies do. */
  | { readonly kind: 'timed'; readonly from: string; readonly path: string }
  | { readonly kind: 'mode'; readonly path: string; readonly mode: number }
  /** An answer that is remembered by itself, with what it rests on. */
  | {
      readonly kind: 'asked';
      readonly place: string;
      readonly answer: string;
      /** Where it is of the own folder: for another one it is a question of its own. */
      readonly launch?: StoredLaunch;
    }
  /** A process that has to run again. */
  | { readonly kind: 'ran'; readonly launch: StoredLaunch; readonly answer: string };

/** What may be asked of files so that the answer can be compared later. */
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

/** All that a piece of work asked and did, as it can be stored. */
export interface WorldTrace {
  readonly steps: readonly Step[];
  /** What was written, by the numbers in the steps. */
  readonly contents: readonly Uint8Array[];
  /** Nothing in it was decided by how the path of the own folder reads. */
  readonly isMovable: boolean;
}

/**
 * How an answer is told again. `own`: the folder that the path lies in, if its files are made anew, so that
 * their times tell nothing; and by whatever name it goes, the answer is the same.
 */
const answers: {
  readonly [K in Question]: (found: ReturnType<Files[K]>, own: string | undefined) => string;
} = {
  readText: (found, own) => (found.ok ? digest(nameless(found.value, own)) : found.error.kind),
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

/** The folder of the work itself. */
export interface OwnPlace {
  /** Its files are made anew: their times tell nothing. Absolute. */
  readonly ownFolder: string;
  /** Whether another folder is one of the kind: beside the own one they may come and go. */
  readonly isLikeOwn: (folder: string) => boolean;
}

/** A question about a path. */
export interface Asked {
  readonly what: Question;
  readonly path: string;
}

/** What was found, told as `askAgain` tells it. */
export function answerTo({ what, path }: Asked, found: unknown, own: OwnPlace): string {
  const { ownFolder, isLikeOwn } = own;
  // The question and how its answer is told are of one name.
  const tell = answers[what] as (found: unknown, own: string | undefined) => string;
  if (what !== 'list' || path !== ownFolder.slice(0, ownFolder.lastIndexOf('/')))
    return tell(found, isBelow(path, ownFolder) ? ownFolder : undefined);
  const listed = found as ReturnType<Files['list']>; // what that question finds
  const names = listed.ok && listed.value.filter((name) => !isLikeOwn(`${path}/${name}`));
  return tell(names === false ? listed : { ...listed, value: names }, undefined);
}

/** Asks as before. */
export function askAgain(files: Files, asked: Asked, own: OwnPlace): string {
  return answerTo(asked, files[asked.what](asked.path), own);
}

function statAnswer(found: FileStat | undefined, own: string | undefined): string {
  if (found === undefined) return 'missing';
  const { kind, mode, size } = found;
  if (own !== undefined) return kind === 'file' ? `file ${mode} ${size}` : `${kind} ${mode}`;
  return `${kind} ${mode} ${signatureOf(found)}`;
}

function textAnswer(found: { ok: true; value: string } | { ok: false; error: FileFault }): string {
  return found.ok ? `=${found.value}` : found.error.kind;
}

/** What a process answered, told without the name of the own folder. */
export function finishedAnswer({ ended, stdout, stderr }: Finished, ownFolder: string): string {
  return digest(nameless(JSON.stringify([ended, stdout, stderr]), ownFolder));
}

/** A text that names a folder, as it is whatever that folder is called. */
export function nameless(text: string, folder: string | undefined): string {
  if (folder === undefined || !text.includes(folder) || !canBeMoved(folder)) return text;
  return movedText(text, { from: folder, to: '\0' }) ?? text;
}

/** SHA-256, in a form that can stand in a file name. */
export function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url');
}

/** Whether a path is a folder or lies below it. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** Its environment is told by what it differs in from a base. */
export function storedLaunch(launch: Launch, base: Environment): StoredLaunch {
  const { argv, workingDirectory, environment, input, timeoutMs } = launch;
  const changed = Object.entries(environment).filter(([name, value]) => base[name] !== value);
  return {
    argv,
    workingDirectory,
    set: Object.fromEntries(changed),
    unset: Object.keys(base).filter((name) => environment[name] === undefined),
    ...(input !== undefined && { input }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  };
}
