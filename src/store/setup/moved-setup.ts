import { posix } from 'node:path';
import { canBeMoved, type Move, movedText } from '../../base/moved-text.ts';
import { isBelow, type Step } from '../../host/world-trace.ts';
import { isGraph, movedGraph } from '../graph-file.ts';
import { movedState } from './setup-state.ts';

/** Two build directories of one source tree. Absolute. */
export interface Removal extends Move {
  readonly sourceRoot: string;
}

/** Whether ways to all that was asked about are as long from one build directory as from the other. */
export function isAsFar(steps: readonly Step[], { from, to, sourceRoot }: Removal): boolean {
  if (!canBeMoved(from) || !canBeMoved(to)) return false;
  const [parts, others] = [from.split('/'), to.split('/')];
  if (parts.length !== others.length) return false;
  const apart = parts.findIndex((part, at) => part !== others[at]) + 1;
  const [ours, theirs] = [parts.slice(0, apart).join('/'), others.slice(0, apart).join('/')];
  if (isBelow(sourceRoot, ours) || isBelow(sourceRoot, theirs)) return false;
  const isNear = (path: string) =>
    (isBelow(path, ours) && !isBelow(path, from)) || isBelow(path, theirs);
  return !steps.some((step) => 'path' in step && isNear(step.path));
}

/** What tells of a folder, in a text that another is put into; undefined where it is not clear what is meant. */
export function movedWords(text: string, { sourceRoot, ...move }: Removal): string | undefined {
  return speaksOf(text, move.to) || speaksAside(text, { ...move, sourceRoot })
    ? undefined
    : movedText(text, move);
}

/** The content of a file that a setup wrote. */
export function movedContent(content: Uint8Array, removal: Removal): Uint8Array | undefined {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const { from, to, sourceRoot } = removal;
  const marks = [to, `/${posix.basename(from)}`];
  if (isBelow(from, sourceRoot)) marks.push(wayTo(from, sourceRoot));
  if (!marks.some((mark) => bytes.includes(mark))) return content;
  const words = (text: string) => movedWords(text, removal);
  if (isGraph(bytes)) return movedGraph(bytes, marks, words);
  // What is no text has places of its own.
  if (bytes.includes(0)) return bytes.includes(from) || bytes.includes(to) ? undefined : content;
  const text = bytes.toString('latin1');
  const moved = movedState(text, words) ?? words(text);
  return moved === undefined ? undefined : Buffer.from(moved, 'latin1');
}

function speaksOf(text: string, folder: string): boolean {
  return text.includes(folder) && new RegExp(`${literal(folder)}(?![\\w.+@-])`).test(text);
}

/** Whether the build directory is named by the way to it from its neighbours, or from the source tree. */
function speaksAside(text: string, { from, sourceRoot }: Removal): boolean {
  if (waysFromAside(from).test(text)) return true;
  if (!isBelow(from, sourceRoot)) return false;
  const way = wayTo(from, sourceRoot);
  return text.includes(way) && new RegExp(`(?<![\\w.+@/-])${literal(way)}`).test(text);
}

/** The ends of ways to a folder from others than those it lies in: `../build`, `../out/build`, … */
function waysFromAside(folder: string): RegExp {
  const ends = folder
    .split('/')
    .slice(1)
    .map((_, at, parts) => literal(parts.slice(at).join('/')));
  return new RegExp(`\\.\\./(?:${ends.join('|')})(?![\\w.+@-])`);
}

function wayTo(buildRoot: string, sourceRoot: string): string {
  return `${posix.relative(sourceRoot, buildRoot)}/`;
}

function literal(text: string): string {
  return text.replace(/[.+]/g, '\\$&');
}
