import type { BuildTarget } from '../../../model/target.ts';
import { familyOf } from '../../../toolchains/family.ts';
import { nativeLinkArgs } from '../../../toolchains/rustc/native-link-args.ts';
import { type PlanContext, toolchainFor } from '../../context.ts';
import type { External } from '../../resolved-target.ts';

/** What the standard library inside a `staticlib` needs from the system, for those who link it. */
export function nativeLibraries(context: PlanContext, target: BuildTarget): readonly External[] {
  if (target.rust?.crateType !== 'staticlib') return [];
  const toolchain = toolchainFor(context, target, 'rust');
  const rust = toolchain && familyOf(toolchain).rust;
  if (rust === undefined) return [];
  return [
    {
      name: '_rust_native_static_libs',
      type: 'internal',
      compileArgs: [],
      linkArgs: nativeLinkArgs(rust),
      language: undefined,
    },
  ];
}
