import { invariant } from '../../base/assert.ts';
import { NumberRow } from '../../base/number-row.ts';
import type { Content, Hash, Signature } from '../format/file-content.ts';
import { LateMap, LateRows, type RowSource } from '../format/late-rows.ts';
import type { ActionRecord, CommandId, CommandText, ContentId } from './action-record.ts';
import { contentChains, type LogIndex } from './log-index.ts';
import { findString, hashTable, StringNumbers } from './string-numbers.ts';

/** What is known of a path: its signature when its content was last read. */
export interface KnownFile {
  readonly content: ContentId;
  readonly signature: Signature;
  /** Whether the same signature is proof of the same content. */
  readonly trusted: boolean;
}

/** Decodes what stands at a place of the log. */
export interface LogDecoders {
  /** Where that begins which was written since the log was opened. */
  newFrom(): number;
  string(place: number): string;
  content(place: number): Content | undefined;
  command(place: number): CommandText | undefined;
  file(place: number): KnownFile | undefined;
  action(place: number): ActionRecord | undefined;
  /** As `file`, without its signature. */
  proof(place: number): Pick<KnownFile, 'content' | 'trusted'> | undefined;
}

/** A row that was put into a record. */
interface Entry {
  readonly rows: { written(id: number, place: number): void };
  readonly id: number;
  readonly place: number;
}

/**
 * The tables that log records speak of by row number. Rows are added in the order in which records
 * bring them, so numbers are never written. What was read or written is decoded when it is asked for.
 */
export class LogTables {
  readonly #index: LogIndex | undefined;
  readonly #strings: LateRows<string>;
  /** Of those that are not in the index, which come before them; gathered when one is first looked for. */
  #stringNumbers: StringNumbers | undefined;
  readonly #contents: LateRows<Content>;
  /** The string that is the path of each content that is not in the index. */
  readonly #paths: number[] = [];
  /** The last of those contents by that string, and by content the one before: number + 1, 0 for none. */
  readonly #lastContents = new NumberRow();
  readonly #earlierContents = new NumberRow();
  readonly #commands: LateRows<CommandText>;
  readonly #commandIds = new Map<Hash, CommandId>();
  /** By the string that is the path. */
  readonly #files: LateMap<KnownFile>;
  /** By the string that is the key. */
  readonly #actions: LateMap<ActionRecord>;

  readonly #decoders: LogDecoders;
  /** Of a record that does not end yet, by where they stand in it; and of the log, by where they will. */
  #unwritten: Entry[] = [];
  #placed: Entry[] = [];

