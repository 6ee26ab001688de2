import { posix } from 'node:path';
import { Rows } from '../../base/rows.ts';
import type { Action, ActionId, Command, FileId, Graph } from '../../graph/graph.ts';
import type { RustCrate } from './rust-crates.ts';

/** What has to be built before a tool looks at crates without making any code of them. */
export interface CheckGraph {
  /** The build's graph, and beside each library that crates can name an action that makes its metadata alone. */
  readonly graph: Graph;
  /** Files to ask for. */
  readonly goals: readonly string[];
  /** The crates, with the metadata in the place of libraries. */
  readonly crates: readonly RustCrate[];
  /** The output that crates would have, by their metadata. Those that the tool looks at itself are none of them. */
  readonly checked: ReadonlyMap<string, string>;
  /** Whether the graph has all these crates. */
  readonly isWhole: boolean;
}

/**
 * The graph that a check of some crates needs, as `cargo check` has it: code is made for build scripts and
 * procedural macros, and of all other crates nothing but metadata.
 */
export function checkGraph(
  graph: Graph,
  buildRoot: string,
  crates: readonly RustCrate[],
): CheckGraph {
  const files = new Rows<FileId, string>([...graph.files.values()]);
  const actions = new Rows<ActionId, Action>([...graph.actions.values()]);
  const units = [...graph.actions.values()].flatMap((action) => unitOf(action) ?? []);
  const checked = new Map<FileId, FileId>();
  const replaced = new Map<string, string>();
  for (const unit of units) {
    const metadata = metadataOf(graph, unit);
    if (metadata === undefined) continue;
    const id = files.add(metadata);
    for (const output of unit.action.outputs) {
      checked.set(output, id);
      replaced.set(posix.join(buildRoot, files.get(output)), posix.join(buildRoot, metadata));
    }
  }
  const looked = new Set(crates.map(({ call }) => keyOf(call.args)));
  const others = units.filter(({ command }) => !looked.has(keyOf(command.argv)));
  const inputsOf = ({ inputs }: Action) => [
    ...new Set(inputs.map((input) => checked.get(input) ?? input)),
  ];
  for (const unit of units) {
    const [output] = unit.action.outputs;
    const metadata = output === undefined ? undefined : checked.get(output);
    if (metadata !== undefined)
      actions.add(
        checkAction(unit, { metadata, path: files.get(metadata), replaced, inputsOf, looked }),
      );
  }
  const known = new Map(units.map((unit) => [keyOf(unit.command.argv), unit]));
  const wanted = crates.map(({ call }) => known.get(keyOf(call.args)));
  const declared = otherCrates(graph);
  const ofBuildFiles = crates.map(({ call }) => declared.get(keyOf(call.args)));
  const made = new Set([...actions.values()].flatMap(({ outputs }) => outputs));
  const goals = new Set([
    ...wanted.flatMap((unit) => (unit === undefined ? [] : inputsOf(unit.action))),
    ...ofBuildFiles.flatMap((unit) => (unit === undefined ? [] : sourcesOf(graph, unit))),
  ]);
  return {
    graph: { ...graph, files, actions },
    goals: [...goals].filter((id) => made.has(id)).map((id) => files.get(id)),
    crates: crates.map((crate, at) =>
      wanted[at] === undefined ? crate : { ...crate, args: withMetadata(crate.args, replaced) },
    ),
    checked: new Map(
      others.flatMap(
        ({
          action: {
            outputs: [output],
          },
        }) => {
          const metadata = output === undefined ? undefined : checked.get(output);
          return output === undefined || metadata === undefined
            ? []
            : [[files.get(metadata), files.get(output)] as const];
        },
      ),
    ),
    isWhole: crates.every(
      (_crate, at) => wanted[at] !== undefined || ofBuildFiles[at] !== undefined,
    ),
  };
}

interface Unit {
  readonly action: Action;
  readonly command: Command;
}

/** A crate that Cargo's rules compile. */
function unitOf(action: Action): Unit | undefined {
  const { rule, work } = action;
  return rule === 'rust_UNIT' && work.kind === 'command' ? { action, command: work } : undefined;
}

