import { posix } from 'node:path';
import type { Event, Listener } from '../../events/event.ts';
import type { Action, ActionId, Graph } from '../../graph/graph.ts';
import { actionsBefore, neededActions } from '../../graph/needed-actions.ts';
import type { Files } from '../../host/host.ts';
import type { CrateArtifact } from '../../model/crate-artifact.ts';
import { crateRule } from '../../model/crate-rule.ts';
import {
  artifactMessage,
  compilerMessages,
  finishedMessage,
  messagesForPeople,
  scriptMessage,
} from '../cargo/cargo-messages.ts';
import { keptArtifacts } from '../cargo/kept-artifacts.ts';
import type { MessageFormat } from '../cargo/message-format.ts';
import type { Session } from '../session.ts';
import type { KeptWarnings } from './kept-warnings.ts';

export interface CargoTelling {
  readonly listener: Listener;
  /** Tells of what was up to date, and how the build ended. */
  readonly end: (kept: Pick<KeptWarnings, 'of'>, hasSucceeded: boolean) => void;
}

export interface CargoTellingOf {
  readonly buildRoot: string;
  readonly graph: Graph;
  readonly goals: readonly string[];
  readonly format: Extract<MessageFormat, { kind: 'json' }>;
  /** Where programs read them. */
  readonly write: (messages: string) => void;
  /** As a request says it. */
  readonly checked?: ReadonlyMap<string, string> | undefined;
}

/** Tells of a build in Cargo's messages; what is for people goes to standard error. */
export function tellAsCargo(
  { host, terminal }: Pick<Session, 'host' | 'terminal'>,
  { buildRoot, graph, goals, format, write, checked }: CargoTellingOf,
): CargoTelling {
  const artifacts = keptArtifacts(host.files, buildRoot);
  const needed = neededActions(graph, goals);
  const names = copiesIn(graph, needed);
  const concerned = new Set<ActionId>();
  const artifactOf = (id: ActionId): CrateArtifact | undefined => {
    const [first] = graph.actions.get(id).outputs;
    const path = first === undefined ? '' : graph.files.get(first);
    return artifacts.get(checked?.get(path) ?? path);
  };
  const filesOf = ({ outputs }: Action): readonly string[] =>
    outputs.map((file) => posix.resolve(buildRoot, graph.files.get(names.get(file) ?? file)));
  const say = (diagnostics: string, artifact: CrateArtifact): void => {
    if (!format.forPeople) write(compilerMessages(artifact, diagnostics, format));
    else aside(terminal, messagesForPeople(diagnostics, terminal.color ? 'ansi' : 'plain'));
  };
  const made = (id: ActionId, artifact: CrateArtifact, isFresh: boolean): void => {
    const { scriptFolder } = artifact;
    write(
      scriptFolder === undefined
        ? artifactMessage(artifact, { files: filesOf(graph.actions.get(id)), isFresh })
        : scriptMessage(artifact, textIn(host.files, `${scriptFolder}/output`)),
    );
  };
  const hear = (event: Extract<Event, { kind: 'action-finished' | 'action-failed' }>): void => {
    const { action, diagnostics = '', output } = event;
    concerned.add(action);
    const artifact = artifactOf(action);
    if (artifact !== undefined && diagnostics !== '') say(diagnostics, artifact);
    // What has no other shape is for people.
    else aside(terminal, output);
    if (artifact !== undefined && event.kind === 'action-finished') made(action, artifact, false);
  };
  return {
    listener: (event) => {
      if (event.kind === 'action-finished' || event.kind === 'action-failed') hear(event);
    },
    end: (kept, hasSucceeded) => {
      // Where something failed, others may never have been tried: only what came before those that were is up to date.
      const known = hasSucceeded ? needed : actionsBefore(graph, concerned);
      for (const id of [...known].sort((one, other) => one - other)) {
        const artifact = concerned.has(id) ? undefined : artifactOf(id);
        if (artifact === undefined) continue;
        say(kept.of(id).diagnostics, artifact);
        made(id, artifact, true);
      }
      if (checked === undefined) write(finishedMessage(hasSucceeded));
    },
  };
}

function aside(terminal: Session['terminal'], text: string): void {
  if (text !== '') terminal.printError(text.replace(/\n$/, ''));
}

function textIn(files: Files, path: string): string {
  const text = files.readText(path);
  return text.ok ? text.value : '';
}

/** Files that get another name outside of the folder of hashes: people are told that. */
function copiesIn(
  graph: Graph,
  needed: ReadonlySet<ActionId>,
): ReadonlyMap<Action['outputs'][number], Action['outputs'][number]> {
  return new Map(
    [...needed].flatMap((id) => {
      const { rule, inputs, outputs } = graph.actions.get(id);
      const [from, to] = [inputs[0], outputs[0]];
      return rule === crateRule.product && from !== undefined && to !== undefined
        ? [[from, to] as const]
        : [];
    }),
  );
}
