import type { Event, Listener } from './event.ts';
import {
  duration,
  type NarrateOptions,
  narrateDiagnostic,
  narrateEnd,
  narrateFailed,
  narrateFinished,
} from './narrate.ts';
import { Progress } from './progress.ts';
import { sanitize } from './sanitize.ts';
import { style } from './style.ts';
import { fitted } from './text-width.ts';

/** A terminal on which lines can be overwritten. */
export interface LiveTerminal {
  write(text: string): void;
  readonly columns: number;
  readonly rows?: number;
}

/** How it tells, and the time it tells by. */
export interface FancyOptions extends Partial<NarrateOptions> {
  readonly nowMs: () => number;
  /** Calls again and again until told to stop; real time when absent. */
  readonly every?: (milliseconds: number, draw: () => void) => () => void;
}

/** A reporter that holds the last lines of a terminal until it is stopped. */
export interface FancyReporter {
  readonly listener: Listener;
  /** Takes the block away and gives the cursor back; for the end, however it comes. */
  stop(): void;
}

const redrawMs = 100;
const mostLines = 8;
const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
/** A line that is too long after all is cut by the terminal, not wrapped. */
const wrapOff = '\u001b[?7l';
const wrapOn = '\u001b[?7h';

interface Running {
  readonly description: string;
  readonly startedAtMs: number;
}

/**
 * A block at the bottom that shows what runs:
 *
 *     [12/240] 3 running, 1 failed, 0:12, about 40 s left
 *       4.1 s  Compiling C object app.p/main.c.o
 *
 * What stays (messages, failures, what tools said) is written above it.
 */
export function fancyReporter(terminal: LiveTerminal, options: FancyOptions): FancyReporter {
  const block = new Block(terminal, options);
  return { listener: (event) => block.take(event), stop: () => block.stop() };
}

class Block {
  readonly #terminal: LiveTerminal;
  readonly #options: FancyOptions;
  readonly #narration: NarrateOptions;
  readonly #running = new Map<number, Running>();
  readonly #commands = new Map<number, string>();
  readonly #progress = new Progress();
  #drawnLines = 0;
  #drawnAtMs = Number.NEGATIVE_INFINITY;
  #stopTimer: (() => void) | undefined;
  /** While an action has the terminal, what would be written waits here. */
  #held: string | undefined;
  #consoleAction: number | undefined;

  constructor(terminal: LiveTerminal, options: FancyOptions) {
    this.#terminal = terminal;
    this.#options = options;
    this.#narration = { style: style({ colors: false }), ...options };
  }

  take(event: Event): void {
    this.#progress.take(event);
    switch (event.kind) {
      case 'message':
        this.#say(`${event.text}\n`);
        break;
      case 'diagnostic':
        this.#say(`${narrateDiagnostic(event, this.#narration.style)}\n`);
        break;
      case 'build-started':
        this.#begin();
        break;
      case 'build-planned':
        this.#draw();
        break;
      case 'action-started':
        this.#start(event);
        break;
      case 'action-finished':
      case 'action-failed':
        this.#end(event);
        break;
      case 'build-finished':
        this.stop();
        this.#terminal.write(`${narrateEnd(event, this.#narration)}\n`);
        break;
      default:
        // Tests have reporters of their own.
        break;
    }
  }

  stop(): void {
    this.#stopTimer?.();
    this.#release();
    this.#erase();
    if (this.#stopTimer !== undefined) this.#terminal.write(showCursor);
    this.#stopTimer = undefined;
  }

  #begin(): void {
    this.#running.clear();
    const every =
      this.#options.every ??
      ((milliseconds, draw) => {
        const timer = setInterval(draw, milliseconds);
        timer.unref();
        return () => clearInterval(timer);
      });
    this.#terminal.write(hideCursor);
    this.#stopTimer = every(redrawMs, () => this.#draw());
  }