/** Crates that build files declare, by what tells them apart; none that two commands may mean. */
function otherCrates(graph: Graph): ReadonlyMap<string, Unit> {
  const found = new Map<string, Unit | undefined>();
  for (const action of graph.actions.values()) {
    const { work, rule } = action;
    if (work.kind !== 'command' || rule === 'rust_UNIT') continue;
    if (!work.argv.includes('--crate-name') || metadataHash(work.argv) === '') continue;
    const key = keyOf(work.argv);
    found.set(key, found.has(key) ? undefined : { action, command: work });
  }
  return new Map([...found].flatMap(([key, unit]) => (unit === undefined ? [] : [[key, unit]])));
}

/** What such a crate is read from: sources and other crates, but nothing that it is only linked with. */
function sourcesOf(graph: Graph, { action, command: { argv } }: Unit): readonly FileId[] {
  const named = argv.filter((_word, at) => argv[at - 1] === '--extern');
  const crates = new Set(named.map((word) => word.slice(word.indexOf('=') + 1)));
  const before = action.orderOnly.flatMap((list) => graph.fileLists.get(list));
  return [...action.inputs, ...before].filter((input) => {
    const path = graph.files.get(input);
    return crates.has(path) || !/\.(?:a|o|lib|obj|dll|dylib|so(?:\.[\d.]+)?)$/.test(path);
  });
}

/** What tells one crate's call from all others. */
function keyOf(argv: readonly string[]): string {
  return [after(argv, '--crate-name'), metadataHash(argv)].join('\0');
}

function metadataHash(argv: readonly string[]): string {
  return (argv.find((word) => word.startsWith('metadata=')) ?? '').slice('metadata='.length);
}

function after(argv: readonly string[], option: string): string {
  return argv[argv.indexOf(option) + 1] ?? '';
}

/** Where the metadata go of a crate that others can name; not of one that runs in the compiler. */
function metadataOf(graph: Graph, { action, command: { argv } }: Unit): string | undefined {
  const types = argv.filter((_word, at) => argv[at - 1] === '--crate-type');
  const isLibrary = types.some((type) => type === 'lib' || type === 'rlib' || type === 'dylib');
  const [output] = action.outputs;
  if (!isLibrary || output === undefined) return undefined;
  const name = `lib${after(argv, '--crate-name')}-${metadataHash(argv)}${mark}.rmeta`;
  return posix.join(posix.dirname(graph.files.get(output)), name);
}

/** Stands behind the hash of a crate that is only checked: it must not be taken for the one with code. */
const mark = 'c';

interface Checked {
  readonly metadata: FileId;
  readonly path: string;
  readonly replaced: ReadonlyMap<string, string>;
  readonly inputsOf: (action: Action) => readonly FileId[];
  /** Crates that the tool looks at itself: it says what is to be said of them. */
  readonly looked: ReadonlySet<string>;
}

function checkAction(
  { action, command }: Unit,
  { metadata, path, replaced, inputsOf, looked }: Checked,
): Action {
  const { argv, response } = command;
  const hash = metadataHash(argv);
  const own = argv.flatMap((word, at) => {
    if (word === `metadata=${hash}`)
      return [`${word}${mark}`, '-C', `extra-filename=-${hash}${mark}`];
    if (word.startsWith('extra-filename=') || argv[at + 1]?.startsWith('extra-filename='))
      return [];
    return [word.startsWith('--emit=') ? '--emit=dep-info,metadata' : word];
  });
  const quiet = looked.has(keyOf(argv)) ? ['--cap-lints', 'allow'] : [];
  const stem = posix.join(posix.dirname(path), posix.basename(path, '.rmeta').slice('lib'.length));
  return {
    ...action,
    description: action.description.replace(/^Compiling/, 'Checking'),
    work: {
      ...command,
      argv: [...withMetadata(own, replaced), ...quiet],
      ...(response !== undefined && { response: { ...response, path: `${path}.rsp` } }),
    },
    inputs: inputsOf(action),
    outputs: [metadata],
    earlyOutputs: [],
    depfile: { path: `${stem}.d`, format: 'make' },
  };
}

/** Arguments that name metadata in the place of libraries, and ask for nothing that only code has. */
function withMetadata(
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
