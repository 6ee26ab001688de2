import { exitCode, startAsking } from '../ask.ts';
import type { DependencyContext } from '../context.ts';
import type { DependencyMemory } from '../memory.ts';
import { cmakeTool } from './tool.ts';

const roots = new WeakMap<DependencyMemory, { readonly root: string | undefined }>();

/** The folder of CMake's own modules and templates; asked for once. */
export function cmakeRoot(context: DependencyContext): string | undefined {
  const known = roots.get(context.memory) ?? { root: askRoot(context) };
  roots.set(context.memory, known);
  return known.root;
}

function askRoot(context: DependencyContext): string | undefined {
  const tool = cmakeTool(context);
  if (tool === undefined) return undefined;
  const script = `${context.buildRoot}/meson-private/cmake-root.cmake`;
  context.host.files.makeDirectory(`${context.buildRoot}/meson-private`);
  context.host.files.write(script, 'message("${CMAKE_ROOT}")\n');
  const answer = startAsking(context, [...tool.command, '-P', script]).finish();
  const root = answer.stderr.trim();
  return exitCode(answer) === 0 && root !== '' ? root : undefined;
}
