import { posix } from 'node:path';
import { Rows } from '../../base/rows.ts';
import type { Action, ActionId, FileId, Graph } from '../../graph/graph.ts';
import {
  crateName,
  isLibrary,
  metadataHash,
  metadataOf,
  type Unit,
  unitsOf,
} from './check-units.ts';

/** What has to be built where a tool looks at crates, for which no code is made of them. */
export interface CheckGraph {
  /** The build's graph, beside each library that crates can name an action that makes its metadata alone, and the tool's. */
  readonly graph: Graph;
  /** Files to ask for. */
  readonly goals: readonly string[];
  /** The output that crates would have, by their metadata. Those that the tool looks at itself are none of them. */
  readonly checked: ReadonlyMap<string, string>;
}

/** What the default goal and the tests need. */
export function builtByDefault(graph: Graph): readonly FileId[] {
  return ['all', 'meson-test-prereq'].flatMap((name) => graph.goals.get(name)?.files ?? []);
}

/** Numbers of files that may be new to the graph. */
export function fileIds(files: Rows<FileId, string>): (path: string) => FileId {
  const ids = new Map([...files.entries()].map(([id, path]) => [path, id]));
  return (path) => {
    const id = ids.get(path) ?? files.add(path);
    ids.set(path, id);
    return id;
  };
}

/** A graph in which crates that are named by others have metadata beside their code; open for more actions. */
export interface WithMetadata {
  readonly files: Rows<FileId, string>;
  readonly actions: Rows<ActionId, Action>;
  readonly units: readonly Unit[];
  /** The metadata of crates that are to have such an action. */
  readonly made: ReadonlyMap<Unit, FileId>;
  /** Metadata by the library that they stand for, absolute. */
  readonly replaced: ReadonlyMap<string, string>;
  readonly inputsOf: (action: Action) => readonly FileId[];
}

/** The tables of a graph, with metadata for libraries, and for other crates that are looked at. */
export function withMetadataOf(
  graph: Graph,
  buildRoot: string,
  isLooked: (unit: Unit) => boolean = () => false,
): WithMetadata {
  const files = new Rows<FileId, string>([...graph.files.values()]);
  const actions = new Rows<ActionId, Action>([...graph.actions.values()]);
  const units = unitsOf(graph);
  const instead = new Map<FileId, FileId>();
  const replaced = new Map<string, string>();
  const made = new Map<Unit, FileId>();
  for (const unit of units) {
    if (!isLibrary(unit) && !isLooked(unit)) continue;
    const metadata = metadataOf(graph, unit, isLooked(unit) ? marks.clippy : marks.rustc);
    if (metadata === undefined) continue;
    const id = files.add(metadata);
    made.set(unit, id);
    for (const output of isLibrary(unit) ? unit.action.outputs : []) {
      instead.set(output, id);
      replaced.set(posix.join(buildRoot, files.get(output)), posix.join(buildRoot, metadata));
    }
  }
  const inputsOf = ({ inputs }: Action): readonly FileId[] => [
    ...new Set(inputs.map((input) => instead.get(input) ?? input)),
  ];
  return { files, actions, units, made, replaced, inputsOf };
}

/**
 * What stands behind the hash of a crate that is only checked: it must not be taken for the one with code,
 * nor that of one tool for that of another.
 */
const marks = { rustc: 'c', clippy: 'k' } as const;

/** The file with code that each metadata stands for, as the graph names both. */
export function outputsByMetadata(
  files: Rows<FileId, string>,
  made: Iterable<readonly [Unit, FileId]>,
): ReadonlyMap<string, string> {
  return new Map(
    [...made].flatMap(([{ action }, id]) => {
      const [output] = action.outputs;
      return output === undefined ? [] : [[files.get(id), files.get(output)] as const];
    }),
  );
}

/** Where the metadata of a crate goes, and what others have in the place of their libraries. */
interface Checked extends Pick<WithMetadata, 'replaced' | 'inputsOf'> {
  readonly id: FileId;
  readonly path: string;
}

/** The action that makes a crate's metadata and no code, as `cargo check` has it. */
export function checkAction(unit: Unit, { id, path, replaced, inputsOf }: Checked): Action {
  const { action, command } = unit;
  const { argv, response } = command;
  const name = crateName(argv);
  const hash = metadataHash(argv);
  const marked = posix.basename(path, '.rmeta').slice(`lib${name}-`.length);
  const own = argv.flatMap((word, at) => {
    if (word === `metadata=${hash}`)
      return [`metadata=${marked}`, '-C', `extra-filename=-${marked}`];
    if (word.startsWith('extra-filename=') || argv[at + 1]?.startsWith('extra-filename='))
      return [];
    return [word.startsWith('--emit=') ? '--emit=dep-info,metadata' : word];
  });
  return {
    ...action,
    description: action.description.replace(/^Compiling/, 'Checking'),
    work: {
      ...command,
      argv: withMetadata(own, replaced),
      ...(response !== undefined && { response: { ...response, path: `${path}.rsp` } }),
    },
    inputs: inputsOf(action),
    outputs: [id],
    earlyOutputs: [],
    depfile: { path: posix.join(posix.dirname(path), `${name}-${marked}.d`), format: 'make' },
  };
}

/** An action with other words in its command. */
export function withWords(
  action: Action,
  change: (argv: readonly string[]) => readonly string[],
): Action {
  const { work } = action;
  return work.kind === 'command'
    ? { ...action, work: { ...work, argv: change(work.argv) } }
    : action;
}

/** Arguments that name metadata in the place of libraries, and ask for nothing that only code has. */
export function withMetadata(
  args: readonly string[],
  replaced: ReadonlyMap<string, string>,
): readonly string[] {
  return args.flatMap((word, at) => {
    if (isForCode(word) && args[at - 1] === '-C') return [];
    if (word === '-C' && isForCode(args[at + 1] ?? '')) return [];
    if (args[at - 1] !== '--extern') return [word];
    const [name = ''] = word.split('=', 1);
    const metadata = replaced.get(word.slice(name.length + 1));
    return [metadata === undefined ? word : `${name}=${metadata}`];
  });
}

function isForCode(word: string): boolean {
  return /^(lto|lto=.*|linker-plugin-lto|embed-bitcode=.*|strip=.*)$/.test(word);
}
