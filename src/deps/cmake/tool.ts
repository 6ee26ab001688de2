import { findInPath } from '../../host/find-in-path.ts';
import { exitCode, startAsking } from '../ask.ts';
import type { DependencyContext } from '../context.ts';

/** CMake of this machine, found once and told once. */
export function cmakeTool(
  context: DependencyContext,
): { readonly command: readonly string[]; readonly version: string } | undefined {
  const { memory, log } = context;
  if (memory.tools.has('cmake')) return memory.tools.get('cmake');
  const tool = lookForTool(context);
  memory.tools.set('cmake', tool);
  log(
    tool === undefined
      ? 'Found CMake: NO'
      : `Found CMake: ${tool.command.join(' ')} (${tool.version})`,
  );
  return tool;
}

function lookForTool(context: DependencyContext) {
  const named = context.binary('cmake');
  if (named === undefined && context.cross) return undefined;
  const [program = '', ...args] = named ?? ['cmake'];
  const path = findInPath(context.host, program);
  if (path === undefined) return undefined;
  const command = [path, ...args];
  const answer = startAsking(context, [...command, '--version']).finish();
  const version = /(?:cmake|cmake3) version ([\d.]+)/.exec(answer.stdout)?.[1];
  return exitCode(answer) === 0 && version !== undefined ? { command, version } : undefined;
}
