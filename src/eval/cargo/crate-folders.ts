import { err, ok } from '../../base/result.ts';
import { dependencyName } from '../../cargo/crate-abi.ts';
import { gitDirectory, type LockedPackage } from '../../cargo/lock.ts';
import { loadWorkspace } from '../../cargo/units/load-workspace.ts';
import type { PackageWorld } from '../../cargo/units/package-set.ts';
import { plainError } from '../../diag/diagnostic.ts';
import type { Call } from '../call.ts';
import { layOut } from './project-cargo.ts';

/** Where the crates of a lock file lie: each is laid out when someone asks. */
export function crateFolders(call: Call): PackageWorld {
  const { files } = call.evaluation.host;
  return {
    files,
    folderOf: (locked) => {
      const { source, name, version } = locked;
      const laid = layOut(call, packageName(locked));
      if (!laid.ok) return laid;
      const { folder } = laid.value;
      if (source.kind !== 'git') return ok(folder);
      const workspace = loadWorkspace(files, folder);
      const found =
        workspace.ok &&
        [...workspace.value.members.values()].find(
          ({ manifest }) => manifest.package.name === name && manifest.package.version === version,
        );
      return found ? ok(found.folder) : err(plainError(`${name} ${version} is not in ${folder}`));
    },
  };
}

/** The subproject that a locked package is. */
export function packageName({ name, version, source }: LockedPackage): string {
  return source.kind === 'git'
    ? gitDirectory(source.url, source.branch)
    : dependencyName(name, version);
}
