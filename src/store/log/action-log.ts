import { ok, type Result } from '../../base/result.ts';
import type { AppendFile, FileFault, Host } from '../../host/host.ts';
import { ByteWriter } from '../format/byte-writer.ts';
import type { Content, Hash } from '../format/file-content.ts';
import type { ActionRecord, CommandId, CommandText, ContentId } from './action-record.ts';
import { compact } from './compact-log.ts';
import { frame, frameBytes, logHeader, readFrames } from './log-frames.ts';
import { loadIndex, saveIndex } from './log-index.ts';
import {
  logReader,
  type ProcessGroup,
  type ReadTables,
  type Session,
  writeAction,
  writeCommand,
  writeContent,
  writeFile,
  writeForget,
  writeGroupEnded,
  writeGroupStarted,
  writeSessionEnded,
  writeSessionStarted,
} from './log-records.ts';
import type { KnownFile, LogTables } from './log-tables.ts';

/** A log that can be read and added to. */
export interface OpenedLog {
  readonly log: ActionLog;
  /** A line for people when something had to be set aside. */
  readonly notice?: string;
}

/** How many times more entries than needed a log may hold before it is written anew, once it is not small. */
const slack = 2;
const smallLog = 1000;
/**
 * How much of a log is read from record to record before it is indexed, in bytes: less than it takes to
 * index it now and then, which costs the more the larger it is.
 */
function unindexed(logBytes: number): number {
  return Math.max(1 << 14, 8 * Math.sqrt(logBytes));
}

/** What an action did when it last succeeded, with all that is needed to remember it. */
export interface Success {
  readonly key: string;
  readonly command: CommandText;
  readonly inputs: readonly ContentId[];
  readonly discovered: readonly ContentId[];
  readonly outputs: readonly ContentId[];
  readonly environment: ActionRecord['environment'];
  readonly durationMs: number;
}

/**
 * Opens the log of a build directory, makes it when there is none, keeps the valid beginning of a
 * damaged one and sets the rest aside. One that is borrowed is another's, who writes it: what we add to
 * it is forgotten with us.
 */
export function openActionLog(
  host: Host,
  path: string,
  { borrowed = false }: { readonly borrowed?: boolean } = {},
): Result<OpenedLog, FileFault> {
  const read = host.files.readBytes(path);
  if (!read.ok && read.error.kind !== 'missing') return read;
  const bytes = read.ok ? read.value : new Uint8Array();
  const index = loadIndex(host.files, { path, bytes });
  const session: Session = {
    entries: index?.entries ?? 0,
    unfinishedBootId: undefined,
    touched: new Set(),
    groups: new Map(),
  };
  const { tables, stored, record } = logReader(bytes, session, index);
  const from = index && { bytes: index.logBytes, records: index.records };
  const found =
    bytes.length === 0 ? { validBytes: 0, records: 0 } : readFrames(bytes, record, from);
  const notice =
    found.damage === undefined || borrowed ? undefined : setAside(host, path, { bytes, found });
  const bootId = readBootId(host);
  const lostPower = session.unfinishedBootId !== undefined && session.unfinishedBootId !== bootId;
  if (lostPower) distrust(tables, session.touched);
  // While process groups are left the log is where they are known from.
  const groups = [...session.groups].map(([id, startedAtMs]) => ({ id, startedAtMs }));
  const outgrown = session.entries > slack * (tables.actionCount + tables.fileCount) + smallLog;
  const rewrite = !borrowed && (lostPower || (outgrown && groups.length === 0));
  const whole =
    !borrowed && session.unfinishedBootId === undefined && groups.length === 0 && !rewrite;
  if (whole && found.validBytes - (index?.logBytes ?? 0) > unindexed(found.validBytes)) {
    const { validBytes: logBytes, records } = found;
    const made = tables.index({ logBytes, records, entries: session.entries });
    if (made !== undefined) saveIndex(host.files, { path, bytes }, made);
  }
  const known = { tables, stored, bytes, found };
  const opened = borrowed ? ok(apart(known)) : openForAppending(host, path, { ...known, rewrite });
  if (!opened.ok) return opened;
  const leftGroups = lostPower || borrowed ? [] : groups;
  const log = new ActionLog(opened.value, { bootId, leftGroups });
  return ok(notice === undefined ? { log } : { log, notice });
}

