import type { ActionId, Graph } from '../../graph/graph.ts';
import { declaredCrates, keyOf, sourcesOf, type Unit } from './check-units.ts';
import { asClippy, clippyLook, type Look } from './clippy-look.ts';
import {
  builtByDefault,
  type CheckGraph,
  checkAction,
  fileIds,
  outputsByMetadata,
  withMetadataOf,
} from './metadata-graph.ts';

/** The same where clippy is the one who makes the metadata of the crates that it looks at, as with Cargo. */
export interface ClippyGraph extends CheckGraph {
  /** The actions that look at the crates, in their order. */
  readonly looks: readonly ActionId[];
}

/** The graph of a build in which clippy looks at some crates. */
export function clippyGraph(graph: Graph, buildRoot: string, asked: readonly Look[]): ClippyGraph {
  const byKey = new Map(asked.map((one) => [keyOf(one.crate.call.args), one]));
  const isLooked = ({ command }: Unit): boolean => byKey.has(keyOf(command.argv));
  const { files, actions, made, replaced, inputsOf } = withMetadataOf(graph, buildRoot, isLooked);
  const fileId = fileIds(files);
  const looks = new Map<string, ActionId>();
  for (const [unit, id] of made) {
    const key = keyOf(unit.command.argv);
    const look = byKey.get(key);
    const check = checkAction(unit, { id, path: files.get(id), replaced, inputsOf });
    const added = actions.add(look === undefined ? check : asClippy(check, look, fileId));
    if (look !== undefined) looks.set(key, added);
  }
  const declared = declaredCrates(graph);
  const ids = asked.map(({ crate, clippy }) => {
    const key = keyOf(crate.call.args);
    const look = looks.get(key);
    if (look !== undefined) return look;
    const unit = declared.get(key);
    // Of a crate that no command is known of, nobody knows what it reads.
    const inputs = unit === undefined ? builtByDefault(graph) : sourcesOf(graph, unit);
    const isKnown = unit !== undefined;
    return actions.add(clippyLook({ crate, clippy }, { buildRoot, inputs, isKnown, fileId }));
  });
  return {
    graph: { ...graph, files, actions },
    goals: ids.flatMap((id) => actions.get(id).outputs.map((file) => files.get(file))),
    checked: outputsByMetadata(files, made),
    looks: ids,
  };
}
