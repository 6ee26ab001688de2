import { join } from 'node:path/posix';
import type { CrateBuild, CrateUnit } from '../../../../model/crate-graph.ts';

const profileFolders: Readonly<Record<string, string>> = {
  dev: 'debug',
  test: 'debug',
  bench: 'release',
};

/** The folder of a unit's profile. */
export function profileFolder(build: CrateBuild, unit: CrateUnit): string {
  const { name } = unit.profile;
  return join(machineFolder(build, unit), profileFolders[name] ?? name);
}

/** That of a machine which was named. */
export function machineFolder({ folder, tools }: CrateBuild, unit: CrateUnit): string {
  const { triple, isNamed } = tools.sides[unit.side];
  return join(folder, isNamed ? triple : '');
}

/** Where a unit's libraries lie, each with a hash in its name, as with Cargo. */
export function dependenciesFolder(build: CrateBuild, unit: CrateUnit): string {
  return join(profileFolder(build, unit), 'deps');
}
