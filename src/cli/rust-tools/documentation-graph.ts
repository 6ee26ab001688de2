import { posix } from 'node:path';
import { Rows } from '../../base/rows.ts';
import { quoteWords } from '../../base/shell-words.ts';
import type { Action, FileId, FileListId, Graph } from '../../graph/graph.ts';
import { crateRule } from '../../model/crate-rule.ts';
import { compilerVariables } from '../../plan/languages/rust/units/counted-variables.ts';
import {
  crateName,
  declaredCrates,
  keyOf,
  metadataHash,
  sourcesOf,
  type Unit,
} from './check-units.ts';
import {
  builtByDefault,
  type CheckGraph,
  checkAction,
  fileIds,
  outputsByMetadata,
  type WithMetadata,
  withMetadata,
  withMetadataOf,
  withWords,
} from './metadata-graph.ts';
import type { RustCrate } from './rust-crates.ts';

/**
 * The graph of a build in which rustdoc documents some crates: code is made for build scripts and procedural
 * macros, and of all other crates nothing but metadata.
 */
export function documentationGraph(
  graph: Graph,
  buildRoot: string,
  asked: readonly RustCrate[],
): CheckGraph {
  const crates = documented(asked);
  const looked = new Set(crates.map(keyOfCrate));
  const { files, actions, units, made, replaced, inputsOf } = withMetadataOf(graph, buildRoot);
  const isLooked = ({ command }: Unit): boolean => looked.has(keyOf(command.argv));
  for (const [unit, id] of made) {
    // rustdoc says what is to be said of those that it documents.
    const more = isLooked(unit) ? ['--cap-lints', 'allow'] : [];
    const check = checkAction(unit, { id, path: files.get(id), replaced, inputsOf });
    actions.add(withWords(check, (argv) => [...argv, ...more]));
  }
  const compiled = new Map(units.map((unit) => [keyOf(unit.command.argv), unit]));
  const declared = declaredCrates(graph);
  const toDocument = crates.map((crate): ToDocument => {
    const unit = compiled.get(keyOfCrate(crate));
    const args = withMetadata(crate.args, replaced);
    if (unit !== undefined)
      return { crate: { ...crate, args }, unit, inputs: inputsOf(unit.action) };
    const other = declared.get(keyOfCrate(crate));
    return other === undefined
      ? { crate, unit: undefined, inputs: builtByDefault(graph) }
      : { crate, unit: other, inputs: sourcesOf(graph, other) };
  });
  const fileLists = new Rows<FileListId, readonly FileId[]>([...graph.fileLists.values()]);
  addRustdoc(toDocument, { buildRoot, files, actions, fileLists });
  return {
    graph: { ...graph, files, actions, fileLists },
    goals: crates.map(pagePath),
    checked: outputsByMetadata(
      files,
      [...made].filter(([unit]) => !isLooked(unit)),
    ),
  };
}

interface ToDocument {
  readonly crate: RustCrate;
  /** What compiles it. Of a crate that no command is known of, nobody knows what it reads. */
  readonly unit: Unit | undefined;
  readonly inputs: readonly FileId[];
}

interface DocumentationTables extends Pick<WithMetadata, 'files' | 'actions'> {
  readonly buildRoot: string;
  readonly fileLists: Rows<FileListId, readonly FileId[]>;
}

function addRustdoc(
  crates: readonly ToDocument[],
  { buildRoot, files, actions, fileLists }: DocumentationTables,
): void {
  const fileId = fileIds(files);
  const pageOf = new Map<FileId, FileId>();
  for (const { crate, unit } of crates)
    for (const output of unit?.action.outputs ?? []) pageOf.set(output, fileId(pagePath(crate)));
  for (const { crate, unit, inputs } of crates) {
    const page = fileId(pagePath(crate));
    const pages = new Set(unit?.action.inputs.flatMap((input) => pageOf.get(input) ?? []));
    actions.add({
      rule: crateRule.document,
      description: `Documenting crate ${crate.displayName}`,
      work: rustdocCall(crate, buildRoot),
      inputs,
      // rustdoc links to the pages of other crates where these are there.
      orderOnly: [fileLists.add([...pages].filter((other) => other !== page))],
      outputs: [page, fileId(depfilePath(crate))],
      earlyOutputs: [],
      depfile: { path: depfilePath(crate), format: 'make' },
      alwaysRun: unit === undefined,
      removeOutputsFirst: false,
      // Of all its pages one is an output.
      leavesMore: true,
    });
  }
}

function keyOfCrate({ call }: RustCrate): string {
  return keyOf(call.args);
}

/** As with Cargo no tests and build scripts, and of two crates of one name the library. */
function documented(crates: readonly RustCrate[]): readonly RustCrate[] {
  const all = crates.filter(
    ({ isTest, displayName, call }) =>
      call.rustdoc !== false &&
      !isTest &&
      displayName !== '' &&
      !displayName.startsWith('build_script_'),
  );
  const libraries = all.filter((crate) => !isProgram(crate));
  const byName = new Map<string, RustCrate>();
  for (const crate of [...libraries, ...all.filter(isProgram)]) {
    const name = crateName(crate.args);
    if (!byName.has(name)) byName.set(name, crate);
  }
  return [...byName.values()];
}

function isProgram({ args }: RustCrate): boolean {
  return args.some(
    (word, at) =>
      word === '--crate-type=bin' || (word === 'bin' && args[at - 1] === '--crate-type'),
  );
}

function pagePath({ args }: RustCrate): string {
  return `doc/${crateName(args)}/index.html`;
}

/** Apart from the pages, which may be shown to others. */
function depfilePath({ args }: Pick<RustCrate, 'args'>): string {
  return `meson-private/rustdoc/${crateName(args)}-${metadataHash(args)}.d`;
}

/** What rustdoc does not know of rustc's arguments. */
const unknownToRustdoc = /^(-g|-l.*|-O)$/;

/**
 * rustdoc, and rustc for what was read: rustdoc itself tells that to nobody but who asks for what is unstable.
 */
function rustdocCall({ args, call, said }: RustCrate, buildRoot: string): Action['work'] {
  const { compiler, source, rustdoc: flags, cwd, environment } = call;
  const words = [...args.filter((word) => !unknownToRustdoc.test(word)), source];
  const rustdoc = [
    ...[compiler.replace(/rustc$/, 'rustdoc'), '--color=always', ...words],
    ...['--document-private-items', ...(flags || []), '-o', posix.join(buildRoot, 'doc')],
  ];
  const depfile = posix.join(buildRoot, depfilePath({ args }));
  const reads = [
    ...[compiler, ...words, '--cfg', 'doc', '--cap-lints', 'allow'],
    ...['--emit', `dep-info=${depfile}`],
  ];
  const commands = [
    ...(said === undefined ? [] : [`. ${quoteWords([said.variables])}`]),
    quoteWords(rustdoc),
    quoteWords(reads),
  ];
  const argv = ['sh', '-c', commands.join(' && ')];
  return { kind: 'command', argv, cwd, environment: compilerVariables(environment) };
}