  #start(event: Extract<Event, { readonly kind: 'action-started' }>): void {
    const description = sanitize(event.description, { colors: false });
    this.#running.set(event.action, { description, startedAtMs: event.atMs });
    if (this.#narration.verbose === true) this.#commands.set(event.action, event.commandLine);
    if (!event.console) {
      this.#draw();
      return;
    }
    const line = this.#commands.get(event.action);
    const shown = line ? sanitize(line, { colors: false }) : description;
    this.#say(`${this.#prefix('started')}${shown}\n`);
    this.#erase();
    this.#terminal.write(showCursor);
    this.#held ??= '';
    this.#consoleAction = event.action;
  }

  #end(event: Extract<Event, { readonly kind: 'action-finished' | 'action-failed' }>): void {
    this.#running.delete(event.action);
    const command = this.#commands.get(event.action);
    const line = command === '' ? undefined : command;
    if (event.kind === 'action-failed') {
      this.#say(narrateFailed(event, this.#narration));
    } else if (event.output !== '' || line !== undefined) {
      this.#say(narrateFinished(event, { prefix: this.#prefix('ended'), line }, this.#narration));
    }
    if (event.action === this.#consoleAction) this.#release();
    this.#draw();
  }

  #prefix(about: 'started' | 'ended'): string {
    return this.#progress.prefix(this.#narration.asNinja?.status, { about });
  }

  /** The terminal is ours again. */
  #release(): void {
    const held = this.#held;
    this.#held = undefined;
    if (held === undefined) return;
    this.#terminal.write(hideCursor + held);
  }

  /** Writes what stays, above the block. */
  #say(text: string): void {
    if (this.#held !== undefined) {
      this.#held += text;
      return;
    }
    this.#erase();
    this.#terminal.write(text);
    this.#drawnAtMs = Number.NEGATIVE_INFINITY;
    if (this.#stopTimer !== undefined) this.#draw();
  }

  #erase(): void {
    if (this.#drawnLines === 0) return;
    this.#terminal.write(`\u001b[${this.#drawnLines}A\r\u001b[J`);
    this.#drawnLines = 0;
  }

  #draw(): void {
    const now = this.#options.nowMs();
    if (this.#stopTimer === undefined || this.#held !== undefined) return;
    if (now - this.#drawnAtMs < redrawMs || this.#progress.total === 0) return;
    this.#drawnAtMs = now;
    const width = Math.max(10, this.#terminal.columns - 1);
    const lines = [this.#headline(now), ...this.#runningLines(now)];
    const up = this.#drawnLines === 0 ? '' : `\u001b[${this.#drawnLines}A\r`;
    const text = lines.map((line) => `${fitted(line, width)}\u001b[K\n`).join('');
    this.#terminal.write(`${wrapOff}${up}${text}\u001b[J${wrapOn}`);
    this.#drawnLines = lines.length;
  }

  #headline(now: number): string {
    const { ended, failed, total, startedAtMs } = this.#progress;
    const parts = [`${this.#running.size} running`];
    if (failed > 0) parts.push(`${failed} failed`);
    parts.push(duration(now - startedAtMs));
    const left = this.#leftMs(now);
    if (left !== undefined) parts.push(`about ${duration(left)} left`);
    return `[${ended}/${total}] ${parts.join(', ')}`;
  }

  /** By the times of earlier builds, else by how fast it went so far. */
  #leftMs(now: number): number | undefined {
    let begunMs = 0;
    for (const { startedAtMs } of this.#running.values()) begunMs += now - startedAtMs;
    const known = this.#progress.knownLeftMs(begunMs);
    if (known !== undefined) return known;
    const { ended, total, startedAtMs } = this.#progress;
    // The first few tell little.
    return ended < 5 ? undefined : ((now - startedAtMs) / ended) * (total - ended);
  }

  #runningLines(now: number): readonly string[] {
    const room = Math.max(1, Math.min(mostLines, (this.#terminal.rows ?? 24) - 3));
    const oldest = [...this.#running.values()].sort((a, b) => a.startedAtMs - b.startedAtMs);
    const lines = oldest
      .slice(0, room)
      .map(
        ({ description, startedAtMs }) =>
          `${duration(now - startedAtMs).padStart(8)}  ${description}`,
      );
    const more = oldest.length - lines.length;
    return more > 0 ? [...lines, `          and ${more} more`] : lines;
  }
}
