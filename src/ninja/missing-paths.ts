import { allInputs, allOutputs, type Edge, edgesByOutput, type Manifest } from './manifest.ts';

/** A file that is made by an edge of which its reader does not say that it comes first. */
export interface MissingPath {
  readonly reader: string;
  readonly path: string;
  /** The rule of what makes it. */
  readonly rule: string;
}

/** Looks for generated files that were read, and which a build may make too late. */
export function missingPaths(
  manifest: Manifest,
  edges: readonly Edge[],
  read: (edge: Edge) => readonly string[],
): readonly MissingPath[] {
  const byOutput = edgesByOutput(manifest);
  return edges.flatMap((edge) => {
    const paths = read(edge);
    // To name it is to ask to be made again whenever the project is configured.
    if (paths.includes('build.ninja')) return [];
    const made = paths.filter((path) => byOutput.has(path));
    if (made.length === 0) return [];
    const before = allBefore(edge, byOutput);
    return made.flatMap((path): MissingPath[] => {
      const maker = byOutput.get(path);
      if (maker === undefined || before.has(maker)) return [];
      return [{ reader: allOutputs(edge)[0] ?? '', path, rule: maker.rule }];
    });
  });
}

/** All edges that are done before one starts. */
function allBefore(edge: Edge, byOutput: ReadonlyMap<string, Edge>): ReadonlySet<Edge> {
  const found = new Set<Edge>();
  const stack = [edge];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    for (const path of allInputs(next)) {
      const maker = byOutput.get(path);
      if (maker === undefined || found.has(maker)) continue;
      found.add(maker);
      stack.push(maker);
    }
  }
  return found;
}