/** After a power cut files may have their names and sizes, but not their content: all of that session is read again. */
function distrust(tables: LogTables, paths: ReadonlySet<number>): void {
  for (const path of paths) {
    const known = tables.file(tables.string(path));
    if (known !== undefined) tables.setFile({ ...known, trusted: false });
  }
}

interface FoundLog {
  readonly bytes: Uint8Array;
  readonly found: {
    readonly validBytes: number;
    readonly records: number;
    readonly damage?: string;
  };
}

function setAside(host: Host, path: string, { bytes, found }: FoundLog): string {
  const aside = `${path}.damaged`;
  const kept = host.files.write(aside, bytes.subarray(found.validBytes));
  const where = kept.ok ? `; the rest was moved to ${aside}` : '';
  return `${path} is damaged (${found.damage}): ${found.records} records are used${where}. What is not known any more is built again.`;
}

/** Ready for new records: as it is, cut to its valid beginning, or written anew when mostly outdated. */
function openForAppending(
  host: Host,
  path: string,
  { tables, stored, found, rewrite }: FoundLog & ReadTables & { readonly rewrite: boolean },
): Result<Appendable, FileFault> {
  let ready = { tables, stored, records: found.records, bytes: found.validBytes };
  if (found.validBytes === 0 || rewrite) {
    const compacted = compact(tables);
    const frames = compacted.payloads.map((payload, sequence) => frame(payload, sequence));
    const whole = Buffer.concat([logHeader(), ...frames]);
    const written = host.files.replace(path, whole);
    if (!written.ok) return written;
    const { tables: fewer, stored: asWritten } = compacted;
    ready = { tables: fewer, stored: asWritten, records: frames.length, bytes: whole.length };
  }
  const file = host.storage.openAppend(path, ready.bytes);
  if (!file.ok) return file;
  ready.stored.follow(file.value, ready.bytes);
  ready.tables.written();
  return ok({ ...ready, file: file.value });
}

/** As it was read, with a file for what comes that nobody else sees. */
function apart({ tables, stored, bytes, found }: FoundLog & ReadTables): Appendable {
  const begun = found.validBytes === 0 ? logHeader() : bytes.subarray(0, found.validBytes);
  const file = scratchFile(begun);
  stored.follow(file, begun.length);
  tables.written();
  return { tables, records: found.records, bytes: begun.length, file };
}

/** A file that lives as long as we do. */
function scratchFile(begun: Uint8Array): AppendFile {
  let parts = [begun];
  return {
    append: (bytes) => {
      parts.push(bytes.slice());
      return ok(undefined);
    },
    read: (place, bytes) => {
      const whole = Buffer.concat(parts);
      parts = [whole];
      return ok(whole.copy(bytes, 0, place));
    },
    sync: () => ok(undefined),
    close: () => undefined,
  };
}

interface Appendable {
  readonly file: AppendFile;
  readonly records: number;
  /** How long the file is. */
  readonly bytes: number;
  readonly tables: LogTables;
}

function readBootId(host: Host): string {
  const text = host.files.readText('/proc/sys/kernel/random/boot_id');
  return text.ok ? text.value.trim() : '';
}

/**
 * What earlier builds did. Changes are gathered and written as one record by `flush`: an action
 * counts as done once its record is written.
 */
export class ActionLog {
  readonly #tables: LogTables;
  readonly #file: AppendFile;
  readonly #pending = new ByteWriter();
  readonly #bootId: string;
  #sequence: number;
  #bytes: number;
  #sessionOpen = false;

  /** Process groups that a kaon which died may have left behind. */
  readonly leftGroups: readonly ProcessGroup[];

  constructor(
    { tables, file, records, bytes }: Appendable,
    { bootId, leftGroups }: { bootId: string; leftGroups: readonly ProcessGroup[] },
  ) {
    this.leftGroups = leftGroups;
    this.#tables = tables;
    this.#file = file;
    this.#sequence = records;
    this.#bytes = bytes;
    this.#bootId = bootId;
  }

