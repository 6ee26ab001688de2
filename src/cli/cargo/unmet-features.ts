import { loadWorkspace, workspaceRootOf } from '../../cargo/units/packages/load-workspace.ts';
import type { Files } from '../../host/host.ts';
import { isMesonProject } from './meson-project.ts';

/**
 * Why something of a Cargo workspace is no target, in Cargo's words: it requires features that were not
 * asked for. Undefined where there is none of the name, or it requires nothing. A `program` may be an example.
 */
export function unmetFeatures(
  files: Files,
  sourceRoot: string,
  wanted: {
    readonly kind: 'program' | 'bin' | 'example' | 'test' | 'bench';
    /** Without one, the first that requires something is meant. */
    readonly name?: string;
  },
): string | undefined {
  if (isMesonProject(files, sourceRoot)) return undefined;
  const root = workspaceRootOf(files, sourceRoot);
  const workspace = root === undefined ? undefined : loadWorkspace(files, root);
  if (workspace?.ok !== true) return undefined;
  for (const { manifest } of workspace.value.members.values()) {
    const { binaries, examples, tests, benches } = manifest;
    const bins = [...binaries.values()];
    const targets = {
      ...{ program: [...bins, ...examples], bin: bins, example: examples },
      ...{ test: tests, bench: benches },
    };
    const target = targets[wanted.kind].find(({ name, requiredFeatures }) =>
      wanted.name === undefined ? requiredFeatures.length > 0 : name === wanted.name,
    );
    const found = target?.requiredFeatures ?? [];
    if (target === undefined || found.length === 0) continue;
    const features = found.map((feature) => `\`${feature}\``).join(', ');
    return (
      `target \`${target.name}\` in package \`${manifest.package.name}\` requires the features: ${features}\n` +
      `Consider enabling them by passing, e.g., \`--features="${found.join(' ')}"\``
    );
  }
  return undefined;
}
