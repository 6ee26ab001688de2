import type { Environment } from '../base/environment.ts';
import { parseJson } from '../base/parse-json.ts';
import { sha256Of } from '../base/sha256.ts';
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

/** A world whose processes need not be run for answers that are known. */
export interface RememberingHost extends Host {
  readonly processes: RememberingProcesses;
}

/** What is remembered, by the places where it is kept. */
export interface RememberingProcesses extends Processes {
  /** Where the answer to such a launch is kept, if it is. */
  placeOf(launch: Launch): string | undefined;
  /** What was found or put there before; else what is kept there, as long as what it rests on is the same. */
  answerAt(place: string): Finished | undefined;
}

/** Where answers are kept. */
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

/** Answers expire, so that those of compilers which are gone do not stay for ever. */
const keptForMs = 30 * 24 * 3600 * 1000;

function rememberingProcesses(host: Host, settings: AnswerStore): RememberingProcesses {
  const { processes, clock } = host;
  const kept = new KeptAnswers(host, settings.folder);
  const recalled = new Map<Ticket, Finished>();
  const pending = new Map<Ticket, { readonly launch: Launch; readonly startedMs: number }>();

  function recall(launch: Launch): Finished | undefined {
    const place = settings.forget === true ? undefined : kept.placeOf(launch);
    return place === undefined ? undefined : kept.read(place);
  }

  return {
    spawn: (launch) => processes.spawn(launch),
    commands: (...given) => processes.commands(...given),
    endGroup: (group) => processes.endGroup(group),
    recall,
    keep: (launch, finished, startedMs) => kept.keep(launch, finished, startedMs),
    placeOf: (launch) => kept.placeOf(launch),
    answerAt: (place) => kept.at(place),
    start: (launch) => {
      const known = recall(launch);
      if (known === undefined) {
        const ticket = processes.start(launch);
        if (launch.remember !== undefined)
          pending.set(ticket, { launch, startedMs: clock.nowMs() });
        return ticket;
      }
      // Tickets of processes are never negative.
      const ticket = (-1 - recalled.size) as Ticket;
      recalled.set(ticket, known);
      return ticket;
    },
    wait: (ticket) => {
      const known = recalled.get(ticket);
      if (known !== undefined) return known;
      const finished = processes.wait(ticket);
      const asked = pending.get(ticket);
      pending.delete(ticket);
      if (asked !== undefined) kept.keep(asked.launch, finished, asked.startedMs);
      return finished;
    },
    run: (launch) => {
      const known = recall(launch);
      if (known !== undefined) return known;
      const startedMs = clock.nowMs();
      const finished = processes.run(launch);
      kept.keep(launch, finished, startedMs);
      return finished;
    },
  };
}

/** The folder of answers, and what of it was seen. */
class KeptAnswers {
  readonly #host: Pick<Host, 'files' | 'clock'>;
  readonly #folder: string;
  readonly #signatureOf: (path: string) => Signature;
  /** By place: what was found there, or put there. */
  readonly #answers = new Map<string, Finished>();
  /** A launch is asked about more than once, and names are long. */
  readonly #places = new WeakMap<Remembering, string>();
  /** Many tools are asked in one environment, which is large. */
  readonly #digests = new WeakMap<Environment, string>();

  constructor(host: Pick<Host, 'files' | 'clock'>, folder: string) {
    this.#host = host;
    this.#folder = folder;
    this.#signatureOf = signaturesOf(host);
  }

  placeOf({ remember, environment }: Launch): string | undefined {
    if (remember === undefined) return undefined;
    const known = this.#places.get(remember);
    if (known !== undefined) return known;
    const hash = sha256Of(JSON.stringify([remember.name, this.#digestOf(environment)]));
    const place = `${this.#folder}/${hash.slice(0, 2)}/${hash.slice(2)}.json`;
    this.#places.set(remember, place);
    return place;
  }

  #digestOf(environment: Environment): string {
    const known = this.#digests.get(environment);
    if (known !== undefined) return known;
    const digest = sha256Of(JSON.stringify(telling(environment)));
    this.#digests.set(environment, digest);
    return digest;
  }

  at(place: string): Finished | undefined {
    return this.#answers.get(place) ?? this.read(place);
  }

  /** What is kept there, as long as what it rests on is the same. */
  read(place: string): Finished | undefined {
    const text = this.#host.files.readText(place);
    const kept = text.ok ? readKept(text.value) : undefined;
    if (kept === undefined) return undefined;
    const isSame = kept.witnesses.every(([path, then]) => this.#signatureOf(path).text === then);
    if (!isSame || !this.#isRecent(place)) return undefined;
    this.#answers.set(place, kept.finished);
    return kept.finished;
  }

  #isRecent(place: string): boolean {
    const { files, clock } = this.#host;
    const stat = files.stat(place);
    return stat !== undefined && clock.nowMs() - Number(stat.mtimeNs / 1_000_000n) < keptForMs;
  }

  keep(launch: Launch, finished: Finished, startedMs: number): void {
    const place = this.placeOf(launch);
    if (place === undefined || finished.ended.kind !== 'exited') return;
    const rests = launch.remember?.restsOn(finished);
    if (rests === undefined) return;
    const witnesses: [string, string][] = [];
    for (const path of new Set(rests.files)) {
      const { text, changedMs } = this.#signatureOf(path);
      if (changedMs > startedMs - youngMs) return;
      witnesses.push([path, text]);
    }
    const kept: Kept = { finished: rests.kept, witnesses };
    const { files } = this.#host;
    files.makeDirectory(place.slice(0, place.lastIndexOf('/')));
    // Where it cannot be kept, the tool will be asked again.
    if (files.replace(place, JSON.stringify(kept)).ok) this.#answers.set(place, kept.finished);
  }
}

function readKept(text: string): Kept | undefined {
  return parseJson(text) as Kept | undefined; // `replace` writes all of a file or nothing
}

interface Signature {
  readonly text: string;
  readonly changedMs: number;
}

/** What files look like now. The system's own are looked at once: nobody changes them while kaon configures. */
function signaturesOf({ files }: Pick<Host, 'files'>): (path: string) => Signature {
  const known = new Map<string, Signature>();
  return (path) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const stat = files.stat(path);
    const signature = { text: signatureOf(stat), changedMs: changedMs(stat) };
    if (/^\/(usr|lib\d*|etc)\//.test(path)) known.set(path, signature);
    return signature;
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