  action(key: string): ActionRecord | undefined {
    return this.#tables.action(key);
  }

  /** Whether nothing is known of any action. */
  get isEmpty(): boolean {
    return this.#tables.actionCount === 0;
  }

  actions(): Iterable<ActionRecord> {
    return this.#tables.actions();
  }

  file(path: string): KnownFile | undefined {
    return this.#tables.file(path);
  }

  /** Whether a path is known to hold a content while its signature is the same. */
  isTrusted(path: string, content: ContentId): boolean {
    return this.#tables.isTrusted(path, content);
  }

  content(id: ContentId): Content {
    return this.#tables.content(id);
  }

  /** What a path is known to have held. */
  hashesOf(path: string): Iterable<Hash> {
    return this.#tables.hashesOf(path);
  }

  command(id: CommandId): CommandText {
    return this.#tables.command(id);
  }

  /** The number of a content, whether or not it is what a path holds now. */
  intern(content: Content): ContentId {
    return writeContent(this.#pending, this.#tables, content);
  }

  /** Remembers what was read of a file. Written with the next record. */
  learn(content: Content, known: Omit<KnownFile, 'content'>): ContentId {
    const id = writeContent(this.#pending, this.#tables, content);
    const { signature, trusted } = known;
    writeFile(this.#pending, this.#tables, { content: id, signature, trusted });
    return id;
  }

  /** Remembers a success: durably against the end of this process once it is flushed. */
  succeed(success: Success): void {
    const { key, inputs, discovered, outputs, environment, durationMs } = success;
    const before = this.#tables.action(key)?.command;
    const { digest } = success.command;
    const same = before !== undefined && this.#tables.command(before).digest === digest;
    const command = same ? before : writeCommand(this.#pending, this.#tables, success.command);
    // Named one by one: V8 gives each copy of what a variable holds a shape of its own.
    const record = { key, command, inputs, discovered, outputs, environment, durationMs };
    writeAction(this.#pending, this.#tables, record);
  }

  /** Remembers a success of a command that is as it was. */
  renew(record: ActionRecord): void {
    writeAction(this.#pending, this.#tables, record);
  }

  /** Remembers that processes run, so that a later kaon can end them should this one die. */
  groupStarted(group: ProcessGroup): Result<void, FileFault> {
    writeGroupStarted(this.#pending, group);
    return this.flush();
  }

  groupEnded(id: number): void {
    writeGroupEnded(this.#pending, id);
  }

  /** Takes back what is known of an action. */
  forget(key: string): void {
    writeForget(this.#pending, this.#tables, key);
  }

  /** Writes what was gathered as one record. */
  flush(): Result<void, FileFault> {
    if (this.#pending.length === 0) return ok(undefined);
    if (!this.#sessionOpen) {
      const started = new ByteWriter();
      writeSessionStarted(started, this.#bootId);
      const appended = this.#append(started.written());
      if (!appended.ok) return appended;
      this.#sessionOpen = true;
    }
    const appended = this.#append(this.#pending.written());
    if (appended.ok) {
      this.#tables.recordAt(this.#bytes - this.#pending.length);
      this.#tables.written();
      this.#pending.clear();
    }
    return appended;
  }

  /** Ends the session, and lets go of the file: what was written in it can be asked for no more. */
  close(): Result<void, FileFault> {
    const ended = this.end();
    this.#file.close();
    return ended;
  }

  /** Ends the session: all is on the disk afterwards. A session that wrote nothing costs nothing. */
  end(): Result<void, FileFault> {
    let result = this.flush();
    if (result.ok && this.#sessionOpen) {
      const ended = new ByteWriter();
      writeSessionEnded(ended);
      result = this.#file.sync();
      if (result.ok) result = this.#append(ended.written());
      this.#sessionOpen = false;
    }
    return result;
  }

  #append(payload: Uint8Array): Result<void, FileFault> {
    const appended = this.#file.append(frame(payload, this.#sequence));
    if (appended.ok) {
      this.#sequence++;
      this.#bytes += frameBytes + payload.length;
    }
    return appended;
  }
}
