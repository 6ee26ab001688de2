import { ByteReader } from '../format/byte-reader.ts';
import type { ByteWriter } from '../format/byte-writer.ts';
import type { Content, Hash } from '../format/file-content.ts';
import { fileKinds } from '../format/signature-rows.ts';
import type { ActionRecord, CommandId, CommandText, ContentId } from './action-record.ts';
import { LogBytes } from './log-bytes.ts';
import type { LogIndex } from './log-index.ts';
import { type KnownFile, type LogDecoders, LogTables } from './log-tables.ts';

/**
 * What a record holds: entries of these kinds, one after the other. Row numbers are those of
 * LogTables. A record is taken whole or not at all, so its entries may build on one another.
 */
const entryKinds = {
  string: 1,
  content: 2,
  command: 3,
  file: 4,
  action: 5,
  forget: 6,
  sessionStarted: 7,
  sessionEnded: 8,
  groupStarted: 9,
  groupEnded: 10,
} as const;

const hashBytes = 32;

/** Puts a string in the tables, and in the record when it is new. */
function writeString(out: ByteWriter, tables: LogTables, text: string): number {
  const known = tables.stringId(text);
  if (known !== undefined) return known;
  out.byte(entryKinds.string);
  const place = out.length;
  out.text(text);
  return tables.addString(text, place);
}

/** Puts a content in the tables, and in the record when it is new. */
export function writeContent(out: ByteWriter, tables: LogTables, content: Content): ContentId {
  const known = tables.contentId(content);
  if (known !== undefined) return known;
  const path = writeString(out, tables, content.path);
  out.byte(entryKinds.content);
  const place = out.length;
  out.varint(path * 2 + (content.executable ? 1 : 0));
  out.latin1(content.hash);
  return tables.addContent(content, path, place);
}

/** Puts a command in the tables, and in the record when it is new. */
export function writeCommand(out: ByteWriter, tables: LogTables, command: CommandText): CommandId {
  const known = tables.commandId(command.digest);
  if (known !== undefined) return known;
  const parts = command.parts.map((part) => writeString(out, tables, part));
  out.byte(entryKinds.command);
  const place = out.length;
  out.latin1(command.digest);
  writeList(out, parts);
  return tables.addCommand(command, place);
}

/** Puts what a path is known to hold in the record, with the signature that proves it. */
export function writeFile(out: ByteWriter, tables: LogTables, file: KnownFile): void {
  const { content, signature, trusted } = file;
  out.byte(entryKinds.file);
  const place = out.length;
  out.varint(content);
  out.byte(fileKinds.indexOf(signature.kind) * 2 + (trusted ? 1 : 0));
  out.varint(signature.mode);
  out.varint(signature.size);
  out.u64(signature.mtimeNs);
  out.u64(signature.ctimeNs);
  out.u64(signature.inode);
  tables.setFile(file, place);
}

/** Puts the last success of an action in the record. */
export function writeAction(out: ByteWriter, tables: LogTables, action: ActionRecord): void {
  const key = writeString(out, tables, action.key);
  const environment = action.environment.map(({ name, value }) => [
    writeString(out, tables, name),
    value === undefined ? 0 : writeString(out, tables, value) + 1,
  ]);
  out.byte(entryKinds.action);
  const place = out.length;
  out.varint(key);
  out.varint(action.command);
  writeList(out, action.inputs);
  writeList(out, action.discovered);
  writeList(out, action.outputs);
  out.varint(environment.length);
  for (const pair of environment) for (const number of pair) out.varint(number);
  out.varint(Math.max(0, Math.round(action.durationMs)));
  tables.setAction(key, action, place);
}

/** Writes that an action's last success counts no more; nothing where none is known. */
export function writeForget(out: ByteWriter, tables: LogTables, key: string): void {
  const id = tables.stringId(key);
  if (id === undefined || !tables.deleteAction(id)) return;
  out.byte(entryKinds.forget);
  out.varint(id);
}

/** Writes that a build began on a machine that was started as `bootId` says. */
export function writeSessionStarted(out: ByteWriter, bootId: string): void {
  out.byte(entryKinds.sessionStarted);
  out.text(bootId);
}

/** Writes that a build ended, so that no process of it is left. */
export function writeSessionEnded(out: ByteWriter): void {
  out.byte(entryKinds.sessionEnded);
}

/** Writes that a process group was started: it is ended by a later build, should this one die. */
export function writeGroupStarted(out: ByteWriter, group: ProcessGroup): void {
  out.byte(entryKinds.groupStarted);
  out.varint(group.id);
  out.varint(Math.floor(group.startedAtMs));
}

/** Writes that a process group is gone. */
export function writeGroupEnded(out: ByteWriter, id: number): void {
  out.byte(entryKinds.groupEnded);
  out.varint(id);
}

function writeList(out: ByteWriter, list: readonly number[]): void {
  out.varint(list.length);
  for (const number of list) out.varint(number);
}

/** Processes of an action that runs. Should kaon die, the next one finds them. */
export interface ProcessGroup {
  readonly id: number;
  readonly startedAtMs: number;
}

/** What reading the log tells beside the tables. */
export interface Session {
  /** The boot in which the last session started; nothing once it ended well. */
  unfinishedBootId: string | undefined;
  /** Files whose content became known in it, by the strings of their paths. */
  readonly touched: Set<number>;
  /** Files and actions that were told of, those that later ones overtook included. */
  entries: number;
  /** When each process group was started of which no end is known. */
  readonly groups: Map<number, number>;
}

