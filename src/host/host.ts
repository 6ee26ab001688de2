import type { Environment } from '../base/environment.ts';
import type { Result } from '../base/result.ts';

/** The world as a parameter. `host/node` is the real one; `test/support/memory-host.ts` the small one. */
export interface Host {
  readonly files: Files;
  readonly storage: Storage;
  readonly processes: Processes;
  readonly network: Network;
  readonly watching: Watching;
  readonly clock: Clock;
  readonly system: System;
  /** Told of texts whose letters decide something: where one names a folder, the same work for another may go another way. */
  readonly looksInto?: (text: string) => void;
  /** Much will be held for long: memory that is of no more use is given back earlier than is fastest. */
  readonly spareMemory?: () => void;
}

/** Facts of this machine and of how kaon was started. */
export interface System {
  readonly environment: Environment;
  /** Absolute directory kaon was started in. */
  readonly workingDirectory: string;
  readonly temporaryDirectory: string;
  readonly homeDirectory: string;
  /** `linux`, `darwin`, …: as Node's `process.platform`. */
  readonly platform: string;
  /** As `uname -m` says: `x86_64`, `aarch64`. */
  readonly machine: string;
  readonly cores: number;
  /** Of this process. */
  readonly processId: number;
}

/** What time it is, and how long things take. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  nowMs(): number;
  /** Milliseconds of a clock that never jumps, for durations. */
  monotonicMs(): number;
  /** Resolves after a while. */
  pause(milliseconds: number): Promise<void>;
}

/** Why a file could not be read or written. `reason` is the system's own text. */
export interface FileFault {
  readonly kind:
    | 'missing'
    | 'denied'
    | 'not-a-directory'
    | 'is-a-directory'
    | 'exists'
    | 'no-space'
    | 'not-text'
    | 'other';
  readonly path: string;
  readonly reason: string;
}

/**
 * What the system tells of a path. Times come from the file system, whose clock may move in coarse
 * ticks.
 */
export interface FileStat {
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  /** A program by its permission bits, but not for who runs kaon. */
  readonly isForOthers?: true;
  /** Nanoseconds since the epoch, exact. */
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  /** When it came to be, where the file system tells. */
  readonly birthNs?: bigint;
  readonly inode: bigint;
}

/** Whether a file had to be written, or said the same already. */
export type Replaced = 'same' | 'written';

/** Files and folders, synchronously. Paths are absolute or relative to the working directory. */
export interface Files {
  /** UTF-8 text; bytes that are not UTF-8 are the fault `not-text`. */
  readText(path: string): Result<string, FileFault>;
  readBytes(path: string): Result<Uint8Array, FileFault>;
  /** At most `length` bytes from `offset` on, fewer at the end: for files too large to hold. */
  readPart(path: string, offset: number, length: number): Result<Uint8Array, FileFault>;
  /** Tells a file's bytes in pieces; a piece is another one after `take`. For files that are large. */
  readPieces(path: string, take: (piece: Uint8Array) => void): Result<void, FileFault>;
  /** Writes a whole file, making no folders. Not atomic: see `replace`. */
  write(path: string, content: string | Uint8Array): Result<void, FileFault>;
  /** Writes beside the file and renames over it: readers see the old or the new, never half. */
  replace(path: string, content: string | Uint8Array): Result<void, FileFault>;
  /** For who notes all that is done to files: see `replaceDifferent`. */
  replaceDifferent?(path: string, content: string | Uint8Array): Result<Replaced, FileFault>;
  /** Follows links; undefined when there is nothing. */
  stat(path: string): FileStat | undefined;
  /** Does not follow a link at the end. */
  lstat(path: string): FileStat | undefined;
  exists(path: string): boolean;
  isFile(path: string): boolean;
  isDirectory(path: string): boolean;
  /** Names in a folder, sorted by code unit. */
  list(path: string): Result<readonly string[], FileFault>;
  /** Makes a folder and those above it. */
  makeDirectory(path: string): Result<void, FileFault>;
  /** Removes a file, a link, or a whole folder; nothing there is no fault. */
  remove(path: string): Result<void, FileFault>;
  rename(from: string, to: string): Result<void, FileFault>;
  /** Copies one file's content and permission bits. */
  copy(from: string, to: string): Result<void, FileFault>;
  /** Gives a file another name; not where the file system knows but one, or none of this is there. */
  link?(from: string, to: string): Result<void, FileFault>;
  symlink(target: string, path: string): Result<void, FileFault>;
  readLink(path: string): Result<string, FileFault>;
  realPath(path: string): Result<string, FileFault>;
  setMode(path: string, mode: number): Result<void, FileFault>;
  setTimes(path: string, timeMs: number): Result<void, FileFault>;
  /** Makes a file as old as another, to the nanosecond where the system can. */
  copyTime(from: string, to: string): Result<void, FileFault>;
}

