import { scriptOf } from '../base/shell-words.ts';
import { findInPath } from '../host/find-in-path.ts';
import type { Host } from '../host/host.ts';

/** Who asks CMake, and where. */
export interface GeneratorUser {
  readonly host: Host;
  /** The command that starts kaon. */
  readonly self: readonly string[];
  /** Absolute. */
  readonly buildRoot: string;
}

/**
 * CMake tries compilers by building small projects, so it needs a tool that builds: ninja, else make,
 * else kaon, which understands ninja's command line.
 */
export function generatorArgs(user: GeneratorUser): readonly string[] {
  const { host } = user;
  const ninja = ['ninja', 'ninja-build', 'samu']
    .map((name) => findInPath(host, name))
    .find((path) => path !== undefined);
  if (ninja === undefined && findInPath(host, 'make') !== undefined)
    return ['-G', 'Unix Makefiles'];
  return ['-G', 'Ninja', `-DCMAKE_MAKE_PROGRAM=${ninja ?? kaonAsNinja(user)}`];
}

/** CMake takes the path of a program without words behind it, so one is written. */
function kaonAsNinja({ host: { files }, self, buildRoot }: GeneratorUser): string {
  const path = `${buildRoot}/meson-private/kaon-as-ninja`;
  files.write(path, scriptOf([...self, 'ninja']));
  files.setMode(path, 0o755);
  return path;
}
