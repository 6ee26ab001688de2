import { createHash } from 'node:crypto';
import type { Environment } from '../base/environment.ts';
import type { FileStat, Finished, Host, Launch, Processes, Remembering, Ticket } from './host.ts';
import { isOfTheSession } from './session-variables.ts';

/**
 * A host whose processes remember what tools answered in earlier runs of kaon (see `Remembering`).
 *
 * An answer is kept in a file of its own, named by a hash of its name and of the environment, so that
 * nothing secret is written. It stands with the signatures of the files it rests on, and counts only
 * as long as all of them are the same; so does a file that was missing.
 */
export function rememberAnswers(host: Host, settings: AnswerStore): RememberingHost {
  return { ...host, processes: rememberingProcesses(host, settings) };
}

export interface RememberingHost extends Host {
  readonly processes: RememberingProcesses;
}

/** What is remembered, by the places where it is kept. */
export interface RememberingProcesses extends Processes {
  /** Where the answer to such a launch is kept, if it is. */
  placeOf(launch: Launch): string | undefined;
  /** What was found or put there before, else what is kept there as long as what it rests on is the same. */
  answerAt(place: string): Finished | undefined;
}

export interface AnswerStore {
  /** Absolute. Made when something is to be kept. */
  readonly folder: string;
  /** What earlier runs learnt does not count. */
  readonly forget?: boolean;
}

/** One kept answer, as its file has it. */
interface Kept {
  readonly finished: Finished;
  readonly witnesses: readonly (readonly [path: string, signature: string])[];
}

/** A file that changed so shortly before a tool read it may change again unseen. */
const youngMs = 2000;

/** Answers are asked for anew after a while: nobody would miss them who moved on to another compiler. */
const keptForMs = 30 * 24 * 3600 * 1000;

function rememberingProcesses(
  host: Host,
  { folder, forget = false }: AnswerStore,
): RememberingProcesses {
  const { processes, files, clock } = host;
  const signatures = signaturesOf(host);
  const recalled = new Map<Ticket, Finished>();
  /** By place: what was found there, or put there. */
  const answers = new Map<string, Finished>();
  const pending = new Map<Ticket, { readonly launch: Launch; readonly startedMs: number }>();

  const places = new WeakMap<Remembering, string>();
  /** A launch is asked about more than once, and names are long. */
  function placeOf(remember: Remembering, environment: Environment): string {
    const known = places.get(remember);
    if (known !== undefined) return known;
    const place = pathOf(remember.name, environment);
    places.set(remember, place);
    return place;
  }

  function pathOf(name: string, environment: Environment): string {
    const key = JSON.stringify([name, tellingDigest(environment)]);
    const hash = createHash('sha256').update(key).digest('hex');
    return `${folder}/${hash.slice(0, 2)}/${hash.slice(2)}.json`;
  }

  const digests = new WeakMap<Environment, string>();
  /** Many tools are asked in one environment, which is large. */
  function tellingDigest(environment: Environment): string {
    const known = digests.get(environment);
    if (known !== undefined) return known;
    const text = JSON.stringify(telling(environment));
    const digest = createHash('sha256').update(text).digest('hex');
    digests.set(environment, digest);
    return digest;
  }

  function recall(launch: Launch): Finished | undefined {
    if (launch.remember === undefined || forget) return undefined;
    return lookAt(placeOf(launch.remember, launch.environment));
  }

  function lookAt(path: string): Finished | undefined {
    const text = files.readText(path);
    const kept = text.ok ? readKept(text.value) : undefined;
    if (kept === undefined) return undefined;
    const same = kept.witnesses.every(([file, then]) => signatures.now(file).text === then);
    if (!same || !isRecent(path)) return undefined;
    answers.set(path, kept.finished);
    return kept.finished;
  }

  function isRecent(path: string): boolean {
    const stat = files.stat(path);
    return stat !== undefined && clock.nowMs() - Number(stat.mtimeNs / 1_000_000n) < keptForMs;
  }

  function keep(launch: Launch, finished: Finished, startedMs: number): void {
    const { remember } = launch;
    if (remember === undefined || finished.ended.kind !== 'exited') return;
    const rests = remember.restsOn(finished);
    if (rests === undefined) return;
    const witnesses: [string, string][] = [];
    for (const file of new Set(rests.files)) {
      const { text, changedMs } = signatures.now(file);
      if (changedMs > startedMs - youngMs) return;
      witnesses.push([file, text]);
    }
    const kept: Kept = { finished: rests.kept, witnesses };
    const path = placeOf(remember, launch.environment);
    files.makeDirectory(path.slice(0, path.lastIndexOf('/')));
    // Where it cannot be kept, the tool will be asked again.
    if (files.replace(path, JSON.stringify(kept)).ok) answers.set(path, kept.finished);
  }

  return {
    spawn: (launch) => processes.spawn(launch),
    commands: (...given) => processes.commands(...given),
    endGroup: (group) => processes.endGroup(group),
    recall,
    keep,
    placeOf: ({ remember, environment }) => remember && placeOf(remember, environment),
    answerAt: (path) => answers.get(path) ?? lookAt(path),
    start: (launch) => {
      const known = recall(launch);
      if (known === undefined) {
        const ticket = processes.start(launch);
        if (launch.remember !== undefined)
          pending.set(ticket, { launch, startedMs: clock.nowMs() });
        return ticket;
      }
      const ticket = -1 - recalled.size;
      // Tickets of processes are never negative.
      recalled.set(ticket as Ticket, known);
      return ticket as Ticket;
    },
    wait: (ticket) => {
      const known = recalled.get(ticket);
      if (known !== undefined) return known;
      const finished = processes.wait(ticket);
      const asked = pending.get(ticket);
      pending.delete(ticket);
      if (asked !== undefined) keep(asked.launch, finished, asked.startedMs);
      return finished;
    },
    run: (launch) => {
      const known = recall(launch);
      if (known !== undefined) return known;
      const startedMs = clock.nowMs();
      const finished = processes.run(launch);
      keep(launch, finished, startedMs);
      return finished;
    },
  };
}