/** What a state that must outlive a crash needs beyond plain files. */
export interface Storage {
  /** Opens a file to add to, cut to its first `keepBytes` bytes; made when missing. */
  openAppend(path: string, keepBytes: number): Result<AppendFile, FileFault>;
  /**
   * Takes the lock of a folder for this process; the system lets go of it however the process ends.
   * One who wants to wait for its holder calls `released` of the fault and tries again.
   */
  lock(folder: string): Promise<Result<Lock, LockFault>>;
  /**
   * For programs of ours in other languages: a name in Linux's abstract namespace of sockets, whose
   * owner has the lock of a folder, and which device and inode the folder is (`1:2`). Nothing elsewhere.
   */
  lockName?(folder: string): { readonly name: string; readonly place: string } | undefined;
}

/** A file that only grows. Each append is one write. */
export interface AppendFile {
  append(bytes: Uint8Array): Result<void, FileFault>;
  /** Fills bytes with those from a place on, what was appended included. Answers how many there were. */
  read(place: number, bytes: Uint8Array): Result<number, FileFault>;
  /** Returns once what was appended would survive a power cut. */
  sync(): Result<void, FileFault>;
  close(): void;
}

/** A lock that this process holds. The system takes it back when the process dies. */
export interface Lock {
  release(): void;
}

/** Why a lock was not given. */
export type LockFault =
  | {
      readonly kind: 'held';
      /** For the message only; absent when its holder did not say. */
      readonly processId?: number;
      /** Resolves once the holder let go or died. */
      readonly released: Promise<void>;
    }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Notices what others do to files. */
export interface Watching {
  /** Calls `changed` with the absolute path of what changes, appears or goes below a folder, until closed. Resolves once it looks. */
  start(folder: string, request: WatchRequest): Promise<Result<Watcher, FileFault>>;
}

/** What somebody who watches a folder wants to be told. */
export interface WatchRequest {
  /** Whether nobody cares for a path and what lies below it; asked before it is looked at. */
  readonly ignores: (path: string) => boolean;
  readonly changed: (path: string) => void;
  /** Told why not all can be watched, in words for people. */
  readonly failed?: (reason: string) => void;
}

/** A folder that is being watched. Nothing is told any more once `close` has resolved. */
export interface Watcher {
  close(): Promise<void>;
}

/** A process to run. Argument vectors only, never a shell string. */
export interface Launch {
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  /** The whole environment, not a change to it. */
  readonly environment: Environment;
  readonly input?: string;
  /** Ended with its group after this many milliseconds; never when absent. */
  readonly timeoutMs?: number;
  /** For commands that only look at things: their answer may be remembered by later runs of kaon. */
  readonly remember?: Remembering;
  /** It is gone when we are killed, where the system can see to that. For `run`. */
  readonly endsWithUs?: true;
  /** Its answer only serves to `keep` the answers of other launches, which stand for it. */
  readonly answersOthers?: true;
}

/** How an answer is remembered. The environment belongs to its name by itself. */
export interface Remembering {
  /** All else that decides the answer: the tool's identity, its arguments, its input. */
  readonly name: string;
  /** Files that the answer rests on, missing ones too, and what to keep of it; undefined where it is not to be kept. */
  readonly restsOn: (
    finished: Finished,
  ) => { readonly files: readonly string[]; readonly kept: Finished } | undefined;
}

/** How a process ended. */
export type Ended =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'not-started'; readonly reason: string };

/** How a process ended and what it wrote. Bytes that are no UTF-8 are replaced. */
export interface Finished {
  readonly ended: Ended;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output was too long to be held: of it there is only the end. */
  readonly isCut?: true;
  /** How long it ran, where that is known better than by the time between asking and hearing. */
  readonly tookMs?: number;
  /** It never started, as it was taken back. */
  readonly takenBack?: true;
}

declare const ticket: unique symbol;
/** A process that was asked for and not waited for. */
export type Ticket = number & { readonly [ticket]: true };

/**
 * Starts processes. That a program is missing or cannot be run is an answer (`not-started`), never
 * an exception.
 */
