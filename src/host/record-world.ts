import { ok, type Result } from '../base/result.ts';
import type { FileFault, Files, Finished, Host, Launch, Ticket } from './host.ts';
import type { RememberingHost, RememberingProcesses } from './remember-answers.ts';
import { replaceDifferent } from './replace-different.ts';
import {
  answerTo,
  digest,
  finishedAnswer,
  isBelow,
  type OwnPlace,
  type Question,
  type Step,
  storedLaunch,
  type WorldTrace,
} from './world-trace.ts';

/** What of a piece of work is noted, and how. */
export interface RecordSettings extends OwnPlace {
  /** Where things are tried out, each in a folder of its own, which is of no interest once the answer is remembered. */
  readonly scratch: string;
  /** What processes answered to the very same work a moment ago, in order: they need not run again. */
  readonly alreadyRan?: readonly AlreadyRan[];
  /** Files that are read once: what is read of them again is what was read before. */
  readonly readOnce: (path: string) => boolean;
  /** The stamp of a file that was as it is before all this began; nothing of one that may have changed since. */
  readonly stampOf: (path: string) => string | undefined;
}

/** A process and what it answered. */
export interface AlreadyRan {
  readonly launch: Launch;
  readonly finished: Finished;
}

/** A world that takes notes, and the notes. */
export interface RecordedWorld {
  readonly host: Host;
  /** Of files that are read once, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** All that was noted so far. */
  readonly steps: () => readonly Step[];
  /** Undefined where something was done that cannot be told. */
  readonly trace: () => WorldTrace | undefined;
}

/** The same world, where all that is asked and done is noted. */
export function recordWorld(host: RememberingHost, settings: RecordSettings): RecordedWorld {
  const notes = new Notes(settings);
  const texts = new Map<string, string>();
  return {
    texts,
    host: {
      ...host,
      files: recordedFiles(host.files, notes, texts),
      processes: recordedProcesses(host, notes, [...(settings.alreadyRan ?? [])]),
      looksInto: (text) => notes.lookedInto(text),
      network: {
        download: (...given) => {
          notes.spoil();
          return host.network.download(...given);
        },
      },
    },
    steps: () => notes.steps(),
    trace: () => notes.trace(),
  };
}

/** The steps so far. */
class Notes {
  readonly settings: RecordSettings;
  readonly #steps: Step[] = [];
  readonly #contents: Uint8Array[] = [];
  /** Numbers of steps by what they saw; what we do ourselves follows from what was seen before. */
  readonly #seen = new Map<string, number>();
  readonly #ranIn = new Set<string>();
  #isWhole = true;
  #isMovable = true;

  constructor(settings: RecordSettings) {
    this.settings = settings;
  }

  spoil(): void {
    this.#isWhole = false;
  }

  /** How the path of the own folder reads: it, or a part of it, is in a text that something hangs on. */
  lookedInto(text: string): void {
    if (text.includes(this.settings.ownFolder)) this.#isMovable = false;
  }

