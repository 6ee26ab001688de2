import type { Action, ActionId } from '../../graph/graph.ts';
import type { ContentId } from '../../store/log/action-record.ts';
import type { BuildContext } from '../build-context.ts';
import type { ActionStates } from '../order/action-states.ts';
import type { Node } from '../order/select-actions.ts';

/**
 * What running actions said to be ready before their end. What is made from that is remembered by its
 * content, so it stays right whatever becomes of the action; but nothing more starts from it once the
 * action failed, and a file that changes after it was announced is a fault.
 */
export class EarlyOutputs {
  readonly #context: BuildContext;
  readonly #announced = new Map<ActionId, Map<string, ContentId>>();

  constructor(context: BuildContext) {
    this.#context = context;
  }

  /** Takes note of a file that is ready; true when with it all early outputs of the action are. */
  announce(id: ActionId, path: string): boolean {
    const { files, graph } = this.#context;
    const { earlyOutputs } = graph.actions.get(id);
    if (!earlyOutputs.some((output) => graph.files.get(output) === path)) return false;
    files.forget(path);
    const content = files.content(path);
    if (files.isMissing(content)) return false;
    const known = this.#announced.get(id) ?? new Map<string, ContentId>();
    const isNew = !known.has(path);
    this.#announced.set(id, known.set(path, content));
    return isNew && known.size === earlyOutputs.length;
  }

  /** Whether others may have started from outputs of the action. */
  wereUsed(id: ActionId, { earlyOutputs }: Action): boolean {
    return earlyOutputs.length > 0 && this.#announced.get(id)?.size === earlyOutputs.length;
  }

  /** What to say where an output is other than it was when it was announced. */
  changed(id: ActionId): string | undefined {
    const { files } = this.#context;
    for (const [path, content] of this.#announced.get(id) ?? []) {
      if (files.content(path) === content) continue;
      return `the command changed ${path} after it had said that it is ready`;
    }
    return undefined;
  }
}

/** What has not started yet and needs this does not start any more. */
export function giveUp(
  states: ActionStates,
  dependents: ReadonlyMap<Node, readonly Node[]>,
  failed: Node,
): void {
  const seen = new Set([failed]);
  for (const node of seen) {
    for (const dependent of dependents.get(node) ?? []) seen.add(dependent);
    const state = states.get(node)?.kind;
    if (state === 'waiting' || state === 'ready') states.become(node, { kind: 'failed' });
  }
}
