import { posix } from 'node:path';
import type { Event } from '../../src/events/event.ts';
import { type BuildOutcome, runBuild } from '../../src/exec/run-build.ts';
import type { Witness } from '../../src/exec/witness.ts';
import type { Action, CommandVariable, Graph } from '../../src/graph/graph.ts';
import { GraphBuilder } from '../../src/graph/graph-builder.ts';
import { openActionLog } from '../../src/store/log/action-log.ts';
import { takeLook } from '../../src/store/no-op/no-op-look.ts';
import { removeNoOpProof } from '../../src/store/no-op/no-op-proof.ts';
import { graphPath, logPath as pathOfLog } from '../../src/store/setup/setup-state.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { leave, look } from './tiny-launcher.ts';

export const buildDirectory = '/project';
export const logPath = pathOfLog(buildDirectory);

/**
 * A graph from a few lines: `outputs: program inputs || order-only ; flags`. The program gets the
 * outputs, `--`, and the inputs. Flags: `depfile` (the first output with `.d`; `depfile-needed`), `always`,
 * `remove-first`, `optional`, `any-command`, `pool=NAME`, `console`, `arg=TEXT`, `set=NAME=VALUE`, `set-uncounted=NAME=VALUE`,
 * `copy`, `link`, `early=OUTPUT`.
 * Pools have a depth of 1. All outputs are `all`.
 */
export function tinyGraph(text: string): Graph {
  const graph = new GraphBuilder();
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const [rule = '', flagText = ''] = line.split(';');
    const [front = '', orderText = ''] = rule.split('||');
    const colon = front.indexOf(':');
    const outputs = words(front.slice(0, colon));
    const [program = '', ...inputs] = words(front.slice(colon + 1));
    const flags = words(flagText);
    const order = words(orderText).map((path) => graph.file(path));
    const action: Action = {
      rule: 'TINY',
      description: `Making ${outputs.join(' ') || program}`,
      work: workOf({ program, outputs, inputs, flags }),
      inputs: inputs.map((path) => graph.file(path)),
      orderOnly: order.length > 0 ? [graph.fileList(order)] : [],
      outputs: outputs.map((path) => graph.file(path)),
      earlyOutputs: outputs
        .filter((path) => flags.includes(`early=${path}`))
        .map((path) => graph.file(path)),
      alwaysRun: flags.includes('always'),
      removeOutputsFirst: flags.includes('remove-first'),
      ...(flags.includes('optional') ? { outputsOptional: true } : {}),
      ...(flags.includes('any-command') ? { anyCommand: true } : {}),
      ...depfileOf(outputs, flags),
      ...poolOf(graph, flags),
    };
    const added = graph.add(action);
    if (!added.ok) throw new Error(`two actions make ${added.error.path}`);
    graph.goal(
      'all',
      outputs.length === 0 ? { actions: [added.value] } : { files: action.outputs },
    );
  }
  return graph.build();
}

function depfileOf([first]: readonly string[], flags: readonly string[]): Pick<Action, 'depfile'> {
  const depfile = { path: `${first}.d`, format: 'make' } as const;
  if (flags.includes('depfile-needed')) return { depfile: { ...depfile, needed: true } };
  return flags.includes('depfile') ? { depfile } : {};
}

function poolOf(graph: GraphBuilder, flags: readonly string[]): Pick<Action, 'pool'> {
  const name = flags.find((flag) => flag.startsWith('pool='))?.slice(5);
  if (flags.includes('console')) {
    return { pool: graph.pool({ name: 'console', depth: 1, console: true }) };
  }
  return name === undefined ? {} : { pool: graph.pool({ name, depth: 1, console: false }) };
}

function workOf(line: {
  readonly program: string;
  readonly outputs: readonly string[];
  readonly inputs: readonly string[];
  readonly flags: readonly string[];
}): Action['work'] {
  const { program, outputs, inputs, flags } = line;
  const [output = ''] = outputs;
  const [input = ''] = inputs;
  if (flags.includes('copy')) return { kind: 'copy', from: input, to: output };
  if (flags.includes('link')) return { kind: 'symlink', target: input, path: output };
  const extra = flags.filter((flag) => flag.startsWith('arg=')).map((flag) => flag.slice(4));
  const environment = flags
    .map((flag) => flag.split('='))
    .filter(([flag]) => flag === 'set' || flag === 'set-uncounted')
    .map(([flag, name = '', value = '']): CommandVariable => {
      const change = { kind: 'set', name, value } as const;
      return flag === 'set' ? change : { ...change, counts: 'never' };
    });
  return { kind: 'command', argv: [program, ...extra, ...outputs, '--', ...inputs], environment };
}

function words(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '');
}