/** Reads a log: `record` takes one record into the tables, and answers false when it makes no sense, which a checksum should have told. */
export function logReader(
  bytes: Uint8Array,
  session: Session,
  index?: LogIndex,
): ReadTables & { readonly record: (start: number, end: number) => boolean } {
  const reader = new ByteReader(bytes);
  const { tables, stored } = readTables(bytes, index);
  const record = (start: number, end: number): boolean => {
    reader.seek(start, end);
    while (!reader.atEnd && !reader.broken) {
      if (!readEntry(reader, tables, session)) return false;
    }
    return !reader.broken;
  };
  return { tables, stored, record };
}

/** Tables, and the bytes of the log that they are decoded from. */
export interface ReadTables {
  readonly tables: LogTables;
  readonly stored: LogBytes;
}

/** Tables of a log that begins with some bytes, of which an index tells, if any. */
export function readTables(bytes: Uint8Array, index?: LogIndex): ReadTables {
  const stored = new LogBytes(bytes);
  const tables: LogTables = new LogTables(
    decoders(stored, () => tables),
    index,
  );
  return { tables, stored };
}

/** Finds the end of an entry and notes where it stands; only what later entries need is decoded. */
function readEntry(reader: ByteReader, tables: LogTables, session: Session): boolean {
  const { found } = tables;
  const kind = reader.byte();
  const place = reader.at;
  switch (kind) {
    case entryKinds.string:
      reader.skip(reader.varint());
      found.string(place);
      return true;
    case entryKinds.content:
      found.content(place, Math.floor(reader.varint() / 2));
      reader.skip(hashBytes);
      return true;
    case entryKinds.command:
      reader.skip(hashBytes);
      reader.skipVarints(reader.varint());
      found.command(place);
      return true;
    case entryKinds.file: {
      const content = reader.varint();
      const known = fileKinds[reader.byte() >> 1] !== undefined && tables.hasContent(content);
      reader.skipVarints(2);
      reader.skip(24);
      session.touched.add(found.file(place, content));
      session.entries++;
      return known;
    }
    case entryKinds.action: {
      found.action(place, reader.varint());
      session.entries++;
      const known = tables.hasCommand(reader.varint());
      for (let list = 0; list < 3; list++) reader.skipVarints(reader.varint());
      reader.skipVarints(reader.varint() * 2 + 1);
      return known;
    }
    case entryKinds.forget:
      tables.deleteAction(reader.varint());
      return true;
    default:
      return readSessionEntry(kind, reader, session);
  }
}

function readSessionEntry(kind: number, reader: ByteReader, session: Session): boolean {
  switch (kind) {
    case entryKinds.sessionStarted:
      session.unfinishedBootId = reader.text();
      session.touched.clear();
      return true;
    case entryKinds.sessionEnded:
      session.unfinishedBootId = undefined;
      session.touched.clear();
      return true;
    case entryKinds.groupStarted:
      session.groups.set(reader.varint(), reader.varint());
      return true;
    case entryKinds.groupEnded:
      session.groups.delete(reader.varint());
      return true;
    default:
      return false;
  }
}

function decoders(stored: LogBytes, tables: () => LogTables): LogDecoders {
  return {
    newFrom: () => stored.known,
    string: (place) => stored.decode(place, (reader) => reader.text()) ?? '',
    content: (place) =>
      stored.decode(place, (reader) => {
        const number = reader.varint();
        const hash = reader.latin1(hashBytes) as Hash; // as it was written
        return {
          path: tables().string(Math.floor(number / 2)),
          hash,
          executable: number % 2 === 1,
        };
      }),
    command: (place) =>
      stored.decode(place, (reader) => {
        const digest = reader.latin1(hashBytes) as Hash; // as it was written
        return { digest, parts: readList(reader).map((id) => tables().string(id)) };
      }),
    file: (place) => stored.decode(place, readFile),
    proof: (place) =>
      stored.decode(place, (reader) => {
        const content = reader.varint() as ContentId; // as it was written
        return { content, trusted: (reader.byte() & 1) === 1 };
      }),
    action: (place) => stored.decode(place, (reader) => readAction(reader, tables())),
  };
}

function readFile(reader: ByteReader): KnownFile {
  const content = reader.varint() as ContentId;
  const flags = reader.byte();
  const [mode, size] = [reader.varint(), reader.varint()];
  const [mtimeNs, ctimeNs, inode] = [reader.u64(), reader.u64(), reader.u64()];
  const kind = fileKinds[flags >> 1] ?? 'other';
  const signature = { kind, mode, size, mtimeNs, ctimeNs, inode };
  return { content, signature, trusted: (flags & 1) === 1 };
}

function readAction(reader: ByteReader, tables: LogTables): ActionRecord | undefined {
  const keyId = reader.varint();
  const command = reader.varint() as CommandId;
  // Row numbers come back as they were written.
  const [inputs, discovered, outputs] = [
    readList(reader) as ContentId[],
    readList(reader) as ContentId[],
    readList(reader) as ContentId[],
  ];
  const pairs = Array.from({ length: Math.min(reader.varint(), 10_000) }, () => [
    reader.varint(),
    reader.varint(),
  ]);
  const durationMs = reader.varint();
  const exists = (id: ContentId): boolean => tables.hasContent(id);
  if (![inputs, discovered, outputs].every((list) => list.every(exists))) return undefined;
  const environment = pairs.map(([name = 0, value = 0]) =>
    value === 0
      ? { name: tables.string(name) }
      : { name: tables.string(name), value: tables.string(value - 1) },
  );
  const key = tables.string(keyId);
  return { key, command, inputs, discovered, outputs, environment, durationMs };
}

function readList(reader: ByteReader): number[] {
  const count = reader.varint();
  const list: number[] = [];
  for (let at = 0; at < count && !reader.broken; at++) list.push(reader.varint());
  return list;
}
