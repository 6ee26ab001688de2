import { parseJson } from '../../base/parse-json.ts';
import type { Listener } from '../../events/event.ts';
import { sanitize } from '../../events/sanitize.ts';
import type { Action, ActionId, Graph } from '../../graph/graph.ts';
import { neededActions } from '../../graph/needed-actions.ts';
import type { Files } from '../../host/host.ts';
import { crateRule } from '../../model/crate-rule.ts';
import { privateFolder } from '../../store/setup/setup-state.ts';
import { diagnosticsFromText } from './diagnostics-from-text.ts';
import { type FutureBreakage, futureBreakage } from './future-breakage.ts';

/**
 * What rustc and build scripts said of a workspace's crates: as with Cargo, each build says it again of
 * those that need not be made again.
 */
export interface KeptWarnings {
  /** Hears what is said now, and passes it on. */
  readonly listener: Listener;
  /** Writes down what was heard; true where it is other than before. */
  readonly keep: () => boolean;
  /** What all crates that the build needs have said; those that were heard just now left out. */
  readonly unheard: () => string;
  /** What all of a build without named goals have said. */
  readonly all: () => string;
  /** What crates that the build needs do that a later rustc will refuse. */
  readonly breakage: () => readonly FutureBreakage[];
  /** What an action said when it last ran. */
  readonly of: (action: ActionId) => KeptSaid;
}

/** The build whose words are kept. */
export interface KeptWarningsOf {
  readonly buildRoot: string;
  readonly graph: Graph;
  /** Of the build at hand. */
  readonly goals?: readonly string[];
  /** How people read what was said. */
  readonly shown?: ((said: KeptSaid) => string) | undefined;
}

/** What rustc said of a crate. */
export interface KeptSaid {
  /** As people read it. */
  readonly text: string;
  /** As rustc writes it for programs, a line each. */
  readonly diagnostics: string;
}

const nothing: KeptSaid = { text: '', diagnostics: '' };

/** Kinds of work whose words are kept: what a project's own build file compiles is not Cargo's. */
const rules = new Set<string>([crateRule.compile, crateRule.script, crateRule.document]);

/** Reads what was kept, and keeps what this build says; `next` is told all events. */
export function keptWarnings(
  files: Files,
  { buildRoot, graph, goals = [], shown = ({ text }) => text }: KeptWarningsOf,
  next: Listener,
): KeptWarnings {
  const path = `${buildRoot}/${privateFolder}/kaon-warnings.json`;
  const kept = readKept(files, path);
  const heard = new Set<ActionId>();
  let isOther = false;
  const text = (isWanted: (id: ActionId) => boolean, how: typeof shown): string =>
    kept.size === 0
      ? ''
      : [...graph.actions.entries()]
          .filter(([id, action]) => rules.has(action.rule) && isWanted(id))
          .map(([, action]) => how(kept.get(nameOf(graph, action)) ?? nothing))
          .join('');
  const needed = (by: readonly string[]): ReadonlySet<ActionId> =>
    kept.size === 0 ? new Set() : neededActions(graph, by);
  /** What is not there is made again before it is spoken of. */
  const forgetGone = (): void => {
    const now = new Set([...heard].map((id) => nameOf(graph, graph.actions.get(id))));
    for (const name of kept.keys())
      if (!now.has(name) && !files.exists(`${buildRoot}/${name}`)) kept.delete(name);
  };
  return {
    listener: (event) => {
      if (event.kind === 'action-finished') {
        const action = graph.actions.get(event.action);
        const name = nameOf(graph, action);
        const { text, diagnostics } = kept.get(name) ?? nothing;
        const said = { text: event.output, diagnostics: event.diagnostics ?? '' };
        if (rules.has(action.rule) && (text !== said.text || diagnostics !== said.diagnostics)) {
          isOther = true;
          if (said.text === '' && said.diagnostics === '') kept.delete(name);
          else kept.set(name, said);
        }
        heard.add(event.action);
      }
      next(event);
    },
    keep: () => {
      if (isOther) forgetGone();
      if (isOther && kept.size === 0) files.remove(path);
      else if (isOther) files.replace(path, writtenKept(kept));
      return isOther;
    },
    unheard: () => {
      const ids = needed(goals);
      return text((id) => ids.has(id) && !heard.has(id), shown);
    },
    all: () => {
      const ids = needed([]);
      return sanitize(
        text(
          (id) => ids.has(id),
          (said) => said.text,
        ),
        { colors: false },
      );
    },
    breakage: () =>
      [...needed(goals)].flatMap((id) => {
        const action = graph.actions.get(id);
        if (action.tellsBreakage !== true) return [];
        const said = kept.get(nameOf(graph, action))?.diagnostics ?? '';
        return futureBreakage(action.description, said) ?? [];
      }),
    of: (id) => {
      const action = graph.actions.get(id);
      const said = kept.get(nameOf(graph, action)) ?? nothing;
      const isCompiler = said.diagnostics === '' && action.rule === crateRule.compile;
      return isCompiler ? { ...said, diagnostics: diagnosticsFromText(said.text) } : said;
    },
  };
}

/** Its first output: that has the unit's hash in its name. */
function nameOf({ files }: Graph, { outputs: [first] }: Action): string {
  return first === undefined ? '' : files.get(first);
}

function writtenKept(kept: ReadonlyMap<string, KeptSaid>): string {
  const entries = [...kept].map(([name, { text, diagnostics }]) => [name, text, diagnostics]);
  return `${JSON.stringify(entries)}\n`;
}

function readKept(files: Files, path: string): Map<string, KeptSaid> {
  const read = files.isFile(path) ? files.readText(path) : undefined;
  const entries = read?.ok === true ? parseJson(read.value) : undefined;
  return new Map(
    (Array.isArray(entries) ? entries : []).flatMap((entry: unknown) => {
      const [name, text, diagnostics = ''] = Array.isArray(entry) ? entry : [];
      const isRead = [name, text, diagnostics].every((one) => typeof one === 'string');
      return isRead ? [[name, { text, diagnostics }] as const] : [];
    }),
  );
}
