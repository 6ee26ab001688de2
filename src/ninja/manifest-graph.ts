import { topologicalOrder } from '../base/order.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type Diagnostic, plainError } from '../diag/diagnostic.ts';
import type { Action, Command, FileId, Graph, PoolId } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import {
  allInputs,
  allOutputs,
  type Edge,
  edgesByOutput,
  isPhony,
  type Manifest,
} from './manifest.ts';

/** What a graph cannot say of a manifest by itself. */
export interface ManifestFacts {
  /** Whether a file is there that nothing makes: a phony without inputs is only dirty where it is not. */
  readonly exists: (path: string) => boolean;
  /** Edges that run whatever was recorded of them. */
  readonly forced?: ReadonlySet<Edge>;
}

/**
 * A manifest as a graph. Phony edges become goals, and whoever reads one reads what it stands for.
 * Outputs need not be made, as ninja does not look whether they were.
 */
export function manifestGraph(
  manifest: Manifest,
  { exists, forced }: ManifestFacts,
): Result<Graph, Diagnostic> {
  const found = standIns(manifest, exists);
  if (!found.ok) return found;
  const stand = found.value;
  const builder = new GraphBuilder();
  const pools = new Map<string, PoolId>();
  for (const [name, depth] of manifest.pools) {
    // A depth of 0 is no limit.
    if (depth > 0) pools.set(name, builder.pool({ name, depth, console: name === 'console' }));
  }
  const ids = (paths: readonly string[]): readonly FileId[] =>
    [...new Set(paths)].map((path) => builder.file(path));
  const files = (paths: readonly string[]): readonly FileId[] =>
    ids(paths.flatMap((path) => stand(path).paths));
  const all = (paths: readonly string[]): readonly FileId[] =>
    ids(paths.flatMap((path) => [...stand(path).paths, ...stand(path).first]));
  const byOutput = edgesByOutput(manifest);
  for (const edge of manifest.edges) {
    if (isPhony(edge)) continue;
    const isLost = (path: string): boolean =>
      edge.told?.includes(path) === true && !byOutput.has(path) && !exists(path);
    const wanted = [...edge.inputs, ...edge.implicitInputs];
    const inputs = wanted.filter((path) => !isLost(path));
    const pool = pools.get(edge.pool);
    const first = [...all(edge.orderOnly), ...ids(inputs.flatMap((path) => stand(path).first))];
    const action: Action = {
      rule: edge.rule,
      description: edge.description === '' ? edge.command : edge.description,
      work: commandOf(edge),
      inputs: files(inputs),
      orderOnly: first.length === 0 ? [] : [builder.fileList([...new Set(first)])],
      outputs: allOutputs(edge).map((path) => builder.file(path)),
      earlyOutputs: [],
      ...inputsTold(edge),
      ...(pool !== undefined && { pool }),
      alwaysRun:
        forced?.has(edge) === true ||
        inputs.length < wanted.length ||
        inputs.some((path) => stand(path).dirty),
      removeOutputsFirst: false,
      outputsOptional: true,
      ...(edge.generator && { anyCommand: true }),
    };
    builder.add(action);
  }
  addGoals(builder, manifest, all);
  return ok(builder.build());
}

function commandOf({ command, rspfile: path, rspfileContent: content }: Edge): Command {
  const given = path === '' ? {} : { given: { path, content } };
  return { kind: 'command', argv: ['/bin/sh', '-c', command], environment: [], ...given };
}

/**
 * Where the command tells of further inputs. A depfile that nobody said what to do with stays, as with ninja,
 * and where there is none the command runs each time.
 */
function inputsTold({ depfile: path, deps, msvcDepsPrefix }: Edge): Partial<Action> {
  if (deps === 'msvc') return { includeLines: msvcDepsPrefix || 'Note: including file: ' };
  if (path === '') return {};
  const kept = deps === 'gcc' ? { passing: true as const } : { needed: true as const };
  return { depfile: { path, format: 'make', ...kept } };
}

/** All that can be asked for, by name: outputs, sources (nothing to do), and `all`. */
function addGoals(
  builder: GraphBuilder,
  manifest: Manifest,
  files: (paths: readonly string[]) => readonly FileId[],
): void {
  const byOutput = edgesByOutput(manifest);
  const read = new Set<string>();
  for (const edge of manifest.edges) for (const path of allInputs(edge)) read.add(path);
  for (const edge of manifest.edges) {
    if (!isPhony(edge)) continue;
    for (const output of edge.outputs) builder.goal(output, { files: files([output]) });
  }
  for (const path of read) if (!byOutput.has(path)) builder.goal(path, {});
}

/** What is built when nothing is asked for: what `default` names, else all that nothing else reads. */
export function defaultTargets(manifest: Manifest): readonly string[] {
  return manifest.defaults.length > 0 ? manifest.defaults : rootTargets(manifest);
}

/** All that nothing else reads. */
export function rootTargets(manifest: Manifest): readonly string[] {
  const read = new Set(manifest.edges.flatMap(allInputs));
  return manifest.edges.flatMap(allOutputs).filter((path) => !read.has(path));
}

/** What a path stands for. */
interface StandIn {
  readonly paths: readonly string[];
  /** What must be there before whoever reads it, for order alone. */
  readonly first: readonly string[];
  /** Whoever reads it runs each time. */
  readonly dirty: boolean;
}

const nothing: StandIn = { paths: [], first: [], dirty: true };

function standIns(
  manifest: Manifest,
  exists: (path: string) => boolean,
): Result<(path: string) => StandIn, Diagnostic> {
  const phonies = manifest.edges.filter(isPhony);
  const numbers = new Map(
    phonies.flatMap((edge, number) => allOutputs(edge).map((path) => [path, number] as const)),
  );
  const needs = (number: number): readonly number[] =>
    inputsOf(phonies[number]).flatMap((path) => numbers.get(path) ?? []);
  const order = topologicalOrder(phonies.length, needs);
  if (!order.ok) {
    const names = order.error.map((number) => phonies[number]?.outputs[0]);
    return err(plainError(`dependency cycle: ${names.join(' -> ')}`));
  }
  const known = new Map<string, StandIn>();
  const standIn = (path: string): StandIn =>
    known.get(path) ?? { paths: [path], first: [], dirty: false };
  for (const number of order.value) {
    const edge = phonies[number];
    const inputs = inputsOf(edge);
    for (const output of edge?.outputs ?? []) {
      // A header that was deleted, or a name that makes its readers run each time.
      if (inputs.length === 0) {
        known.set(output, exists(output) ? standIn(output) : nothing);
        continue;
      }
      const isFirst = (path: string): boolean => edge?.orderOnly.includes(path) === true;
      const found = inputs.filter((path) => !isFirst(path)).map(standIn);
      const before = inputs.filter(isFirst).map(standIn);
      known.set(output, {
        paths: [...new Set(found.flatMap(({ paths }) => paths))],
        first: [
          ...new Set([
            ...before.flatMap(({ paths, first }) => [...paths, ...first]),
            ...found.flatMap(({ first }) => first),
          ]),
        ],
        dirty: found.some(({ dirty }) => dirty),
      });
    }
  }
  return ok(standIn);
}

/** A phony that names itself is an old habit of generators, and means nothing. */
function inputsOf(edge: Edge | undefined): readonly string[] {
  if (edge === undefined) return [];
  return allInputs(edge).filter((path) => !edge.outputs.includes(path));
}