  /** A file elsewhere that names the own folder would name it still if that had another name. */
  read(path: string, content: string | Uint8Array): void {
    const { ownFolder } = this.settings;
    if (!this.#isMovable || isBelow(path, ownFolder)) return;
    const text = typeof content === 'string' ? content : Buffer.from(content);
    if (text.includes(ownFolder)) this.#isMovable = false;
  }

  saw(what: Question, path: string, answer: () => string): void {
    const { ownFolder, stampOf } = this.settings;
    const key = `${what} ${path}`;
    const before = this.#seen.get(key);
    const step = before === undefined ? undefined : this.#steps[before];
    if (before !== undefined && step?.kind === 'saw') {
      if (what === 'readText' && step.again === undefined)
        this.#steps[before] = { ...step, again: true };
      return;
    }
    this.#seen.set(key, this.#steps.length);
    const isOwn = isBelow(path, ownFolder);
    const stamp = !isOwn && /^read(Text|Bytes)$/.test(what) ? stampOf(path) : undefined;
    this.#steps.push({
      kind: 'saw',
      what,
      path,
      answer: answer(),
      ...(stamp !== undefined && { stamp }),
    });
  }

  did(step: Step, result: Result<unknown, FileFault>): void {
    if (!result.ok) this.spoil();
    this.#steps.push(step);
  }

  wrote(path: string, content: string | Uint8Array, result: Result<unknown, FileFault>): void {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    this.did({ kind: 'wrote', path, content: this.#contents.length }, result);
    this.#contents.push(bytes);
  }

  ran(launch: Launch, finished: Finished, host: Host): void {
    this.#seen.clear();
    this.#ranIn.add(this.#trialFolder(launch.workingDirectory) ?? '');
    const answer = finishedAnswer(finished, this.settings.ownFolder);
    this.#steps.push({
      kind: 'ran',
      launch: storedLaunch(launch, host.system.environment),
      answer,
    });
  }

  /** False where the answer is not remembered. */
  asked({ processes, system }: RememberingHost, launch: Launch): boolean {
    const place = processes.placeOf(launch);
    const kept = place === undefined ? undefined : processes.answerAt(place);
    if (place === undefined || kept === undefined) return false;
    const key = `asked ${place}`;
    if (this.#seen.has(key)) return true;
    this.#seen.set(key, this.#steps.length);
    const { ownFolder } = this.settings;
    const isOfFolder = launch.remember?.name.includes(ownFolder) === true;
    this.#steps.push({
      kind: 'asked',
      place,
      answer: finishedAnswer(kept, ownFolder),
      ...(isOfFolder && { launch: storedLaunch(launch, system.environment) }),
    });
    return true;
  }

  steps(): readonly Step[] {
    return this.#steps;
  }

  trace(): WorldTrace | undefined {
    if (!this.#isWhole) return undefined;
    // A trial whose answer is remembered needs its folder no more.
    const isOfTrial = (path: string): boolean => {
      const folder = this.#trialFolder(path);
      return folder !== undefined && !this.#ranIn.has(folder);
    };
    const steps = this.#steps.filter((step) => !('path' in step) || !isOfTrial(step.path));
    return { steps, contents: this.#contents, isMovable: this.#isMovable };
  }

  #trialFolder(path: string): string | undefined {
    const { scratch } = this.settings;
    if (!path.startsWith(`${scratch}/`)) return undefined;
    const end = path.indexOf('/', scratch.length + 1);
    return end === -1 ? path : path.slice(0, end);
  }
}

function recordedFiles(files: Files, notes: Notes, texts: Map<string, string>): Files {
  return { ...recordedQuestions(files, notes, texts), ...recordedDeeds(files, notes) };
}

type Deed =
  | 'write'
  | 'replace'
  | 'replaceDifferent'
  | 'makeDirectory'
  | 'remove'
  | 'rename'
  | 'copy'
  | 'symlink'
  | 'setMode'
  | 'setTimes'
  | 'copyTime';

