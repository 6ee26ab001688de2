import { exitCode, startAsking } from '../ask.ts';
import type { DependencyContext } from '../context.ts';

/** The folder of CMake's own modules and templates; `cmake` is its command line. */
export function cmakeRoot(
  context: DependencyContext,
  cmake: readonly string[],
): string | undefined {
  const script = `${context.buildRoot}/meson-private/cmake-root`;
  context.host.files.makeDirectory(`${context.buildRoot}/meson-private`);
  context.host.files.write(script, 'message("${CMAKE_ROOT}")\n');
  const answer = startAsking(context, [...cmake, '-P', script]).finish();
  const root = answer.stderr.trim();
  return exitCode(answer) === 0 && root !== '' ? root : undefined;
}
