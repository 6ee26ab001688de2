import { invariant } from '../base/assert.ts';
import type { ActionRecord, CommandId, CommandText, ContentId } from './action-record.ts';
import type { Content, Hash, Signature } from './file-content.ts';

/** What is known of a path: its signature when its content was last read. */
export interface KnownFile {
  readonly content: ContentId;
  readonly signature: Signature;
  /** Whether the same signature is proof of the same content. */
  readonly trusted: boolean;
}

/**
 * The tables that log records speak of by row number. Rows are added in the order in which records
 * bring them, so numbers are never written.
 */
export class LogTables {
  readonly strings: string[] = [];
  readonly #stringIds = new LateIndex<string>();
  readonly contents: Content[] = [];
  readonly #contentIds = new LateIndex<string>();
  readonly commands: CommandText[] = [];
  readonly #commandIds = new LateIndex<Hash>();
  readonly files = new Map<string, KnownFile>();
  readonly actions = new Map<string, ActionRecord>();

  string(id: number): string {
    return this.strings[id] ?? '';
  }

  stringId(text: string): number | undefined {
    return this.#stringIds.find(text, () => this.strings);
  }

  addString(text: string): number {
    const id = this.strings.push(text) - 1;
    this.#stringIds.add(text, id);
    return id;
  }

  content(id: ContentId): Content {
    const content = this.contents[id];
    invariant(content !== undefined, `no content ${id}`);
    return content;
  }

  contentId(content: Content): ContentId | undefined {
    const found = this.#contentIds.find(contentKey(content), () => this.contents.map(contentKey));
    return found as ContentId | undefined; // the number that addContent made
  }

  addContent(content: Content): ContentId {
    const id = (this.contents.push(content) - 1) as ContentId; // here they are made
    this.#contentIds.add(() => contentKey(content), id);
    return id;
  }

  command(id: CommandId): CommandText {
    const command = this.commands[id];
    invariant(command !== undefined, `no command ${id}`);
    return command;
  }

  commandId(digest: Hash): CommandId | undefined {
    const found = this.#commandIds.find(digest, () => this.commands.map((row) => row.digest));
    return found as CommandId | undefined; // the number that addCommand made
  }

  addCommand(command: CommandText): CommandId {
    const id = (this.commands.push(command) - 1) as CommandId; // here they are made
    this.#commandIds.add(command.digest, id);
    return id;
  }
}

/** Row numbers by key, gathered when one is first looked for: a build that finds nothing to do never looks. */
class LateIndex<Key extends string> {
  #numbers: Map<Key, number> | undefined;

  find(key: Key, allKeys: () => readonly Key[]): number | undefined {
    this.#numbers ??= new Map(allKeys().map((each, number) => [each, number]));
    return this.#numbers.get(key);
  }

  add(key: Key | (() => Key), number: number): void {
    this.#numbers?.set(typeof key === 'function' ? key() : key, number);
  }
}

function contentKey({ path, hash, executable }: Content): string {
  return `${executable ? 'x' : '-'}${hash}${path}`;
}
