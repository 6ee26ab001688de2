import { posix } from 'node:path';
import type { Action, Command, FileId, Graph } from '../../graph/graph.ts';
import { crateRule } from '../../model/crate-rule.ts';

/** An action that compiles a crate. */
export interface Unit {
  readonly action: Action;
  readonly command: Command;
}

/** The crates that Cargo's rules compile. */
export function unitsOf(graph: Graph): readonly Unit[] {
  return [...graph.actions.values()].flatMap((action) =>
    action.rule === crateRule.compile && action.work.kind === 'command'
      ? [{ action, command: action.work }]
      : [],
  );
}

/** Crates that build files declare, by what tells them apart; none that two commands may mean. */
export function declaredCrates(graph: Graph): ReadonlyMap<string, Unit> {
  const found = new Map<string, Unit | undefined>();
  for (const action of graph.actions.values()) {
    const { work, rule } = action;
    if (work.kind !== 'command' || rule === crateRule.compile) continue;
    if (!work.argv.includes('--crate-name') || metadataHash(work.argv) === '') continue;
    const key = keyOf(work.argv);
    found.set(key, found.has(key) ? undefined : { action, command: work });
  }
  return new Map([...found].flatMap(([key, unit]) => (unit === undefined ? [] : [[key, unit]])));
}

/** What such a crate is read from: sources and other crates, but nothing that it is only linked with. */
export function sourcesOf(graph: Graph, { action, command: { argv } }: Unit): readonly FileId[] {
  const named = argv.filter((_word, at) => argv[at - 1] === '--extern');
  const crates = new Set(named.map((word) => word.slice(word.indexOf('=') + 1)));
  const before = action.orderOnly.flatMap((list) => graph.fileLists.get(list));
  return [...action.inputs, ...before].filter((input) => {
    const path = graph.files.get(input);
    return crates.has(path) || !/\.(?:a|o|lib|obj|dll|dylib|so(?:\.[\d.]+)?)$/.test(path);
  });
}

/** What tells one crate's call from all others. */
export function keyOf(argv: readonly string[]): string {
  return [crateName(argv), metadataHash(argv)].join('\0');
}

/** The name that a call of rustc gives its crate; empty where it gives none. */
export function crateName(argv: readonly string[]): string {
  return argv[argv.indexOf('--crate-name') + 1] ?? '';
}

/** What a call of rustc tells its crate from others of the same name by (`-C metadata`); empty where it does not. */
export function metadataHash(argv: readonly string[]): string {
  return (argv.find((word) => word.startsWith('metadata=')) ?? '').slice('metadata='.length);
}

/** Whether others can name a crate: not one that runs in the compiler, nor a program. */
export function isLibrary({ command: { argv } }: Unit): boolean {
  const types = argv.filter((_word, at) => argv[at - 1] === '--crate-type');
  return types.some((type) => type === 'lib' || type === 'rlib' || type === 'dylib');
}

/** Where its metadata go, where nothing else is made of a crate; the mark tells who makes them. */
export function metadataOf(
  graph: Graph,
  { action: { outputs }, command: { argv } }: Unit,
  mark: string,
): string | undefined {
  const [output] = outputs;
  if (output === undefined) return undefined;
  const name = `lib${crateName(argv)}-${metadataHash(argv)}${mark}.rmeta`;
  return posix.join(posix.dirname(graph.files.get(output)), name);
}
