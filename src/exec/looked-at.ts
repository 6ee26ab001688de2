import { NumberRow } from '../base/number-row.ts';
import type { Signature } from '../store/format/file-content.ts';
import { SignatureRows } from '../store/format/signature-rows.ts';
import type { ContentId } from '../store/log/action-record.ts';

/** What was found at a path. */
export interface Look {
  /** Undefined when nothing is there. */
  readonly stat: Signature | undefined;
  readonly content: ContentId;
  /** Nobody looked: someone else saw that it is as it was. */
  readonly assumed?: boolean;
}

/** A look, by number. */
export type LookId = number & { readonly look: unique symbol };

/**
 * Looks by path, the last of each. Of hundreds of thousands it keeps numbers side by side: as objects they
 * would take several times as much.
 */
export class LookedAt {
  readonly #ids = new Map<string, LookId>();
  readonly #stats = new SignatureRows();
  readonly #contents = new NumberRow();
  /** The number of the signature, and 1; 0 where nothing is. */
  readonly #found = new NumberRow();
  /** 1 for what nobody looked at. */
  readonly #assumed = new NumberRow();
  /** The last moment in which it was seen to be so still. */
  readonly #steadyAt = new NumberRow();
  #count = 0;

  id(path: string): LookId | undefined {
    return this.#ids.get(path);
  }

  set(path: string, { stat, content, assumed = false }: Look): LookId {
    const id = this.#count++ as LookId; // here they are made
    this.#ids.set(path, id);
    this.#contents.set(id, content);
    this.#found.set(id, stat === undefined ? 0 : this.#stats.add(stat) + 1);
    if (assumed) this.#assumed.set(id, 1);
    return id;
  }

  delete(path: string): void {
    this.#ids.delete(path);
  }

  content(id: LookId): ContentId {
    return this.#contents.get(id) as ContentId; // as it was set
  }

  isAssumed(id: LookId): boolean {
    return this.#assumed.get(id) === 1;
  }

  isThere(id: LookId): boolean {
    return this.#found.get(id) > 0;
  }

  stat(id: LookId): Signature | undefined {
    return this.isThere(id) ? this.#stats.get(this.#found.get(id) - 1) : undefined;
  }

  /** Whether the system says of a file that is there what it said then. */
  isSame(id: LookId, now: Signature): boolean {
    return this.isThere(id) && this.#stats.isSame(this.#found.get(id) - 1, now);
  }

  steadyAt(id: LookId): number {
    return this.#steadyAt.get(id);
  }

  setSteadyAt(id: LookId, moment: number): void {
    this.#steadyAt.set(id, moment);
  }

  paths(): Iterable<string> {
    return this.#ids.keys();
  }

  entries(): Iterable<readonly [string, LookId]> {
    return this.#ids.entries();
  }
}
