import { parseJson } from '../../base/parse-json.ts';
import type { Listener } from '../../events/event.ts';
import { sanitize } from '../../events/sanitize.ts';
import type { Action, ActionId, Graph } from '../../graph/graph.ts';
import type { Files } from '../../host/host.ts';
import { privateFolder } from '../../store/setup-state.ts';

/**
 * What rustc and build scripts said of a workspace's crates: as with Cargo, each build says it again of
 * those that need not be made again.
 */
export interface KeptWarnings {
  /** Hears what is said now, and passes it on. */
  readonly listener: Listener;
  /** Writes down what was heard; true where it is other than before. */
  readonly keep: () => boolean;
  /** What all crates of a build without named goals have said; those that were heard just now left out. */
  readonly unheard: () => string;
  readonly all: () => string;
}

/** Kinds of work whose words are kept: what a project's own build file compiles is not Cargo's. */
const rules = new Set(['rust_UNIT', 'rust_BUILD_SCRIPT']);

export function keptWarnings(
  files: Files,
  { buildRoot, graph }: { readonly buildRoot: string; readonly graph: Graph },
  next: Listener,
): KeptWarnings {
  const path = `${buildRoot}/${privateFolder}/kaon-warnings.json`;
  const kept = readKept(files, path);
  const heard = new Set<ActionId>();
  let isOther = false;
  const text = (isWanted: (id: ActionId) => boolean): string =>
    kept.size === 0
      ? ''
      : [...graph.actions.entries()]
          .filter(([id, action]) => rules.has(action.rule) && isWanted(id))
          .map(([, action]) => kept.get(nameOf(graph, action)) ?? '')
          .join('');
  const wanted = (): ReadonlySet<ActionId> => (kept.size === 0 ? new Set() : neededByAll(graph));
  return {
    listener: (event) => {
      if (event.kind === 'action-finished') {
        const action = graph.actions.get(event.action);
        const name = nameOf(graph, action);
        if (rules.has(action.rule) && (kept.get(name) ?? '') !== event.output) {
          isOther = true;
          if (event.output === '') kept.delete(name);
          else kept.set(name, event.output);
        }
        heard.add(event.action);
      }
      next(event);
    },
    keep: () => {
      if (isOther && kept.size === 0) files.remove(path);
      else if (isOther) files.replace(path, `${JSON.stringify([...kept])}\n`);
      return isOther;
    },
    unheard: () => {
      const ids = wanted();
      return text((id) => ids.has(id) && !heard.has(id));
    },
    all: () => {
      const ids = wanted();
      return sanitize(
        text((id) => ids.has(id)),
        { colors: false },
      );
    },
  };
}

/** Its first output: that has the unit's hash in its name. */
function nameOf({ files }: Graph, { outputs: [first] }: Action): string {
  return first === undefined ? '' : files.get(first);
}

function readKept(files: Files, path: string): Map<string, string> {
  const read = files.isFile(path) ? files.readText(path) : undefined;
  const pairs = read?.ok === true ? parseJson(read.value) : undefined;
  return new Map(
    (Array.isArray(pairs) ? pairs : []).flatMap((pair: unknown) =>
      Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'string'
        ? [[pair[0], pair[1]] as const]
        : [],
    ),
  );
}

/** All that a build without named goals needs. */
function neededByAll(graph: Graph): ReadonlySet<ActionId> {
  const makers = new Map(
    [...graph.actions.entries()].flatMap(([id, { outputs }]) => outputs.map((file) => [file, id])),
  );
  const goal = graph.goals.get('all');
  const needed = new Set<ActionId>();
  const pending = [
    ...(goal?.actions ?? []),
    ...(goal?.files ?? []).map((file) => makers.get(file)),
  ];
  for (let id = pending.pop(); pending.length > 0 || id !== undefined; id = pending.pop()) {
    if (id === undefined || needed.has(id)) continue;
    needed.add(id);
    const { inputs, orderOnly } = graph.actions.get(id);
    const before = [...inputs, ...orderOnly.flatMap((list) => graph.fileLists.get(list))];
    pending.push(...before.map((file) => makers.get(file)));
  }
  return needed;
}
