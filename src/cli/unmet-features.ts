import { loadWorkspace, workspaceRootOf } from '../cargo/units/load-workspace.ts';
import type { Files } from '../host/host.ts';
import { isMesonProject } from './meson-project.ts';

/**
 * Why a program or an example of a Cargo workspace is no target, in Cargo's words: it requires features
 * that were not asked for. Undefined where there is none of the name, or it requires nothing.
 */
export function unmetFeatures(
  files: Files,
  sourceRoot: string,
  wanted: { readonly kind: 'program' | 'example'; readonly name: string },
): string | undefined {
  if (isMesonProject(files, sourceRoot)) return undefined;
  const root = workspaceRootOf(files, sourceRoot);
  const workspace = root === undefined ? undefined : loadWorkspace(files, root);
  if (workspace?.ok !== true) return undefined;
  for (const { manifest } of workspace.value.members.values()) {
    const { binaries, examples } = manifest;
    const targets = wanted.kind === 'example' ? examples : [...binaries.values(), ...examples];
    const found = targets.find(({ name }) => name === wanted.name)?.requiredFeatures ?? [];
    if (found.length === 0) continue;
    const features = found.map((feature) => `\`${feature}\``).join(', ');
    return (
      `target \`${wanted.name}\` in package \`${manifest.package.name}\` requires the features: ${features}\n` +
      `Consider enabling them by passing, e.g., \`--features="${found.join(' ')}"\``
    );
  }
  return undefined;
}
