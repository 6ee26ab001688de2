import { signalNumber } from '../../base/signals.ts';
import type { Event, Exit, Listener } from '../../events/event.ts';
import { unknownPlaceholder } from '../../events/progress.ts';
import type { BuildInput } from '../../exec/build-context.ts';
import { actionKey } from '../../exec/command-text.ts';
import { type BuildOptions, type BuildOutcome, runBuild } from '../../exec/run-build.ts';
import type { ActionId, Graph, Work } from '../../graph/graph.ts';
import { howItEnded } from '../build/build-graph.ts';
import { type Reporter, reporterFor } from '../build/reporter-for.ts';
import { exitCodes, passedOn, type Session } from '../session.ts';
import { faultInNinjasWords, refuseAsNinja } from './say.ts';
import type { NinjaRequest } from './words.ts';

type NinjaInput = BuildInput & Pick<BuildOptions, 'onUpToDate'>;

type BuildFinished = Extract<Event, { readonly kind: 'build-finished' }>;

/**
 * One build to whoever looks on, in as many parts as it takes to learn what there is to do. Each part has a
 * graph of its own; what was run, well or not, is known by key to the next.
 */
export class NinjaBuild {
  readonly #session: Session;
  readonly #request: NinjaRequest;
  readonly #reporter: Reporter;
  readonly #ran = new Set<string>();
  readonly #failed = new Set<string>();
  #graph: Graph | undefined;
  #startedAtMs: number | undefined;
  #finished: BuildFinished | undefined;
  #failedWith: number | undefined;

  constructor(session: Session, request: NinjaRequest) {
    this.#session = session;
    this.#request = request;
    const { verbose, quiet, keepGoing } = request;
    const status = session.host.system.environment['NINJA_STATUS'];
    const outputs = (id: ActionId): readonly string[] => {
      const graph = this.#graph;
      if (graph === undefined) return [];
      return graph.actions.get(id).outputs.map((file) => graph.files.get(file));
    };
    const asNinja = { status, keepGoing, quiet, outputs };
    this.#reporter = reporterFor(session, { verbose, quiet: true, asNinja });
  }

  get hasRun(): boolean {
    return this.#ran.size + this.#failed.size > 0;
  }

  /** Keys of what failed. */
  get failed(): ReadonlySet<string> {
    return this.#failed;
  }