function readKept(text: string): Kept | undefined {
  try {
    return JSON.parse(text) as Kept; // `replace` writes all of a file or nothing
  } catch {
    return undefined;
  }
}

interface Signature {
  readonly text: string;
  readonly changedMs: number;
}

/** What files look like now. The system's own are looked at once: nobody changes them while kaon configures. */
function signaturesOf({ files }: Host): { readonly now: (path: string) => Signature } {
  const known = new Map<string, Signature>();
  return {
    now: (path) => {
      const before = known.get(path);
      if (before !== undefined) return before;
      const signature = {
        text: signatureOf(files.stat(path)),
        changedMs: changedMs(files.stat(path)),
      };
      if (/^\/(usr|lib\d*|etc)\//.test(path)) known.set(path, signature);
      return signature;
    },
  };
}

/** Of a folder only what names it has counts. */
export function signatureOf(stat: FileStat | undefined): string {
  if (stat === undefined) return 'missing';
  const { kind, size, mtimeNs, ctimeNs, inode } = stat;
  return kind === 'directory' ? `${mtimeNs}/${inode}` : `${size}/${mtimeNs}/${ctimeNs}/${inode}`;
}

function changedMs(stat: FileStat | undefined): number {
  if (stat === undefined) return 0;
  return Number((stat.kind === 'directory' ? stat.mtimeNs : stat.ctimeNs) / 1_000_000n);
}

/** The variables that a tool may heed: all but those of which terminal, session and shell it is. */
function telling(environment: Environment): readonly (readonly [string, string])[] {
  return Object.entries(environment)
    .filter(([name]) => !isOfTheSession(name) && !ofNoTool.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What kaon, node and npm heed, and places for what is made on the way. */
const ofNoTool = /^(XDG_.*|TMPDIR|DESTDIR|KAON_.*|NODE_.*|npm_.*)$/;
