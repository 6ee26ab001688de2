import type { Event, Listener } from '../events/event.ts';
import type { ActionId } from '../graph/graph.ts';
import { commandLine } from '../graph/shell-line.ts';
import type { BuildContext } from './build-context.ts';
import type { Failed, Succeeded } from './perform/perform-action.ts';

type Told<Kind extends Event['kind']> = Extract<Event, { readonly kind: Kind }>;

/** Told when the process of an action starts. */
export function startedEvent(
  { graph }: Pick<BuildContext, 'graph'>,
  action: ActionId,
  when: Pick<Told<'action-started'>, 'atMs' | 'slot'>,
): Told<'action-started'> {
  const { description, work, pool } = graph.actions.get(action);
  const console = pool !== undefined && graph.pools.get(pool).console;
  return {
    kind: 'action-started',
    ...when,
    action,
    description,
    // Quoted only where someone shows it.
    get commandLine() {
      return commandLine(work);
    },
    console,
  };
}

/** Told when an action succeeded, be it by running or by taking from the cache what it made before. */
export function finishedEvent(
  { graph, host }: Pick<BuildContext, 'graph' | 'host'>,
  action: ActionId,
  how: { readonly durationMs: number; readonly performed: Succeeded; readonly changed: boolean },
): Told<'action-finished'> {
  const { durationMs, performed, changed } = how;
  return {
    kind: 'action-finished',
    atMs: host.clock.nowMs(),
    action,
    description: graph.actions.get(action).description,
    how: performed.restored === true ? 'restored' : 'ran',
    changed,
    durationMs,
    output: performed.output,
    ...(performed.diagnostics ? { diagnostics: performed.diagnostics } : {}),
  };
}

/** Told when an action failed, with all that is needed to say why. */
export function failedEvent(
  { graph, host }: Pick<BuildContext, 'graph' | 'host'>,
  action: ActionId,
  how: { readonly durationMs: number; readonly performed: Failed },
): Told<'action-failed'> {
  const { description, work } = graph.actions.get(action);
  const { durationMs, performed } = how;
  return {
    kind: 'action-failed',
    atMs: host.clock.nowMs(),
    action,
    description,
    commandLine: commandLine(work),
    exit: performed.exit,
    durationMs,
    output: performed.output,
    ...(performed.diagnostics ? { diagnostics: performed.diagnostics } : {}),
  };
}

/** Tells events, at once or only when what they tell is written down. */
export class HeldEvents {
  readonly #listener: Listener;
  #held: Event[] | undefined;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  tell(event: Event): void {
    if (this.#held === undefined) this.#listener(event);
    else this.#held.push(event);
  }

  hold(): void {
    this.#held = [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const event of held) this.#listener(event);
  }
}
