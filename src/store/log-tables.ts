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
  readonly #stringIds = new Map<string, number>();
  readonly contents: Content[] = [];
  readonly #contentIds = new Map<string, ContentId>();
  readonly commands: CommandText[] = [];
  readonly #commandIds = new Map<Hash, CommandId>();
  readonly files = new Map<string, KnownFile>();
  readonly actions = new Map<string, ActionRecord>();

  string(id: number): string {
    return this.strings[id] ?? '';
  }

  stringId(text: string): number | undefined {
    return this.#stringIds.get(text);
  }

  addString(text: string): number {
    const id = this.strings.push(text) - 1;
    this.#stringIds.set(text, id);
    return id;
  }

  content(id: ContentId): Content {
    const content = this.contents[id];
    invariant(content !== undefined, `no content ${id}`);
    return content;
  }

  contentId(content: Content): ContentId | undefined {
    return this.#contentIds.get(contentKey(content));
  }

  addContent(content: Content): ContentId {
    const id = (this.contents.push(content) - 1) as ContentId; // here they are made
    this.#contentIds.set(contentKey(content), id);
    return id;
  }

  command(id: CommandId): CommandText {
    const command = this.commands[id];
    invariant(command !== undefined, `no command ${id}`);
    return command;
  }

  commandId(digest: Hash): CommandId | undefined {
    return this.#commandIds.get(digest);
  }

  addCommand(command: CommandText): CommandId {
    const id = (this.commands.push(command) - 1) as CommandId; // here they are made
    this.#commandIds.set(command.digest, id);
    return id;
  }
}

function contentKey({ path, hash, executable }: Content): string {
  return `${executable ? 'x' : '-'}${hash}${path}`;
}