export interface Processes {
  /** Asks for a process and returns; for the synchronous evaluator. It starts when one of those asked for is waited for, at the latest. */
  start(launch: Launch): Ticket;
  /** Blocks until that process has ended. May be asked again and answers the same. */
  wait(ticket: Ticket): Finished;
  /** `wait(start(launch))`. */
  run(launch: Launch): Finished;
  /** What an earlier run of kaon remembers of such a command, where answers are remembered. */
  recall?(launch: Launch): Finished | undefined;
  /** Remembers for later runs what is known of such a command without running it. */
  keep?(launch: Launch, finished: Finished, startedMs: number): void;
  /** Starts a process in its own process group, for the scheduler and the test runner. */
  spawn(launch: SpawnLaunch): Child;
  /** For one who starts many, as `spawn` does, and says when it was the last. */
  commands(): Commands;
  /** Kills a process group that an earlier kaon left behind; nothing there is no fault. */
  endGroup(groupId: number): void;
  /** Whether a process started the one that started … us. False where that cannot be told. */
  isAbove?(processId: number): boolean;
  /** Shares how many processes run at once with tools that know GNU make's jobserver, and with the make that called us. */
  shareJobs?(request: { readonly jobs: number }): JobShare;
  /** How many processes wanted to run during the last minute, on average. */
  loadAverage?(): number;
}

/** GNU make's jobserver (its manual, "POSIX Jobserver"): who runs one process more than one holds a token for each. */
export interface JobShare {
  /** How many run at once by the make that shares with us, where it tells. */
  readonly most?: number | undefined;
  /** Takes a token; false when there is none at present. */
  take(): boolean;
  /** Gives back a token that was taken. */
  give(): void;
  /** What a tool that takes tokens must find in its environment. */
  readonly environment: Environment;
  /**
   * The same for tools that must inherit it, as make did before 4.4 and all that hands on to such a make:
   * how a command is started then. Undefined where nothing but `environment` is to be told.
   */
  readonly inherited?: Inherited | undefined;
  /** Gives back all tokens. */
  close(): void;
}

/** How a command is started so that it inherits the files of a jobserver. */
export interface Inherited {
  /** Words before a command. */
  readonly starter: readonly string[];
  readonly environment: Environment;
  /** For build scripts of crates, as Cargo has it: what they run knows of it where they pass it on. */
  readonly forScripts: Environment;
}

/** Starts processes like `Processes.spawn`, but cheaply. */
export interface Commands {
  spawn(launch: SpawnLaunch): Child;
  /**
   * Where commands may be given ahead: it waits in its turn while as many run as the last `limit`
   * said. Nothing where this one needs a process started by ourselves.
   */
  spawnInTurn?(launch: SpawnLaunch, limit: number): Child | undefined;
  /** So many may run in turn at once from now on. */
  allowInTurn?(limit: number): void;
  /** What still waits for its turn never starts. */
  takeBack?(): void;
  /** Ends what was kept for the next; resolves once that is gone. */
  end(): Promise<void>;
}

/** A process that is started for the scheduler or the test runner, which do not wait for it. */
export interface SpawnLaunch extends Omit<Launch, 'input'> {
  /** A file to read standard input from. */
  readonly stdinFile?: string;
  /** A file that standard output is written to. */
  readonly stdoutFile?: string;
  /** The process gets the terminal itself; nothing is captured. */
  readonly terminal?: boolean;
  /** In a group of its own, it reads and writes what we do, and is gone when we are, where the system can see to that; nothing is captured. */
  readonly shared?: boolean;
  /** Standard error joins standard output in the order it was written. */
  readonly mergeOutput?: boolean;
  /** Permissions that files it makes do not get; ours when absent. */
  readonly umask?: number;
  /** Called for each whole line of standard error, where the caller looks at it while it runs. */
  readonly onErrorLine?: (line: string) => void;
  /** Called for each whole line of standard output. */
  readonly onOutputLine?: (line: string) => void;
}

/** A process that was spawned. `done` resolves in any case, however it ended. */
export interface Child {
  readonly done: Promise<Finished>;
  /** The number of its process group; absent when it has none of its own. */
  readonly groupId?: number;
  /** The group outlives the process: the next ones will be in it. */
  readonly groupStays?: boolean;
  /** Sends a signal to the whole process group. */
  kill(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL' | 'SIGHUP'): void;
}

/** Why a download failed. The URL in `reason` has no user names, passwords or queries. */
export interface DownloadFault {
  readonly kind: 'offline' | 'refused' | 'not-found' | 'too-large' | 'insecure' | 'other';
  readonly reason: string;
}

/** The network, as far as kaon uses it. */
export interface Network {
  /** Fetches a URL into a file. `https:` never falls to `http:`; credentials go to their own host only. */
  download(
    url: string,
    path: string,
    limits: { readonly maxBytes: number },
  ): Promise<Result<void, DownloadFault>>;
}
