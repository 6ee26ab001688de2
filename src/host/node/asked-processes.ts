import { invariant } from '../../base/assert.ts';
import type { Finished, Launch, Ticket } from '../host.ts';
import { runTogether } from './shell-round.ts';

/**
 * Processes that were asked for and not waited for. They start when the first of them is waited for:
 * a worker thread that starts them at once costs more than a small setup has to gain by it.
 */
export class AskedProcesses {
  readonly #finished: Finished[] = [];
  readonly #run: (launch: Launch) => Finished;
  #asked: { readonly ticket: number; readonly launch: Launch }[] = [];
  #next = 0;

  constructor(run: (launch: Launch) => Finished) {
    this.#run = run;
  }

  start(launch: Launch): Ticket {
    const ticket = this.#next++;
    this.#asked.push({ ticket, launch });
    return ticket as Ticket; // the only place where a ticket of these is made
  }

  wait(ticket: Ticket): Finished {
    if (this.#finished[ticket] === undefined) this.#runAll();
    const finished = this.#finished[ticket];
    invariant(finished !== undefined, 'a ticket that was never given out');
    return finished;
  }

  /** Those that a shell cannot run or tell as they are are run one by one. */
  #runAll(): void {
    const asked = this.#asked;
    this.#asked = [];
    const [alone, ...others] = asked.filter(({ launch }) => launch.timeoutMs === undefined);
    const shared = alone === undefined || others.length === 0 ? [] : [alone, ...others];
    const answers = runTogether(shared.map(({ launch }) => launch));
    for (const [index, { ticket }] of shared.entries()) {
      const answer = answers[index];
      if (answer !== undefined) this.#finished[ticket] = answer;
    }
    for (const { ticket, launch } of asked) this.#finished[ticket] ??= this.#run(launch);
  }
}