/** A machine with `cat` (each output is all inputs, one after the other) and `cc` (the same, with `#include NAME` lines followed and a depfile). */
export function tinyHost(files: Readonly<Record<string, string>> = {}): MemoryHost {
  const host = new MemoryHost(files);
  host.program('cat', (run) => {
    const { outputs, inputs, options } = splitArguments(run.argv);
    const content = options.concat(inputs.map((path) => run.read(path))).join('');
    for (const output of outputs) run.write(output, content);
  });
  host.program('cc', (run) => {
    const { outputs, inputs } = splitArguments(run.argv);
    const read = new Set<string>();
    const expand = (path: string): string => {
      read.add(path);
      return run
        .read(path)
        .replaceAll(/^#include (.*)$/gm, (_, name: string) =>
          expand(posix.join(posix.dirname(path), name)),
        );
    };
    const [output = ''] = outputs;
    const text = inputs
      .map(expand)
      .join('')
      .replaceAll(/\/\/.*\n/g, '');
    run.write(output, text);
    const escaped = [...read].map((path) => path.replaceAll(' ', '\\ '));
    run.write(`${output}.d`, `${output}: ${escaped.join(' \\\n ')}\n`);
  });
  host.program('false', () => ({ code: 1, stderr: 'it does not work\n' }));
  host.tick();
  return host;
}

function splitArguments(argv: readonly string[]): {
  readonly options: readonly string[];
  readonly outputs: readonly string[];
  readonly inputs: readonly string[];
} {
  const end = argv.indexOf('--');
  const before = argv.slice(1, end);
  return {
    options: before.filter((word) => word.startsWith('-')),
    outputs: before.filter((word) => !word.startsWith('-')),
    inputs: argv.slice(end + 1),
  };
}

export interface TinyBuild {
  readonly outcome: BuildOutcome;
  /** First outputs of the actions that ran and ended well, in order; of those without output what they say. */
  readonly ran: readonly string[];
  readonly events: readonly Event[];
  readonly notice: string | undefined;
  /** What the launcher found before the build, where it was asked. */
  readonly seen: 'nothing to do' | 'few changes' | 'unknown';
}

export interface TinyOptions {
  readonly goals?: readonly string[];
  readonly jobs?: number;
  readonly keepGoing?: number;
  readonly alreadyFailed?: readonly string[];
  readonly interrupt?: AbortSignal;
  readonly onEvent?: (event: Event) => void;
  /** How far the clock moves before and after; 100 ms unless told. */
  readonly tickMs?: number;
  /** The launcher looks first, and the build goes on from what it saw. */
  readonly launcher?: boolean;
}

/** As a setup does: the file is another when the graph is. */
function keepGraph(host: MemoryHost, text: string): void {
  const path = graphPath(buildDirectory);
  const known = host.files.readText(path);
  if (!known.ok || known.value !== text) host.files.replace(path, text);
}

/** Opens the log, builds, closes the log; the clock moves a bit before and after. */
export async function build(
  host: MemoryHost,
  graph: Graph | string,
  options: TinyOptions = {},
): Promise<TinyBuild> {
  host.tick(options.tickMs ?? 100);
  host.files.makeDirectory(posix.dirname(graphPath(buildDirectory)));
  if (options.launcher === true) keepGraph(host, typeof graph === 'string' ? graph : '');
  const saw = options.launcher === true && look(host, buildDirectory);
  const changes =
    options.launcher === true
      ? takeLook(host.files, buildDirectory, host.system.processId)
      : undefined;
  const opened = openActionLog(host, logPath);
  if (!opened.ok) throw new Error(opened.error.reason);
  const { log, notice } = opened.value;
  let witness: Witness | undefined;
  const events: Event[] = [];
  const { goals = [], jobs = 2, keepGoing, interrupt } = options;
  const outcome = await runBuild({
    host,
    graph: typeof graph === 'string' ? tinyGraph(graph) : graph,
    log,
    buildDirectory,
    goals,
    jobs,
    ...(changes !== undefined && { look: changes }),
    onStale: () => removeNoOpProof(host.files, buildDirectory),
    ...(options.launcher === true && {
      onUpToDate: (seen) => {
        witness = seen;
      },
    }),
    listener: (event) => {
      events.push(event);
      options.onEvent?.(event);
    },
    ...(keepGoing === undefined ? {} : { keepGoing }),
    alreadyFailed: new Set(options.alreadyFailed),
    ...(interrupt === undefined ? {} : { interrupt }),
  });
  log.close();
  if (witness !== undefined) leave(host, buildDirectory, witness);
  host.tick(options.tickMs ?? 100);
  const ran = events.flatMap((event) =>
    event.kind === 'action-finished' ? [event.description.replace('Making ', '')] : [],
  );
  const seen = saw ? 'nothing to do' : changes === undefined ? 'unknown' : 'few changes';
  return { outcome, ran, events, notice, seen };
}
