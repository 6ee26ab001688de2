import type { ActionRecord, CommandId, CommandText, ContentId } from './action-record.ts';
import { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { Content, Hash, Signature } from './file-content.ts';
import type { KnownFile, LogTables } from './log-tables.ts';

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

const fileKinds: readonly Signature['kind'][] = ['file', 'directory', 'symlink', 'other'];
const hashBytes = 32;

/** Puts a string in the tables, and in the record when it is new. */
export function writeString(out: ByteWriter, tables: LogTables, text: string): number {
  const known = tables.stringId(text);
  if (known !== undefined) return known;
  out.byte(entryKinds.string);
  out.text(text);
  return tables.addString(text);
}

export function writeContent(out: ByteWriter, tables: LogTables, content: Content): ContentId {
  const known = tables.contentId(content);
  if (known !== undefined) return known;
  const path = writeString(out, tables, content.path);
  out.byte(entryKinds.content);
  out.varint(path * 2 + (content.executable ? 1 : 0));
  out.latin1(content.hash);
  return tables.addContent(content);
}

export function writeCommand(out: ByteWriter, tables: LogTables, command: CommandText): CommandId {
  const known = tables.commandId(command.digest);
  if (known !== undefined) return known;
  const parts = command.parts.map((part) => writeString(out, tables, part));
  out.byte(entryKinds.command);
  out.latin1(command.digest);
  writeList(out, parts);
  return tables.addCommand(command);
}

export function writeFile(out: ByteWriter, tables: LogTables, file: KnownFile): void {
  const { content, signature, trusted } = file;
  out.byte(entryKinds.file);
  out.varint(content);
  out.byte(fileKinds.indexOf(signature.kind) * 2 + (trusted ? 1 : 0));
  out.varint(signature.mode);
  out.varint(signature.size);
  out.u64(signature.mtimeNs);
  out.u64(signature.ctimeNs);
  out.u64(signature.inode);
  tables.files.set(tables.content(content).path, file);
}

export function writeAction(out: ByteWriter, tables: LogTables, action: ActionRecord): void {
  const key = writeString(out, tables, action.key);
  const environment = action.environment.map(({ name, value }) => [
    writeString(out, tables, name),
    value === undefined ? 0 : writeString(out, tables, value) + 1,
  ]);
  out.byte(entryKinds.action);
  out.varint(key);
  out.varint(action.command);
  writeList(out, action.inputs);
  writeList(out, action.discovered);
  writeList(out, action.outputs);
  out.varint(environment.length);
  for (const pair of environment) for (const number of pair) out.varint(number);
  out.varint(Math.max(0, Math.round(action.durationMs)));
  tables.actions.set(action.key, action);
}

export function writeForget(out: ByteWriter, tables: LogTables, key: string): void {
  if (!tables.actions.delete(key)) return;
  const id = writeString(out, tables, key);
  out.byte(entryKinds.forget);
  out.varint(id);
}

export function writeSessionStarted(out: ByteWriter, bootId: string): void {
  out.byte(entryKinds.sessionStarted);
  out.text(bootId);
}

export function writeSessionEnded(out: ByteWriter): void {
  out.byte(entryKinds.sessionEnded);
}

export function writeGroupStarted(out: ByteWriter, group: ProcessGroup): void {
  out.byte(entryKinds.groupStarted);
  out.varint(group.id);
  out.varint(Math.floor(group.startedAtMs));
}

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
  /** Paths whose content became known in it. */
  readonly touched: Set<string>;
  /** Files and actions that were told of, those that later ones overtook included. */
  entries: number;
  /** When each process group was started of which no end is known. */
  readonly groups: Map<number, number>;
}

/** Adds a record's entries to the tables; false when it makes no sense, which a checksum should have told. */
export function readRecord(bytes: Uint8Array, tables: LogTables, session: Session): boolean {
  const reader = new ByteReader(bytes);
  while (!reader.atEnd && !reader.broken) {
    if (!readEntry(reader, tables, session)) return false;
  }
  return !reader.broken;
}

function readEntry(reader: ByteReader, tables: LogTables, session: Session): boolean {
  switch (reader.byte()) {
    case entryKinds.string:
      tables.addString(reader.text());
      return true;
    case entryKinds.content: {
      const number = reader.varint();
      const path = tables.string(Math.floor(number / 2));
      const hash = reader.latin1(hashBytes) as Hash;
      tables.addContent({ path, hash, executable: number % 2 === 1 });
      return true;
    }
    case entryKinds.command: {
      const digest = reader.latin1(hashBytes) as Hash;
      tables.addCommand({ digest, parts: readList(reader).map((id) => tables.string(id)) });
      return true;
    }
    case entryKinds.file:
      return readFile(reader, tables, session);
    case entryKinds.action:
      session.entries++;
      return readAction(reader, tables);
    case entryKinds.forget:
      tables.actions.delete(tables.string(reader.varint()));
      return true;
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

function readFile(reader: ByteReader, tables: LogTables, session: Session): boolean {
  const content = reader.varint() as ContentId;
  const flags = reader.byte();
  const mode = reader.varint();
  const size = reader.varint();
  const mtimeNs = reader.u64();
  const ctimeNs = reader.u64();
  const inode = reader.u64();
  const known = tables.contents[content];
  const kind = fileKinds[flags >> 1];
  if (known === undefined || kind === undefined) return false;
  const signature = { kind, mode, size, mtimeNs, ctimeNs, inode };
  tables.files.set(known.path, { content, signature, trusted: (flags & 1) === 1 });
  session.touched.add(known.path);
  session.entries++;
  return true;
}

function readAction(reader: ByteReader, tables: LogTables): boolean {
  const key = tables.string(reader.varint());
  const command = reader.varint() as CommandId;
  // Row numbers come back as they were written.
  const [inputs, discovered, outputs] = [
    readList(reader) as ContentId[],
    readList(reader) as ContentId[],
    readList(reader) as ContentId[],
  ];
  const environment = Array.from({ length: Math.min(reader.varint(), 10_000) }, () => {
    const name = tables.string(reader.varint());
    const value = reader.varint();
    return value === 0 ? { name } : { name, value: tables.string(value - 1) };
  });
  const durationMs = reader.varint();
  const exists = (id: ContentId): boolean => id < tables.contents.length;
  if (command >= tables.commands.length) return false;
  if (![inputs, discovered, outputs].every((list) => list.every(exists))) return false;
  const record = { key, command, inputs, discovered, outputs, environment, durationMs };
  tables.actions.set(key, record);
  return true;
}

function readList(reader: ByteReader): number[] {
  const count = reader.varint();
  const list: number[] = [];
  for (let at = 0; at < count && !reader.broken; at++) list.push(reader.varint());
  return list;
}
