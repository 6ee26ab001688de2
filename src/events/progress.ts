import type { Event } from './event.ts';

/** How far a build is, by the events so far. */
export class Progress {
  #startedAtMs = 0;
  #nowMs = 0;
  #started = 0;
  #ended = 0;
  #failed = 0;
  #total = 0;
  /** On one core, by the times of earlier builds. */
  #workLeftMs: number | undefined;
  #jobs = 1;

  get ended(): number {
    return this.#ended;
  }

  get failed(): number {
    return this.#failed;
  }

  get total(): number {
    return this.#total;
  }

  get startedAtMs(): number {
    return this.#startedAtMs;
  }

  take(event: Event): void {
    switch (event.kind) {
      case 'build-started':
        this.#startedAtMs = event.atMs;
        this.#nowMs = event.atMs;
        this.#jobs = event.jobs;
        this.#started = event.before?.ended ?? 0;
        this.#ended = this.#started;
        this.#failed = event.before?.failed ?? 0;
        this.#total = 0;
        this.#workLeftMs = undefined;
        break;
      case 'build-planned':
        this.#total = event.total;
        this.#workLeftMs = event.workLeftMs;
        break;
      case 'action-started':
        this.#nowMs = event.atMs;
        this.#started++;
        break;
      case 'action-finished':
      case 'action-failed':
        this.#nowMs = event.atMs;
        this.#ended++;
        if (event.kind === 'action-failed') this.#failed++;
        if (this.#workLeftMs !== undefined) this.#workLeftMs -= event.durationMs;
        break;
      default:
    }
  }

  /** Stands before a line about an action: `[3/12] `, or what a format of ninja's makes of it. */
  prefix(
    format: string | undefined,
    { about = 'ended' }: { about?: 'ended' | 'started' } = {},
  ): string {
    // It writes to the terminal itself, and its line is the only one of it.
    const ended = about === 'started' ? this.#ended + 1 : this.#ended;
    if (format === undefined) return `[${ended}/${this.#total}] `;
    return format.replaceAll(/%(.)/gs, (_, letter: string) => this.#field(letter, ended));
  }

  /** Ninja's manual, "Environment variables". */
  #field(letter: string, ended: number): string {
    const elapsedMs = this.#nowMs - this.#startedAtMs;
    const leftMs = this.#leftMs(elapsedMs, ended);
    switch (letter) {
      case '%':
        return '%';
      case 's':
        return String(this.#started);
      case 't':
        return String(this.#total);
      case 'r':
        return String(Math.max(0, this.#started - ended));
      case 'u':
        return String(Math.max(0, this.#total - this.#started));
      case 'f':
        return String(ended);
      case 'p':
        return percent(ended, this.#total);
      case 'P':
        return percent(elapsedMs, elapsedMs + (leftMs ?? 0));
      case 'o':
      case 'c':
        return elapsedMs > 0 ? ((ended * 1000) / elapsedMs).toFixed(1) : '?';
      case 'e':
        return (elapsedMs / 1000).toFixed(3);
      case 'E':
        return leftMs === undefined ? '?' : (leftMs / 1000).toFixed(3);
      case 'w':
        return clock(elapsedMs, elapsedMs);
      case 'W':
        return leftMs === undefined ? '?' : clock(leftMs, Math.max(leftMs, elapsedMs));
      default:
        return `%${letter}`;
    }
  }

  /** By the times of earlier builds, if these are known; `begunMs` is what running actions took so far. */
  knownLeftMs(begunMs = 0): number | undefined {
    if (this.#workLeftMs === undefined) return undefined;
    return Math.max(0, this.#workLeftMs - begunMs) / this.#jobs;
  }

  /** Else by how fast it went so far. */
  #leftMs(elapsedMs: number, ended: number): number | undefined {
    const known = this.knownLeftMs();
    if (known !== undefined || ended === 0) return known;
    return (elapsedMs / ended) * (this.#total - ended);
  }
}

const statusLetters = '%strufpPoceEwW';

/** The placeholder of a format of NINJA_STATUS that ninja does not know. */
export function unknownPlaceholder(format: string): string | undefined {
  for (const [, letter = ''] of format.matchAll(/%(.?)/gs)) {
    if (letter === '' || !statusLetters.includes(letter)) return `%${letter}`;
  }
  return undefined;
}

function percent(part: number, whole: number): string {
  return `${String(whole === 0 ? 0 : Math.floor((100 * part) / whole)).padStart(3)}%`;
}

/** `mm:ss`, with hours where `longestMs` has any. */
function clock(milliseconds: number, longestMs: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (number: number): string => String(number).padStart(2, '0');
  if (longestMs < 3_600_000) return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  const minutes = Math.floor(seconds / 60) % 60;
  return `${Math.floor(seconds / 3600)}:${two(minutes)}:${two(seconds % 60)}`;
}
