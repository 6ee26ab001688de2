import { posix } from 'node:path';
import { type Diagnostic, errorAt, plainError } from '../../diag/diagnostic.ts';
import type { GraphFault } from '../../exec/order/select-actions.ts';
import type { Files } from '../../host/host.ts';
import { keptArtifacts } from './kept-artifacts.ts';

/** What Cargo calls targets of a kind in its errors; the others are libraries of some type. */
const called: ReadonlyMap<string, string> = new Map([
  ['bin', 'bin'],
  ['test', 'integration-test'],
  ['example', 'example'],
  ['bench', 'bench'],
]);

/** Why a target's file that is not there keeps a build from starting, in Cargo's words and at its manifest's line. */
export function missingSource(
  files: Files,
  buildRoot: string,
  fault: GraphFault,
): Diagnostic | undefined {
  if (fault.kind !== 'missing-input') return undefined;
  const artifact = keptArtifacts(files, buildRoot).get(fault.neededBy);
  if (artifact?.target.source !== posix.resolve(buildRoot, fault.path)) return undefined;
  const { name, source, kind } = artifact.target;
  const [first = ''] = kind;
  const written = posix.relative(posix.dirname(artifact.manifest), source);
  const message =
    first === 'custom-build'
      ? `couldn't read \`${written}\`: No such file or directory`
      : `can't find ${called.get(first) ?? 'lib'} \`${name}\` at path \`${source}\``;
  const text = files.readText(artifact.manifest);
  if (!text.ok) return plainError(message);
  // A build after a few changes knows nothing of how manifests are read.
  const quoted = `"${written}"`;
  const start = Math.max(0, text.value.indexOf(quoted));
  const end = start === 0 ? 0 : start + quoted.length;
  return errorAt(
    { source: { path: artifact.manifest, text: text.value }, span: { start, end } },
    message,
  );
}
