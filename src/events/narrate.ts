import { posix } from 'node:path';
import { unreachable } from '../base/assert.ts';
import { quoteWord } from '../base/shell-words.ts';
import { signalNumber } from '../base/signals.ts';
import { type RenderStyle, renderDiagnostic } from '../diag/render.ts';
import type { ActionId } from '../graph/graph.ts';
import type { Event, Exit } from './event.ts';
import { sanitize } from './sanitize.ts';
import type { Style } from './style.ts';

/** What a reporter needs to put events into words. */
export interface NarrateOptions {
  readonly style: Style;
  /** Shown in the line that runs a failed command alone. */
  readonly buildDirectory?: string;
  /** How a command that failed is told where its line is too long to be read. */
  readonly alone?: (action: ActionId) => Alone | undefined;
  /** What to do next when a build failed; stands behind the last line. */
  readonly next?: string;
  /** Commands are shown, not only what they do. */
  readonly verbose?: boolean;
  /** In ninja's place: failures and the end are told in its words. */
  readonly asNinja?: {
    /** Failures before nothing new is started; 0: never. */
    readonly keepGoing: number;
    /** What stands before each line, as NINJA_STATUS gives it; `[3/12] ` when absent. */
    readonly status?: string | undefined;
    /** The files that an action makes. */
    readonly outputs: (action: ActionId) => readonly string[];
  };
}

/** A longer line pushes the error off the screen: what Cargo's contract gives rustc in variables is some 2,500 characters. */
export const longestShown = 1000;

/** A long command told shortly. */
export interface Alone {
  /** Undefined where it tells nothing that people have written or chosen. */
  readonly command: string | undefined;
  /** Runs it; relative to the build directory. */
  readonly script: string;
}

type Finished = Extract<Event, { readonly kind: 'action-finished' }>;
type Failed = Extract<Event, { readonly kind: 'action-failed' }>;
type BuildFinished = Extract<Event, { readonly kind: 'build-finished' }>;

/** A diagnostic in this style. */
export function narrateDiagnostic(
  event: Extract<Event, { readonly kind: 'diagnostic' }>,
  { colors, bad, warn, dim }: Style,
): string {
  if (!colors) return renderDiagnostic(event.diagnostic);
  const painted: RenderStyle = {
    severity: (text, severity) => (severity === 'error' ? bad(text) : warn(text)),
    dim,
  };
  return renderDiagnostic(event.diagnostic, painted);
}

/** An action that ended well: one line, and what its tool said. */
export function narrateFinished(
  { description, output }: Finished,
  { prefix, line }: { readonly prefix: string; readonly line?: string | undefined },
  { style }: NarrateOptions,
): string {
  const head = `${prefix}${sanitize(line ?? description, { colors: false })}\n`;
  return head + toolOutput(output, style);
}

/** An action that failed: what it was, the command as it can be run alone, and what the tool said. */
export function narrateFailed(
  { action, description, commandLine, exit, output }: Failed,
  { style, buildDirectory, alone, asNinja, verbose }: NarrateOptions,
): string {
  const shown = (text: string): string => sanitize(text, { colors: false });
  const what =
    asNinja === undefined
      ? `${shown(description)} (${narrateExit(exit)})`
      : `${codeAsNinja(exit)} ${shown(asNinja.outputs(action).join(' '))} `;
  const lines = [`${style.bad('FAILED:')} ${what}`];
  const short = verbose === true ? undefined : alone?.(action);
  if (short !== undefined) {
    const script = quoteWord(posix.join(buildDirectory ?? '', short.script));
    if (short.command !== undefined) lines.push(shown(short.command));
    lines.push(`To run it alone: sh ${script}`);
  } else if (commandLine !== '') {
    const folder = buildDirectory === undefined ? '' : `cd ${quoteWord(buildDirectory)} && `;
    lines.push(shown(folder + commandLine));
  }
  return `${lines.join('\n')}\n${toolOutput(output, style)}`;
}

/** Ninja says with which code a shell would have ended; who ended well and is at fault all the same failed. */
function codeAsNinja(exit: Exit): string {
  if (exit.kind === 'code') return `[code=${exit.code === 0 ? 1 : exit.code}]`;
  if (exit.kind === 'signal') return `[code=${128 + signalNumber(exit.signal)}]`;
  return `(${narrateExit(exit)})`;
}

function narrateExit(exit: Exit): string {
  switch (exit.kind) {
    case 'code':
      return `exit code ${exit.code}`;
    case 'signal':
      return `killed by ${exit.signal}`;
    case 'not-started':
      return exit.reason;
    case 'timeout':
      return `no end after ${exit.afterMs / 1000} s`;
    default:
      return unreachable(exit);
  }
}

/** The last line of a build. */
export function narrateEnd(event: BuildFinished, { style, next, asNinja }: NarrateOptions): string {
  const { ran, failed, skipped, durationMs, interrupted } = event;
  if (asNinja !== undefined && (interrupted || failed > 0)) {
    return `ninja: build stopped: ${interrupted ? 'interrupted by user' : whyStopped(failed, asNinja)}.`;
  }
  const time = duration(durationMs);
  const left = skipped > 0 ? `, ${skipped} not tried` : '';
  const then = next === undefined ? '' : ` ${next}`;
  if (interrupted)
    return `${style.bad('Interrupted')} after ${time}: ${ran} done${left}. The next build goes on from there.`;
  if (failed > 0) {
    return `${style.bad('Build failed')} after ${time}: ${failed} failed, ${ran} done${left}.${then}`;
  }
  if (skipped > 0) return `${style.bad('Build stopped')} after ${time}: ${ran} done${left}.`;
  if (ran === 0) return 'Nothing to do: everything is up to date.';
  return `${style.good('Built')}: ${ran} ${ran === 1 ? 'action' : 'actions'} in ${time}.`;
}

function whyStopped(failed: number, { keepGoing }: { readonly keepGoing: number }): string {
  if (keepGoing === 0 || failed < keepGoing) return 'cannot make progress due to previous errors';
  return keepGoing > 1 ? 'subcommands failed' : 'subcommand failed';
}

/** Time for people: `0.4 s`, `12.3 s`, `2:05`, `1:02:03`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const padded = (number: number): string => String(number).padStart(2, '0');
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  return hours === 0
    ? `${minutes}:${padded(whole % 60)}`
    : `${hours}:${padded(minutes)}:${padded(whole % 60)}`;
}

/** What a tool said, so that it cannot command the terminal; its last line ends. */
export function toolOutput(output: string, { colors }: Style): string {
  if (output === '') return '';
  const safe = sanitize(output, { colors });
  return safe.endsWith('\n') ? safe : `${safe}\n`;
}
