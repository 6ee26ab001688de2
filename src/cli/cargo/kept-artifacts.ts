import { parseJson } from '../../base/parse-json.ts';
import type { Files } from '../../host/host.ts';
import { replaceDifferent } from '../../host/replace-different.ts';
import type { CrateArtifact } from '../../model/crate-artifact.ts';
import { privateFolder } from '../../store/setup/setup-state.ts';

function keptArtifactsPath(buildRoot: string): string {
  return `${buildRoot}/${privateFolder}/crate-artifacts.json`;
}

/** Writes down what messages will tell of crates; few builds are asked for them. */
export function keepArtifacts(
  files: Files,
  buildRoot: string,
  artifacts: readonly CrateArtifact[],
): void {
  const path = keptArtifactsPath(buildRoot);
  if (artifacts.length > 0) replaceDifferent(files, path, `${JSON.stringify(artifacts)}\n`);
  else if (files.exists(path)) files.remove(path);
}

/** By the first output of their actions; none where there are no crates of Cargo's. */
export function keptArtifacts(files: Files, buildRoot: string): ReadonlyMap<string, CrateArtifact> {
  const text = files.readText(keptArtifactsPath(buildRoot));
  const read = text.ok ? parseJson(text.value) : undefined;
  const artifacts = Array.isArray(read) ? (read as readonly CrateArtifact[]) : []; // by setup, in this shape
  return new Map(artifacts.map((one) => [one.output, one]));
}
