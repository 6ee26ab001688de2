import { unreachable } from '../base/assert.ts';
import type { Environment } from '../base/environment.ts';
import type { FileFault, Files, Launch } from './host.ts';
import type { AlreadyRan } from './record-world.ts';
import type { RememberingHost } from './remember-answers.ts';
import { replaceDifferent } from './replace-different.ts';
import {
  askAgain,
  finishedAnswer,
  isBelow,
  type OwnPlace,
  type Step,
  type StoredLaunch,
  type WorldTrace,
} from './world-trace.ts';

/** How the world of today is compared with the one that was recorded. */
export interface ReplaySettings extends OwnPlace {
  /** The stamp of a file now, in the form that was recorded. */
  readonly stampOf: (path: string) => string | undefined;
  /** Whether a text that was read once means what it meant, though it is another. */
  readonly meansTheSame: (path: string) => boolean;
}

/** How far a recorded piece of work could be done again. */
export type Replayed =
  /** All is as it was, and what was done is done again. */
  | { readonly kind: 'same' }
  /** `ran` are the processes that ran again before the difference showed. */
  | { readonly kind: 'differs'; readonly ran: readonly AlreadyRan[] };

/**
 * Does again what a piece of work did, as long as the world answers as it did then. Where it does not,
 * the work itself goes the same way up to there.
 */
export function replayWorld(
  host: RememberingHost,
  { steps, contents }: WorldTrace,
  settings: ReplaySettings,
): Replayed {
  const ran: AlreadyRan[] = [];
  const written = new Map<string, Uint8Array | undefined>();
  for (const [number, step] of steps.entries()) {
    if (step.kind === 'wrote') written.set(step.path, contents[step.content]);
    if (step.kind !== 'ran') {
      if (isAsItWas(host, step, { contents, settings })) continue;
    } else {
      const launch = launchOf(step.launch, host.system.environment);
      const finished = host.processes.run(launch);
      ran.push({ launch, finished });
      if (finishedAnswer(finished, settings.ownFolder) === step.answer) continue;
    }
    // The work will write and remove these again: what a process made of them, or there, it has to make again.
    const isUntouched =
      !steps.slice(0, number).some((done) => isRemoval(done, settings.ownFolder)) &&
      [...written].every(([path, content]) => isContent(host.files, path, content));
    return { kind: 'differs', ran: isUntouched ? ran : [] };
  }
  return { kind: 'same' };
}

function isRemoval(step: Step, ownFolder: string): boolean {
  if (step.kind === 'renamed') return isBelow(step.from, ownFolder);
  return step.kind === 'removed' && isBelow(step.path, ownFolder);
}

function isContent(files: Files, path: string, content: Uint8Array | undefined): boolean {
  const bytes = files.readBytes(path);
  return bytes.ok && content !== undefined && Buffer.compare(bytes.value, content) === 0;
}

/** Whether a text is as it was read, or means the same: for a first look, before anything is done. */
export function sawTheSame(
  files: Files,
  step: Extract<Step, { kind: 'saw' }>,
  settings: ReplaySettings,
): boolean {
  const { what, path, answer, stamp, again } = step;
  const { stampOf, meansTheSame } = settings;
  if (stamp !== undefined && stampOf(path) === stamp) return true;
  if (askAgain(files, step, settings) === answer) return true;
  return what === 'readText' && again === undefined && meansTheSame(path);
}

interface Replaying {
  readonly contents: readonly Uint8Array[];
  readonly settings: ReplaySettings;
}

function isAsItWas(
  { files, processes }: RememberingHost,
  step: Exclude<Step, { kind: 'ran' }>,
  { contents, settings }: Replaying,
): boolean {
  switch (step.kind) {
    case 'saw':
      return sawTheSame(files, step, settings);
    case 'asked': {
      const finished = processes.answerAt(step.place);
      return finished !== undefined && finishedAnswer(finished, settings.ownFolder) === step.answer;
    }
    case 'wrote': {
      const content = contents[step.content];
      return content !== undefined && replaceDifferent(files, step.path, content).ok;
    }
    default:
      return doAgain(files, step).ok;
  }
}

type Deed = Exclude<Step, { kind: 'ran' | 'saw' | 'asked' | 'wrote' }>;

function doAgain(files: Files, step: Deed): { ok: true } | { ok: false; error: FileFault } {
  switch (step.kind) {
    case 'made':
      return files.makeDirectory(step.path);
    case 'removed':
      return files.remove(step.path);
    case 'renamed':
      return files.rename(step.from, step.path);
    case 'copied':
      return files.copy(step.from, step.path);
    case 'linked':
      return files.symlink(step.from, step.path);
    case 'timed':
      return files.copyTime(step.from, step.path);
    case 'mode':
      return files.setMode(step.path, step.mode);
    default:
      return unreachable(step);
  }
}

function launchOf(stored: StoredLaunch, base: Environment): Launch {
  const { set, unset, ...launch } = stored;
  const environment: Record<string, string> = { ...base, ...set };
  for (const name of unset) delete environment[name];
  return { ...launch, environment };
}
