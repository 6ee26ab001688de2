import { posix } from 'node:path';
import type { Event, Listener } from '../../events/event.ts';
import { fancyReporter } from '../../events/fancy-reporter.ts';
import { jsonReporter } from '../../events/json-reporter.ts';
import { type NarrateOptions, toolOutput } from '../../events/narrate.ts';
import { plainReporter } from '../../events/plain-reporter.ts';
import { style } from '../../events/style.ts';
import type { ActionId, Graph } from '../../graph/graph.ts';
import type { Session } from '../session.ts';
import { failedCommand } from './failed-command.ts';

export interface Reporter {
  readonly listener: Listener;
  /** Gives the terminal back, however the build ended. */
  readonly stop: () => void;
}

export interface ReporterOptions {
  /** Commands are shown whole. */
  readonly verbose: boolean;
  /** The last line of a build that ends well is left to the caller. */
  readonly quiet?: boolean;
  /** Only failures are told, and what commands say. With `quiet`. */
  readonly silent?: boolean;
  /** As the build was asked; 0: it went on after failures. */
  readonly keepGoing?: number;
  /** Absolute: where commands that failed can be run again. */
  readonly buildRoot?: string;
  /** What is built: of its commands, long ones that fail can be told shortly. */
  readonly graph?: Graph;
  /** Failures and the end are told in ninja's words; nothing else but what commands say, where `quiet`. */
  readonly asNinja?: NonNullable<NarrateOptions['asNinja']> & { readonly quiet: boolean };
}

/** Who tells how a build goes: events as JSON, lines, or a block that shows what runs. */
export function reporterFor(
  { host, terminal, json }: Session,
  { verbose, quiet, silent = false, keepGoing, buildRoot, graph, asNinja }: ReporterOptions,
): Reporter {
  const lines = gathered((text) => terminal.write(text));
  if (json) return { listener: jsonReporter(lines.write), stop: lines.flush };
  const buildDirectory = buildRoot && posix.relative(host.system.workingDirectory, buildRoot);
  const narration = {
    style: style({ colors: terminal.color }),
    verbose,
    ...(buildDirectory ? { buildDirectory } : {}),
    ...(buildRoot !== undefined &&
      graph !== undefined && {
        alone: (action: ActionId) => failedCommand(host.files, { buildRoot, graph }, action),
      }),
    ...(quiet === true && keepGoing !== 0 ? { next: 'Next: kaon compile -k 0' } : {}),
    ...(asNinja === undefined ? {} : { asNinja }),
  };
  const live = {
    write: (text: string): void => terminal.write(text),
    get columns() {
      return terminal.columns;
    },
    get rows() {
      return terminal.rows ?? 24;
    },
  };
  const hidesProgress = silent || asNinja?.quiet === true;
  const reporter =
    terminal.interactive && !hidesProgress
      ? fancyReporter(live, { ...narration, nowMs: () => host.clock.nowMs() })
      : {
          listener: aroundConsole(plainReporter(lines.write, narration), lines),
          stop: lines.flush,
        };
  if (quiet !== true) return reporter;
  return {
    ...reporter,
    listener: (event) => {
      const { kind } = event;
      if (kind === 'build-finished' && event.failed === 0 && !event.interrupted) reporter.stop();
      else if (hidesProgress && isProgress(event)) {
        if (kind === 'action-finished' && event.output !== '') {
          reporter.listener({
            kind: 'message',
            text: toolOutput(event.output, narration.style).trimEnd(),
          });
        }
      } else reporter.listener(event);
    },
  };
}

/** What has the console writes there itself: what was told before stands before it, the rest behind. */
function aroundConsole(listener: Listener, lines: ReturnType<typeof gathered>): Listener {
  let has: number | undefined;
  return (event) => {
    if ('action' in event && event.action === has && event.kind !== 'action-ready-early') {
      has = undefined;
      lines.release();
    }
    listener(event);
    if (event.kind === 'action-started' && event.console) {
      has = event.action;
      lines.flush();
      lines.hold();
    }
  };
}

function isProgress({ kind }: Event): boolean {
  return kind === 'action-started' || kind === 'action-finished' || kind === 'build-planned';
}

/** What is written in one go is one write: whoever reads it is woken each time. */
function gathered(write: (text: string) => void): {
  readonly write: (text: string) => void;
  readonly flush: () => void;
  readonly hold: () => void;
  readonly release: () => void;
} {
  let waiting = '';
  let held = false;
  const flush = (): void => {
    if (waiting !== '') write(waiting);
    waiting = '';
  };
  const flushUnlessHeld = (): void => {
    if (!held) flush();
  };
  return {
    write: (text) => {
      if (waiting === '') queueMicrotask(flushUnlessHeld);
      waiting += text;
    },
    flush,
    hold: () => {
      held = true;
    },
    release: () => {
      held = false;
      flush();
    },
  };
}
