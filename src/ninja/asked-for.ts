import { nearest } from '../base/nearest.ts';
import { err, ok, type Result } from '../base/result.ts';
import { allInputs, allOutputs, type Edge, edgesByOutput, type Manifest } from './manifest.ts';
import { defaultTargets } from './manifest-graph.ts';
import { normalPath } from './parse-manifest.ts';

/** What a command is known to have read beside its inputs. */
export type Found = (edge: Edge) => readonly string[];

/** The files that words of a command line ask for; the default ones where there are none. */
export function askedFor(
  manifest: Manifest,
  words: readonly string[],
  found: Found = () => [],
): Result<readonly string[], string> {
  if (words.length === 0) {
    const defaults = defaultTargets(manifest);
    return defaults.length === 0 && manifest.edges.length > 0
      ? err('could not determine root nodes of build graph')
      : ok(defaults);
  }
  const files = filesOf(manifest, words, found);
  return files.ok ? ok([...new Set(files.value)]) : files;
}

/** The file that each word names: `./FILE`, or `FILE^` for what is made of it. */
export function filesOf(
  manifest: Manifest,
  words: readonly string[],
  found: Found = () => [],
): Result<readonly string[], string> {
  const files: string[] = [];
  for (const word of words) {
    const path = fileOf(manifest, word, found);
    if (!path.ok) return path;
    files.push(path.value);
  }
  return ok(files);
}

function fileOf(manifest: Manifest, word: string, found: Found): Result<string, string> {
  if (word === '') return err('empty path');
  const ofIt = word.endsWith('^');
  const path = normalPath(ofIt ? word.slice(0, -1) : word);
  const first = ofIt ? madeOf(manifest, path, found) : undefined;
  if (first !== undefined) return ok(first);
  const isNamed = (edge: Edge): boolean =>
    allInputs(edge).includes(path) || edge.validations.includes(path);
  if (!edgesByOutput(manifest).has(path) && !manifest.edges.some(isNamed))
    return err(unknownIn(manifest, path));
  return ofIt ? err(`'${path}' has no out edge`) : ok(path);
}

/** `FILE^` is the first that is made of FILE; of a header, the first whose command read it. */
export function madeOf(manifest: Manifest, path: string, found: Found): string | undefined {
  const edge =
    manifest.edges.find((one) => allInputs(one).includes(path)) ??
    manifest.edges.find((one) => found(one).includes(path));
  return edge?.outputs[0] ?? edge?.implicitOutputs[0];
}

/** Ninja asks whether someone meant a name only if no more letters than this differ; scripts know the message. */
export const mostDifferent = 3;

/** That no statement names a file. */
function unknownIn(manifest: Manifest, path: string): string {
  return unknownTarget(path, nearest(path, allPaths(manifest), mostDifferent));
}

function allPaths({ edges }: Manifest): readonly string[] {
  return [...new Set(edges.flatMap((edge) => [...allOutputs(edge), ...allInputs(edge)]))];
}

/** ninja's words for a target that no statement makes, with what may have been meant. */
export function unknownTarget(name: string, similar: string | undefined): string {
  const words = new Map([
    ['clean', 'ninja -t clean'],
    ['help', 'ninja -h'],
  ]);
  const meant = words.get(name) ?? similar;
  return `unknown target '${name}'${meant === undefined ? '' : `, did you mean '${meant}'?`}`;
}