  /** A part that others come after. Undefined where they may, else what to exit with. */
  async part(input: NinjaInput, goals: readonly string[]): Promise<number | undefined> {
    const outcome = await this.#run(input, goals);
    if (typeof outcome === 'number') return outcome;
    const mayGoOn = outcome.kind === 'succeeded' || (outcome.kind === 'failed' && !this.#hasEnough);
    return mayGoOn ? undefined : this.#end(outcome);
  }

  /** The last part, or the only one: what to exit with. */
  async last(input: NinjaInput, goals: readonly string[]): Promise<number> {
    const outcome = await this.#run(input, goals);
    return typeof outcome === 'number' ? outcome : this.#end(outcome);
  }

  /** What comes before all others and tells its end only where it failed: then what to exit with. */
  async ahead(
    input: NinjaInput,
    goals: readonly string[],
    failure: string,
  ): Promise<number | undefined> {
    const outcome = await this.#run(input, goals);
    if (typeof outcome === 'number') return outcome;
    if (outcome.kind === 'succeeded') return undefined;
    return outcome.kind === 'failed' ? refuseAsNinja(this.#session, failure) : this.#end(outcome);
  }

  /** As a part finds it that comes after those so far. */
  onwards(input: NinjaInput): NinjaInput {
    return { ...input, alreadyRan: this.#ran, alreadyFailed: this.#failed };
  }

  async #run(input: NinjaInput, goals: readonly string[]): Promise<BuildOutcome | number> {
    const session = this.#session;
    const { jobs, keepGoing, keeps, maxLoad, verbose } = this.#request;
    const unknown = unknownPlaceholder(session.host.system.environment['NINJA_STATUS'] ?? '');
    if (unknown !== undefined)
      return refuseAsNinja(session, `unknown placeholder '${unknown}' in $NINJA_STATUS`);
    this.#graph = input.graph;
    const before = { ended: this.#ran.size + this.#failed.size, failed: this.#failed.size };
    const listener = withShellLines(input, { verbose }, (event) =>
      this.#take(event, input, before),
    );
    try {
      return await session.interruptible((interrupt) =>
        runBuild({
          ...this.onwards(input),
          goals,
          jobs: jobs > 0 ? jobs : undefined,
          keepGoing: keepGoing === 0 ? 0 : keepGoing - before.failed,
          keeps: { ...input.keeps, ...keeps },
          maxLoad,
          listener,
          interrupt,
        }),
      );
    } finally {
      // Whoever reads what is found out between parts has the terminal.
      this.#reporter.stop();
    }
  }

  #take(
    event: Event,
    { graph }: BuildInput,
    before: { readonly ended: number; readonly failed: number },
  ): void {
    const tell = this.#reporter.listener;
    switch (event.kind) {
      case 'build-started':
        this.#startedAtMs ??= event.atMs;
        tell(before.ended === 0 ? event : { ...event, atMs: this.#startedAtMs, before });
        return;
      case 'build-planned':
        tell({ ...event, total: before.ended + event.total });
        return;
      case 'build-finished':
        this.#finished = event;
        return;
      case 'action-finished':
        this.#ran.add(actionKey(graph, graph.actions.get(event.action)));
        break;
      case 'action-failed':
        this.#failed.add(actionKey(graph, graph.actions.get(event.action)));
        this.#failedWith = codeOf(event.exit) ?? this.#failedWith;
        break;
      default:
    }
    tell(event);
  }

  get #hasEnough(): boolean {
    const { keepGoing } = this.#request;
    return keepGoing > 0 && this.#failed.size >= keepGoing;
  }

  /** Tells how all parts ended. */
  #end(outcome: BuildOutcome): number {
    if (outcome.kind === 'refused')
      return refuseAsNinja(this.#session, faultInNinjasWords(outcome.fault));
    if (this.#finished !== undefined) {
      const { atMs } = this.#finished;
      const durationMs = atMs - (this.#startedAtMs ?? atMs);
      const counts = { ran: this.#ran.size, failed: this.#failed.size };
      this.#reporter.listener({ ...this.#finished, ...counts, durationMs });
      this.#reporter.stop();
    }
    // Whatever the signal was.
    if (outcome.kind === 'interrupted') return exitCodes.interrupted;
    const hasFailed = outcome.kind === 'failed' || this.#failed.size > 0;
    if (!hasFailed || outcome.kind === 'state-lost')
      return howItEnded(this.#session, outcome).exitCode;
    return this.#failedWith === undefined ? exitCodes.failed : passedOn(this.#failedWith);
  }
}

/** Ninja ends as the last command that failed did. */
function codeOf(exit: Exit): number | undefined {
  switch (exit.kind) {
    case 'code':
      return exit.code === 0 ? undefined : exit.code;
    case 'signal':
      return 128 + signalNumber(exit.signal);
    default:
      return undefined;
  }
}

/** Commands of a manifest are lines for a shell: shown as they stand there. */
function withShellLines(
  { graph }: Pick<BuildInput, 'graph'>,
  { verbose }: Pick<NinjaRequest, 'verbose'>,
  listener: Listener,
): Listener {
  return (event) => {
    const shown = event.kind === 'action-failed' || (verbose && event.kind === 'action-started');
    if (!shown) return listener(event);
    const { work } = graph.actions.get(event.action);
    const line = shellLine(work);
    listener(line === undefined ? event : { ...event, commandLine: line });
  };
}

/** A command of a manifest as it stands there. */
export function shellLine(work: Work): string | undefined {
  const [shell, option, line, ...more] = work.kind === 'command' ? work.argv : [];
  const isLine = shell === '/bin/sh' && option === '-c' && more.length === 0;
  return isLine ? line : undefined;
}
