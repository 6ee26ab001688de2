import { unreachable } from '../../base/assert.ts';
import type { Child, Ended } from '../../host/host.ts';
import { openBuild } from '../build/open-build.ts';
import { chosenTarget, commandOf } from '../build/runnable.ts';
import type { Session } from '../session.ts';

/** So long it may take to end when it is asked to. */
const graceMs = 2000;

/** A program that runs beside the builds, the newest that could be built. */
export class WatchedProgram {
  readonly #session: Session;
  readonly #what: ProgramToWatch;
  #child: Child | undefined;
  /** Whether it is still the one that was started last. */
  #runs = false;

  constructor(session: Session, what: ProgramToWatch) {
    this.#session = session;
    this.#what = what;
  }

  get runs(): boolean {
    return this.#runs;
  }

  get name(): string {
    return this.#what.name;
  }

  /** Ends the one of before, and starts it again. */
  async restart(): Promise<void> {
    await this.end();
    const { host, terminal } = this.#session;
    const { buildRoot, name, words } = this.#what;
    const opened = await openBuild(this.#session, { directory: buildRoot, asItIs: true });
    if (!opened.ok) return;
    opened.value.release();
    const target = chosenTarget(this.#session, opened.value, name);
    if (!target.ok || target.value.outputs.length === 0) {
      terminal.printError(target.ok ? `${name} is no program` : target.error);
      return;
    }
    const command = commandOf(this.#session, opened.value, { ...target.value, more: words });
    const child = host.processes.spawn({ ...command, shared: true });
    this.#child = child;
    this.#runs = true;
    child.done.then(({ ended }) => this.#hasEnded(child, ended));
  }

  /** Asks it to end, then makes it, and all that it left running in its group. */
  async end(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    const wasRunning = this.#runs;
    this.#child = undefined;
    this.#runs = false;
    child.kill('SIGTERM');
    const { clock, processes } = this.#session.host;
    const late = Symbol('late');
    const how = await Promise.race([child.done, clock.pause(graceMs).then(() => late)]);
    if (how === late && wasRunning) {
      const { name } = this.#what;
      this.#tell(`${name} did not end within ${graceMs / 1000} seconds and is killed.`);
    }
    if (child.groupId !== undefined) processes.endGroup(child.groupId);
    await child.done;
  }

  #hasEnded(child: Child, ended: Ended): void {
    if (this.#child !== child) return;
    this.#runs = false;
    this.#tell(`${this.#what.name} ${howItEnded(ended)}.`);
  }

  #tell(text: string): void {
    const { terminal, json } = this.#session;
    if (!json) terminal.printError(`kaon: ${text}`);
  }
}

export interface ProgramToWatch {
  readonly buildRoot: string;
  /** As people call it. */
  readonly name: string;
  /** Its arguments. */
  readonly words: readonly string[];
}

function howItEnded(ended: Ended): string {
  switch (ended.kind) {
    case 'exited':
      return ended.code === 0 ? 'ended' : `ended with exit code ${ended.code}`;
    case 'killed':
      return `was ended by ${ended.signal}`;
    case 'not-started':
      return `was not started: ${ended.reason}`;
    case 'timed-out':
      return 'ran out of time';
    default:
      return unreachable(ended);
  }
}
