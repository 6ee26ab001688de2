import { posix } from 'node:path';
import { type ProjectPlaces, pathInside } from '../place-path.ts';
import type { CmakeRow, CommandWord } from '../project.ts';
import type { Trace } from '../trace/trace-facts.ts';
import type { CustomDraft, Draft } from './drafts.ts';
import { configuredProperty } from './imported-location.ts';
import { aliased } from './target-alias.ts';
import type { TargetMap } from './target-map.ts';

export interface CustomWorld {
  readonly map: TargetMap;
  readonly places: ProjectPlaces;
  readonly trace: Trace;
  readonly isDebug: boolean;
  /** Names of outputs that are taken. */
  readonly taken: Set<string>;
  /** For a name that is taken. */
  readonly nextOutput: () => string;
  /** A name for an empty header that hides none of the project's own. */
  readonly emptyHeader: (name: string) => string;
  /** What starts programs of the host machine, where this one cannot. */
  readonly runner: readonly string[];
}

/** Finds what a custom command's words, inputs and dependencies stand for. */
export function finishCustom(draft: CustomDraft, world: CustomWorld): void {
  draft.outputs = draft.outputs.map((name) => {
    const own = world.taken.has(name) ? `${world.nextOutput()}_${name}` : name;
    world.taken.add(own);
    return own;
  });
  // Others may depend on it all the same. As a header it is no source that has to be compiled.
  if (draft.outputs.length === 0) draft.outputs = [world.emptyHeader(draft.name)];
  draft.commands = draft.command.commands
    .map((words) => words.filter((word) => word !== '').flatMap((word) => wordOf(word, world)))
    .filter((words) => words.length > 0);
  for (const name of draft.command.depends) if (name !== '') depend(draft, name, world);
  for (const word of draft.commands.flat())
    if (typeof word === 'object' && 'parts' in word)
      for (const part of word.parts) if (typeof part === 'object') draft.depends.push(part.target);
}

function wordOf(
  word: string,
  { map, trace, isDebug, runner }: CustomWorld,
): readonly CommandWord[] {
  const own = map.executable(aliased(trace, word));
  if (own !== undefined) return [...runner, { target: own.row }];
  const parts = map
    .parts(word)
    .map((part) => (typeof part === 'string' ? part : { target: part.row }));
  const [first] = parts;
  if (parts.length === 1 && typeof first === 'object') return [first];
  if (parts.some((part) => typeof part === 'object')) return [{ parts }];
  const target = trace.targets.get(word);
  const program =
    target?.type === 'EXECUTABLE'
      ? configuredProperty(target, 'IMPORTED_LOCATION', { isDebug })
      : undefined;
  return program ?? [word];
}

/** Files that are there come first: their names may be those of targets too. */
function depend(draft: CustomDraft, name: string, world: CustomWorld): void {
  const { map, places, trace } = world;
  const path = posix.resolve(draft.command.sourceDir, name);
  const inside = pathInside(places.files, places.projectDir, path);
  if (inside !== undefined && places.files.isFile(path)) {
    draft.inputs.push(inside);
    return;
  }
  const made = map.exactOutput(posix.resolve(draft.binaryDir, name));
  const target =
    made === undefined ? (map.artifact(name) ?? map.target(aliased(trace, name))) : undefined;
  if (target !== undefined) draft.depends.push(target.row);
  else {
    const output = made ?? map.output(name, draft.binaryDir);
    if (output !== undefined && output.row !== draft.row) draft.inputs.push(output);
  }
}

/** Takes over what interface libraries depend on, since they are nothing that could be built. */
export function throughInterfaces(
  depends: readonly CmakeRow[],
  drafts: readonly Draft[],
): CmakeRow[] {
  const pending = [...depends];
  const result = new Set<CmakeRow>();
  const seen = new Set<CmakeRow>();
  for (let at = 0; at < pending.length; at++) {
    const row = pending[at];
    if (row === undefined || seen.has(row)) continue;
    seen.add(row);
    const draft = drafts[row];
    if (draft?.kind === 'build' && draft.function === 'header_only') pending.push(...draft.depends);
    else result.add(row);
  }
  return [...result];
}
