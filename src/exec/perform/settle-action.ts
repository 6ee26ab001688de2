import { unreachable } from '../../base/assert.ts';
import type { Action } from '../../graph/graph.ts';
import type { ActionRecord, ContentId } from '../../store/log/action-record.ts';
import { type BuildContext, declaredInputs, environmentOf, outputPaths } from '../build-context.ts';
import { hostPath } from '../build-place.ts';
import { actionKey, commandText } from '../command-text.ts';
import { discoverInputs } from '../inputs/discover-inputs.ts';

/** What a command that ended well turns out to have done. */
export type Settled =
  | { readonly kind: 'recorded'; readonly changed: boolean }
  /** It asked to run again next time. */
  | { readonly kind: 'asked'; readonly changed: boolean }
  /** It did not make all its outputs, and may: it runs again next time. */
  | { readonly kind: 'incomplete'; readonly changed: boolean; readonly missing: string }
  /** It read files that cannot be named: it runs again next time. */
  | { readonly kind: 'unnameable'; readonly changed: boolean }
  /** It did not tell what it read, and must: it runs again next time. */
  | { readonly kind: 'untold'; readonly changed: boolean }
  /** An input changed while it was read: what was made is used, but made again next time. */
  | { readonly kind: 'not-recorded'; readonly changed: boolean; readonly path: string }
  /** Inputs that other actions made changed while it ran. */
  | {
      readonly kind: 'rewrote-inputs';
      readonly changed: boolean;
      readonly paths: readonly string[];
    }
  /** It ended well and yet did not do what it is for. */
  | { readonly kind: 'broken'; readonly reason: string };

/** How an action went whose tool ended well. `again`: it asks for another run next time. */
export interface Run {
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** What its output named as read. */
  readonly read?: readonly string[] | undefined;
  readonly again?: boolean | undefined;
}

/** Looks at what an action made and read, and remembers it, in the log's next record. */
export function settleAction(context: BuildContext, action: Action, run: Run): Settled {
  const { files, log, graph, host } = context;
  const key = actionKey(graph, action);
  const before = log.action(key);
  const made = outputPaths(context, action);
  for (const path of made) files.forget(path);
  if (action.work.kind === 'copy') files.copied(action.work.from, action.work.to);
  const outputs = made.map((path) => files.content(path));
  // What lies in a folder that it made is its doing too.
  for (const path of made) if (files.isFolder(path)) files.madeBelow(path);
  const absent = action.outputs.filter((_, at) => {
    const content = outputs[at];
    return content !== undefined && files.isMissing(content);
  });
  if (absent.length > 0) {
    const names = absent.map((id) => graph.files.get(id)).join(', ');
    if (action.outputsOptional === true) {
      log.forget(key);
      return { kind: 'incomplete', changed: true, missing: names };
    }
    return { kind: 'broken', reason: `the command ended well, but did not make ${names}` };
  }
  const discovered = discoverInputs(context, action, run.read);
  if (!discovered.ok) return { kind: 'broken', reason: discovered.error };
  removePassing(context, action);
  const changed = outputsDiffer(before, outputs);
  const declared = declaredInputs(context, action);
  const known = new Set([...declared, ...made]);
  const found = discovered.value.paths.filter((path) => !known.has(path));
  const { read, rewritten, lost } = contentsRead(context, { declared, found, run });
  if (lost !== undefined || rewritten.length > 0) log.forget(key);
  if (lost !== undefined) return { kind: 'not-recorded', changed, path: lost };
  if (rewritten.length > 0) return { kind: 'rewrote-inputs', changed, paths: rewritten };
  const again = run.again === true ? 'asked' : discovered.value.partly;
  if (again !== undefined) {
    log.forget(key);
    return { kind: again, changed };
  }
  log.succeed({
    key,
    command: commandText(graph, action, host.system.environment),
    inputs: read.slice(0, declared.length),
    discovered: read.slice(declared.length),
    outputs,
    environment: ownVariables(context, action, discovered.value.environment),
    durationMs: run.durationMs,
  });
  return { kind: 'recorded', changed };
}

/**
 * The content that the command read; the files made by other actions that changed meanwhile; and one source
 * that did.
 */
function contentsRead(
  context: BuildContext,
  {
    declared,
    found,
    run,
  }: {
    readonly declared: readonly string[];
    readonly found: readonly string[];
    readonly run: Run;
  },
): { readonly read: ContentId[]; readonly rewritten: string[]; readonly lost?: string } {
  const { files, producersByPath, rewritingIsUsual } = context;
  const own = new Set(found.filter((path) => isOwnWork(context, path, run)));
  const read: ContentId[] = [];
  const rewritten: string[] = [];
  for (const path of [...declared, ...found]) {
    const steady = own.has(path) ? undefined : files.steadyContent(path, run.startedAtMs);
    const isTaken = own.has(path) || rewritingIsUsual === true;
    const content = steady ?? (isTaken ? files.content(path) : undefined);
    if (content !== undefined) read.push(content);
    else if (producersByPath.has(path)) rewritten.push(path);
    else return { read, rewritten, lost: path };
  }
  return { read, rewritten };
}

/** Files that a command says it read but wrote itself before, such as the compiler macros of CMake's AUTOMOC. */
function isOwnWork(
  { files, producersByPath }: BuildContext,
  path: string,
  { startedAtMs }: Run,
): boolean {
  return !producersByPath.has(path) && files.isBornHere(path, startedAtMs);
}

/** A depfile is removed once it was read, unless users want to look at it or it serves other tools as well. */
function removePassing({ host, graph, place, keeps }: BuildContext, action: Action): void {
  const { depfile, outputs } = action;
  if (depfile?.passing !== true || keeps?.depfiles === true) return;
  if (outputs.some((id) => graph.files.get(id) === depfile.path)) return;
  host.files.remove(hostPath(place, depfile.path));
}

/** What to tell of an action that ended well and runs again in the next build all the same. */
export function whyAgain(
  { graph, incompleteIsUsual }: BuildContext,
  action: Action,
  settled: Settled,
): string | undefined {
  switch (settled.kind) {
    case 'not-recorded':
    case 'rewrote-inputs': {
      const path = settled.kind === 'not-recorded' ? settled.path : settled.paths[0];
      return `${path} changed while ${actionKey(graph, action)} was made from it, which is made again in the next build.`;
    }
    case 'unnameable':
      return `${action.description}: it read a file whose name is not UTF-8, so it runs again in the next build.`;
    case 'incomplete':
      if (incompleteIsUsual === true) return undefined;
      return `${action.description}: the command ended well, but did not make ${settled.missing}; it runs again in the next build.`;
    case 'recorded':
    case 'asked':
    case 'untold':
    case 'broken':
      return undefined;
    default:
      return unreachable(settled);
  }
}

/** What a tool said, and what kaon has to say of its work. */
export function withReason(output: string, reason: string): string {
  return `${output}${output === '' || output.endsWith('\n') ? '' : '\n'}${reason}\n`;
}

function outputsDiffer(before: ActionRecord | undefined, now: ActionRecord['outputs']): boolean {
  return before?.outputs.length !== now.length || now.some((id, at) => before.outputs[at] !== id);
}

/**
 * Variables that the tool read as the action has them. Where it saw another value, the command set
 * it by itself, from something that is an input.
 */
function ownVariables(
  context: BuildContext,
  action: Action,
  read: ActionRecord['environment'],
): ActionRecord['environment'] {
  if (read.length === 0) return read;
  const environment = environmentOf(context, action);
  return read.filter(({ name, value }) => environment[name] === value);
}