/** What may be read: each answer is noted when it is given. */
function recordedQuestions(
  files: Files,
  notes: Notes,
  texts: Map<string, string>,
): Omit<Files, Deed> {
  const look =
    <K extends Question>(what: K) =>
    (path: string): ReturnType<Files[K]> => {
      // Each question takes a path, and its answer is of its own type.
      const found = files[what](path) as ReturnType<Files[K]>;
      notes.saw(what, path, () => answerTo({ what, path }, found, notes.settings));
      return found;
    };
  const lookAtText = look('readText');
  const readText: Files['readText'] = (path) => {
    const known = texts.get(path);
    if (known !== undefined) return ok(known);
    const text = lookAtText(path);
    if (text.ok) notes.read(path, text.value);
    if (text.ok && notes.settings.readOnce(path)) texts.set(path, text.value);
    return text;
  };
  const lookAtBytes = look('readBytes');
  const readBytes: Files['readBytes'] = (path) => {
    const known = texts.get(path);
    if (known !== undefined) return ok(Buffer.from(known));
    const bytes = lookAtBytes(path);
    if (bytes.ok) notes.read(path, bytes.value);
    if (bytes.ok && notes.settings.readOnce(path)) {
      const text = Buffer.from(bytes.value).toString();
      // What is no text reads otherwise, and is read again.
      if (Buffer.from(text).equals(bytes.value)) texts.set(path, text);
    }
    return bytes;
  };
  return {
    readText,
    readBytes,
    stat: look('stat'),
    lstat: look('lstat'),
    exists: look('exists'),
    isFile: look('isFile'),
    isDirectory: look('isDirectory'),
    list: look('list'),
    readLink: look('readLink'),
    realPath: look('realPath'),
    readPart: (path, offset, length) => {
      // Nobody writes to the system's large files without a trace.
      if (/^\/(usr|lib\w*)\//.test(path)) look('stat')(path);
      else seeAll(files, notes, path);
      return files.readPart(path, offset, length);
    },
    readPieces: (path, ...given) => {
      seeAll(files, notes, path);
      return files.readPieces(path, ...given);
    },
  };
}

/** What changes files: noted once it is done. */
function recordedDeeds(files: Files, notes: Notes): Pick<Files, Deed> {
  const done = <T>(result: Result<T, FileFault>, step: Step): Result<T, FileFault> => {
    notes.did(step, result);
    return result;
  };
  const written = <T>(
    [path, content]: readonly [string, string | Uint8Array],
    result: Result<T, FileFault>,
  ): Result<T, FileFault> => {
    notes.wrote(path, content, result);
    return result;
  };
  return {
    write: (...given) => written(given, files.write(...given)),
    replace: (...given) => written(given, files.replace(...given)),
    replaceDifferent: (...given) => written(given, replaceDifferent(files, ...given)),
    makeDirectory: (path) => done(files.makeDirectory(path), { kind: 'made', path }),
    remove: (path) => done(files.remove(path), { kind: 'removed', path }),
    rename: (from, path) => done(files.rename(from, path), { kind: 'renamed', from, path }),
    copy: (from, path) => {
      seeAll(files, notes, from);
      return done(files.copy(from, path), { kind: 'copied', from, path });
    },
    symlink: (from, path) => done(files.symlink(from, path), { kind: 'linked', from, path }),
    setMode: (path, mode) => done(files.setMode(path, mode), { kind: 'mode', path, mode }),
    // When something was done is no part of what was done.
    setTimes: (path, timeMs) => files.setTimes(path, timeMs),
    copyTime: (from, path) => done(files.copyTime(from, path), { kind: 'timed', from, path }),
  };
}

/** Notes that all of a file is looked at, though only some of it is read here. */
function seeAll(files: Files, notes: Notes, path: string): void {
  notes.saw('readBytes', path, () => {
    const bytes = files.readBytes(path);
    if (bytes.ok) notes.read(path, bytes.value);
    return bytes.ok ? digest(bytes.value) : bytes.error.kind;
  });
}

function recordedProcesses(
  host: RememberingHost,
  notes: Notes,
  alreadyRan: AlreadyRan[],
): RememberingProcesses {
  const { processes } = host;
  const launches = new Map<Ticket, Launch>();
  const note = (launch: Launch, finished: Finished): Finished => {
    if (launch.answersOthers !== true && !notes.asked(host, launch))
      notes.ran(launch, finished, host);
    return finished;
  };
  return {
    ...processes,
    recall: (launch) => {
      const finished = processes.recall?.(launch);
      if (finished !== undefined) notes.asked(host, launch);
      return finished;
    },
    keep: (launch, finished, startedMs) => {
      processes.keep?.(launch, finished, startedMs);
      if (!notes.asked(host, launch)) notes.spoil();
    },
    start: (launch) => {
      const ticket = processes.start(launch);
      launches.set(ticket, launch);
      return ticket;
    },
    wait: (ticket) => {
      const finished = processes.wait(ticket);
      const launch = launches.get(ticket);
      launches.delete(ticket);
      return launch === undefined ? finished : note(launch, finished);
    },
    run: (launch) => {
      if (launch.remember === undefined && alreadyRan.length > 0) {
        const at = alreadyRan.findIndex((before) => isSame(before.launch, launch));
        const known = alreadyRan[at];
        // Where none is of this kind, the work went another way.
        alreadyRan.splice(0, at === -1 ? alreadyRan.length : at + 1);
        if (known !== undefined) return note(launch, known.finished);
      }
      return note(launch, processes.run(launch));
    },
    spawn: (launch) => {
      notes.spoil();
      return processes.spawn(launch);
    },
    commands: (...given) => {
      notes.spoil();
      return processes.commands(...given);
    },
  };
}

function isSame(one: Launch, other: Launch): boolean {
  const parts = ({ argv, workingDirectory, environment, input = '' }: Launch) =>
    JSON.stringify([argv, workingDirectory, Object.entries(environment).sort(), input]);
  return parts(one) === parts(other);
}
