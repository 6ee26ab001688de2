import type { DependencyContext } from '../context.ts';
import { type Attempt, absent, found, noCompiler } from '../found.ts';
import { compilerFor } from './checks.ts';

/** Vulkan of the SDK that the environment names, or of the system. */
export function findVulkan(context: DependencyContext): Attempt {
  const { environment } = context.host.system;
  const sdk = environment['VULKAN_SDK'] ?? environment['VK_SDK_PATH'];
  const compiler = compilerFor(context);
  if (compiler === undefined) return noCompiler;
  const vulkan = (compileArgs: readonly string[], linkArgs: readonly string[]): Attempt =>
    found({ name: 'vulkan', type: 'system', machine: context.machine, compileArgs, linkArgs });
  if (sdk !== undefined && sdk !== '') {
    const failed = (reason: string): Attempt => ({ kind: 'failed', reason });
    if (!sdk.startsWith('/')) return failed('VULKAN_SDK must be an absolute path.');
    if (compiler.library('vulkan', 'prefer-shared', [`${sdk}/lib`]) === undefined)
      return failed('VULKAN_SDK point to invalid directory (no lib)');
    if (!context.host.files.isFile(`${sdk}/include/vulkan/vulkan.h`))
      return failed('VULKAN_SDK point to invalid directory (no include)');
    return vulkan([`-I${sdk}/include`], [`-L${sdk}/lib`, '-lvulkan']);
  }
  const linkArgs = compiler.library('vulkan');
  return linkArgs !== undefined && compiler.hasHeader('vulkan/vulkan.h')
    ? vulkan([], linkArgs)
    : absent;
}
