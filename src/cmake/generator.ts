import { findInPath } from '../host/find-in-path.ts';
import type { Host } from '../host/host.ts';

/** CMake tries compilers by building small projects, so it needs a tool that builds; undefined where there is none. */
export function generatorArgs(host: Host): readonly string[] | undefined {
  const ninja = ['ninja', 'ninja-build', 'samu'].find((name) => findInPath(host, name));
  if (ninja !== undefined)
    return ['-G', 'Ninja', `-DCMAKE_MAKE_PROGRAM=${findInPath(host, ninja) ?? ninja}`];
  return findInPath(host, 'make') === undefined ? undefined : ['-G', 'Unix Makefiles'];
}
