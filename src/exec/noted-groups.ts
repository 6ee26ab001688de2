import type { ActionLog } from '../store/log/action-log.ts';
import type { Performance } from './perform/perform-action.ts';

/** Process groups that run, written down so that a later kaon can end what we leave should we die. */
export class NotedGroups {
  readonly #log: ActionLog;
  /** Those that stay from one action to the next. */
  readonly #staying = new Set<number>();

  constructor(log: ActionLog) {
    this.#log = log;
  }

  /** Answers why it could not be written down. */
  started({ groupId, groupStays }: Performance, startedAtMs: number): string | undefined {
    if (groupId === undefined || this.#staying.has(groupId)) return undefined;
    if (groupStays === true) this.#staying.add(groupId);
    const noted = this.#log.groupStarted({ id: groupId, startedAtMs });
    return noted.ok ? undefined : noted.error.reason;
  }

  ended(groupId: number | undefined): void {
    if (groupId !== undefined && !this.#staying.has(groupId)) this.#log.groupEnded(groupId);
  }

  allEnded(): void {
    for (const id of this.#staying) this.#log.groupEnded(id);
  }
}