  constructor(decoders: LogDecoders, index?: LogIndex) {
    this.#index = index;
    this.#decoders = decoders;
    const source = <T>(decode: (place: number) => T | undefined): RowSource<T> => ({
      decode,
      keptBefore: () => decoders.newFrom(),
    });
    // Arguments are those of many commands, and headers are among the inputs of many actions.
    const strings = source((place) => decoders.string(place));
    this.#strings = new LateRows({ ...strings, keptBehind: 4096 }, index?.strings);
    const contents = source((place) => decoders.content(place));
    this.#contents = new LateRows({ ...contents, keptBehind: 4096 }, index?.contents);
    this.#commands = new LateRows(
      source((place) => decoders.command(place)),
      index?.commands,
    );
    const files = index && { places: index.files, count: index.fileCount };
    const actions = index && { places: index.actions, count: index.actionCount };
    this.#files = new LateMap(
      source((place) => decoders.file(place)),
      files,
    );
    this.#actions = new LateMap(
      source((place) => decoders.action(place)),
      actions,
    );
  }

  /** What was added since the last record stands in one whose payload begins at a place of the log. */
  recordAt(start: number): void {
    for (const { rows, id, place } of this.#unwritten)
      this.#placed.push({ rows, id, place: start + place });
    this.#unwritten = [];
  }

  /** The records are written: what stands in them need not be held. */
  written(): void {
    for (const { rows, id, place } of this.#placed) rows.written(id, place);
    this.#placed = [];
  }

  string(id: number): string {
    return this.#strings.get(id) ?? '';
  }

  stringId(text: string): number | undefined {
    const known = this.#index && findString(this.#index, text, (id) => this.string(id));
    if (known !== undefined) return known;
    this.#stringNumbers ??= this.#numbersOfOthers();
    const number = this.#stringNumbers.find(text);
    return number === undefined ? undefined : this.#indexed + number;
  }

  #numbersOfOthers(): StringNumbers {
    const first = this.#indexed;
    const numbers = new StringNumbers((number) => this.string(first + number));
    for (let id = first; id < this.#strings.length; id++) numbers.add(this.string(id));
    return numbers;
  }

  /** How many strings are in the index. */
  get #indexed(): number {
    return this.#index?.strings.length ?? 0;
  }

  addString(text: string, place: number): number {
    const id = this.#strings.push(text);
    this.#stringNumbers?.add(text);
    this.#unwritten.push({ rows: this.#strings, id, place });
    return id;
  }

  hasContent(id: number): boolean {
    return id < this.#contents.length;
  }

  content(id: ContentId): Content {
    const content = this.#contents.get(id);
    invariant(content !== undefined, `no content ${id}`);
    return content;
  }

  /** The row of an equal content: of a path there are few. */
  contentId({ path, hash, executable }: Content): ContentId | undefined {
    const pathId = this.stringId(path);
    if (pathId === undefined) return undefined;
    for (const id of this.#contentsOf(pathId)) {
      const row = this.#contents.get(id);
      if (row?.hash === hash && row.executable === executable) return id as ContentId; // as made below
    }
    return undefined;
  }

  /** What a path is known to have held. */
  *hashesOf(path: string): Iterable<Hash> {
    const pathId = this.stringId(path);
    if (pathId === undefined) return;
    for (const id of this.#contentsOf(pathId)) {
      const content = this.#contents.get(id);
      if (content !== undefined) yield content.hash;
    }
  }

  *#contentsOf(path: number): Iterable<number> {
    const first = this.#index?.contents.length ?? 0;
    const [last, earlier] = [this.#lastContents, this.#earlierContents];
    for (let at = last.get(path); at > 0; at = earlier.get(at - 1)) yield first + at - 1;
    if (this.#index === undefined) return;
    const { lastContents, earlierContents } = this.#index;
    for (let at = lastContents[path] ?? 0; at > 0; at = earlierContents[at - 1] ?? 0) yield at - 1;
  }

  /** The path of a content that comes next. */
  #addPath(path: number): void {
    const at = this.#paths.push(path);
    this.#earlierContents.set(at - 1, this.#lastContents.get(path));
    this.#lastContents.set(path, at);
  }

  #pathOf(content: number): number {
    const indexed = this.#index?.paths;
    return indexed?.[content] ?? this.#paths[content - (indexed?.length ?? 0)] ?? 0;
  }

  /** The place of what is added is, here and below, where its entry stands in the record to be written. */
  addContent(content: Content, path: number, place: number): ContentId {
    this.#addPath(path);
    const id = this.#contents.push(content) as ContentId; // here they are made
    this.#unwritten.push({ rows: this.#contents, id, place });
    return id;
  }

  hasCommand(id: number): boolean {
    return id < this.#commands.length;
  }

  command(id: CommandId): CommandText {
    const command = this.#commands.get(id);
    invariant(command !== undefined, `no command ${id}`);
    return command;
  }

  /** The row of an equal command among those that were added. One that was read may come twice: compacting mends it. */
  commandId(digest: Hash): CommandId | undefined {
    return this.#commandIds.get(digest);
  }

  addCommand(command: CommandText, place: number): CommandId {
    const id = this.#commands.push(command) as CommandId; // here they are made
    this.#commandIds.set(command.digest, id);
    this.#unwritten.push({ rows: this.#commands, id, place });
    return id;
  }

  get fileCount(): number {
    return this.#files.size;
  }

  file(path: string): KnownFile | undefined {
    const id = this.stringId(path);
    return id === undefined ? undefined : this.#files.get(id);
  }

  /** Whether a path is known to hold a content while its signature is the same. */
  isTrusted(path: string, content: ContentId): boolean {
    const id = this.stringId(path);
    if (id === undefined) return false;
    const place = this.#files.place(id);
    const known = place === undefined ? this.#files.get(id) : this.#decoders.proof(place);
    return known?.trusted === true && known.content === content;
  }

  setFile(file: KnownFile, place?: number): void {
    const id = this.#pathOf(file.content);
    this.#files.set(id, file);
    if (place !== undefined) this.#unwritten.push({ rows: this.#files, id, place });
  }

  get actionCount(): number {
    return this.#actions.size;
  }

  action(key: string): ActionRecord | undefined {
    const id = this.stringId(key);
    return id === undefined ? undefined : this.#actions.get(id);
  }

  actions(): Iterable<ActionRecord> {
    return this.#actions.values();
  }

  setAction(key: number, action: ActionRecord, place: number): void {
    this.#actions.set(key, action);
    this.#unwritten.push({ rows: this.#actions, id: key, place });
  }

  deleteAction(key: number): boolean {
    return this.#actions.delete(key);
  }

  /** What reading found, by its place. */
  readonly found = {
    string: (place: number): void => void this.#strings.push(place),
    content: (place: number, path: number): void => {
      this.#addPath(path);
      this.#contents.push(place);
    },
    command: (place: number): void => void this.#commands.push(place),
    /** Answers the string that is the path. */
    file: (place: number, content: number): number => {
      const path = this.#pathOf(content);
      this.#files.set(path, place);
      return path;
    },
    action: (place: number, key: number): void => this.#actions.set(key, place),
  };

  /** An index of all that was read; nothing when something was added since. */
  index(log: Pick<LogIndex, 'logBytes' | 'records' | 'entries'>): LogIndex | undefined {
    const count = this.#strings.length;
    const strings = this.#strings.places();
    const contents = this.#contents.places();
    const commands = this.#commands.places();
    const files = this.#files.places(count);
    const actions = this.#actions.places(count);
    if (!strings || !contents || !commands || !files || !actions) return undefined;
    const paths = new Uint32Array(contents.length);
    paths.set(this.#index?.paths ?? []);
    paths.set(this.#paths, this.#index?.paths.length ?? 0);
    return {
      ...log,
      fileCount: this.fileCount,
      actionCount: this.actionCount,
      strings,
      contents,
      commands,
      files,
      actions,
      paths,
      ...hashTable(count, (id) => this.#strings.peek(id) ?? '', this.#index),
      ...contentChains(paths, count, this.#index),
    };
  }
}
