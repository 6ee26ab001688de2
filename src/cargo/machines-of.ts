import type { CrateMachine } from './crate-abi.ts';
import { isProcMacro, type Manifest } from './manifest/manifest.ts';

/** The machines that a library is built for when something for `parent` needs it. */
export function machinesOf(
  manifest: Manifest,
  parent: CrateMachine,
  { isCross }: { readonly isCross: boolean },
): readonly CrateMachine[] {
  if (manifest.library === undefined) return [];
  if (!isCross) return ['host'];
  if (parent === 'build' || isProcMacro(manifest)) return ['build'];
  return manifest.library.crateTypes.includes('proc-macro') ? ['build', 'host'] : ['host'];
}
