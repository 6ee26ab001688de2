import type { Action } from '../../graph/graph.ts';
import type { ActionRecord, ContentId } from '../../store/log/action-record.ts';
import { type BuildContext, declaredInputs, environmentOf, outputPaths } from '../build-context.ts';
import { actionKey, commandText } from '../command-text.ts';
import { foundFirst } from '../inputs/found-first.ts';

/** Why an action must run again; `kaon why` shows it. */
export type Stale =
  | { readonly kind: 'always-runs' }
  /** It never succeeded in this build directory, or what is known of it was lost. */
  | { readonly kind: 'never-built' }
  | {
      readonly kind: 'command-changed';
      readonly before: readonly string[];
      readonly now: readonly string[];
    }
  | { readonly kind: 'input-added'; readonly path: string }
  | { readonly kind: 'input-removed'; readonly path: string }
  | { readonly kind: 'input-changed'; readonly path: string; readonly discovered: boolean }
  | { readonly kind: 'input-missing'; readonly path: string; readonly discovered: boolean }
  /** What it read may not be what it would find now. */
  | { readonly kind: 'found-first'; readonly path: string; readonly instead: string }
  | {
      readonly kind: 'environment-changed';
      readonly name: string;
      readonly before: string | undefined;
      readonly now: string | undefined;
    }
  | { readonly kind: 'output-missing'; readonly path: string }
  /** Someone else wrote it since. */
  | { readonly kind: 'output-changed'; readonly path: string };

/** Files that are not looked at. */
export interface NotLooked {
  /** Those that are about to be made. */
  readonly skip?: (path: string) => boolean;
  /** Outputs. */
  readonly skipOutput?: (path: string) => boolean;
}

/** Nothing when an action's last success still holds. */
export function whyStale(
  context: BuildContext,
  action: Action,
  { skip = () => false, skipOutput = () => false }: NotLooked = {},
): Stale | undefined {
  const { graph, log, host, alreadyRan } = context;
  const key = actionKey(graph, action);
  if (alreadyRan?.has(key) === true) return undefined;
  if (action.alwaysRun) return { kind: 'always-runs' };
  const record = log.action(key);
  if (record === undefined) return { kind: 'never-built' };
  const command = commandText(graph, action, host.system.environment);
  const before = log.command(record.command);
  if (before.digest !== command.digest && action.anyCommand !== true) {
    return { kind: 'command-changed', before: before.parts, now: command.parts };
  }
  return (
    changedOutput(context, action, { record, skipOutput }) ??
    changedInput(context, action, { record, skip }) ??
    newHeader(context, action, record) ??
    changedEnvironment(context, action, record)
  );
}

function newHeader(context: BuildContext, action: Action, record: ActionRecord): Stale | undefined {
  const found = foundFirst(context, action, record);
  return found && { kind: 'found-first', ...found };
}

function changedOutput(
  context: BuildContext,
  action: Action,
  {
    record,
    skipOutput,
  }: { readonly record: ActionRecord } & Required<Pick<NotLooked, 'skipOutput'>>,
): Stale | undefined {
  const { files, log } = context;
  for (const [at, path] of outputPaths(context, action).entries()) {
    const now = files.content(path);
    // Those that are named for somebody else lie at another place of the list.
    if (now === record.outputs[at] || record.outputs.includes(now) || skipOutput(path)) continue;
    const shown = action.outputs[at];
    const name = shown === undefined ? path : context.graph.files.get(shown);
    if (files.isMissing(now)) return { kind: 'output-missing', path: name };
    const before = record.outputs[at];
    // Equal content of another path is no proof: the list of outputs itself changed.
    if (before === undefined || log.content(before).path !== path) return { kind: 'never-built' };
    return { kind: 'output-changed', path: name };
  }
  return undefined;
}

interface Remembered {
  readonly record: ActionRecord;
  readonly skip: (path: string) => boolean;
}

function changedInput(
  context: BuildContext,
  action: Action,
  { record, skip }: Remembered,
): Stale | undefined {
  const { log } = context;
  const declared = declaredInputs(context, action);
  const before = new Map<string, ContentId>();
  for (const id of record.inputs) before.set(log.content(id).path, id);
  for (const path of declared) {
    const known = before.get(path);
    if (known === undefined) return { kind: 'input-added', path };
    before.delete(path);
    if (skip(path)) continue;
    const stale = compareInput(context, { path, known, discovered: false });
    if (stale !== undefined) return stale;
  }
  for (const path of before.keys()) return { kind: 'input-removed', path };
  for (const known of record.discovered) {
    const { path } = log.content(known);
    if (skip(path)) continue;
    const stale = compareInput(context, { path, known, discovered: true });
    if (stale !== undefined) return stale;
  }
  return undefined;
}

function compareInput(
  { files }: BuildContext,
  input: { readonly path: string; readonly known: ContentId; readonly discovered: boolean },
): Stale | undefined {
  const { path, known, discovered } = input;
  const now = files.content(path);
  if (now === known) return undefined;
  return { kind: files.isMissing(now) ? 'input-missing' : 'input-changed', path, discovered };
}

function changedEnvironment(
  context: BuildContext,
  action: Action,
  record: ActionRecord,
): Stale | undefined {
  if (record.environment.length === 0) return undefined;
  const environment = environmentOf(context, action);
  for (const { name, value } of record.environment) {
    const now = environment[name];
    if (now !== value) return { kind: 'environment-changed', name, before: value, now };
  }
  return undefined;
}
