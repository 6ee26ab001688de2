import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { CargoConfig } from '../../cargo/config/cargo-config.ts';
import { pathOverrides } from '../../cargo/config/path-overrides.ts';
import { vendoredCrate } from '../../cargo/config/vendored-crates.ts';
import { dependencyName } from '../../cargo/crate-abi.ts';
import { type CargoLock, type LockedPackage, lockedNames } from '../../cargo/lock/lock.ts';
import { readLoneManifest } from '../../cargo/units/packages/load-workspace.ts';
import type { PackageWorld } from '../../cargo/units/packages/package-set.ts';
import { type Diagnostic, plainError } from '../../diag/diagnostic.ts';
import type { Files } from '../../host/host.ts';
import type { Call } from '../call.ts';
import { layOut } from './project-cargo.ts';

/** Where the crates of a lock file lie: each is laid out when someone asks. */
export function crateFolders(
  call: Call,
  lock: CargoLock | undefined,
  { directoryOf, paths }: Pick<CargoConfig, 'directoryOf' | 'paths'>,
): PackageWorld {
  const { files } = call.evaluation.host;
  const names = lock === undefined ? undefined : lockedNames(lock, dependencyName);
  return {
    files,
    overrideOf: pathOverrides(files, paths),
    folderOf: (locked) => {
      const { source, name, version } = locked;
      const directory = directoryOf(source);
      if (directory !== undefined) {
        const found = vendoredCrate(files, directory, locked);
        return found.ok ? found : err(plainError(found.error));
      }
      const laid = layOut(call, names?.get(locked) ?? dependencyName(name, version));
      if (!laid.ok) return laid;
      const { folder } = laid.value;
      return source.kind === 'git' ? packageIn(files, folder, locked) : ok(folder);
    },
  };
}

/** Packages may lie anywhere in a repository. */
function packageIn(
  files: Files,
  repository: string,
  { name, version }: LockedPackage,
): Result<string, Diagnostic> {
  const pending = [repository];
  for (let at = pending.shift(); at !== undefined; at = pending.shift()) {
    const manifest = files.isFile(`${at}/Cargo.toml`) ? readLoneManifest(files, at) : undefined;
    const found = manifest?.ok === true ? manifest.value.package : undefined;
    if (found?.name === name && found.version === version) return ok(at);
    const names = files.list(at);
    for (const each of names.ok ? names.value : []) {
      const path = posix.join(at, each);
      if (each.startsWith('.') || each === 'target') continue;
      if (files.lstat(path)?.kind === 'directory') pending.push(path);
    }
  }
  return err(plainError(`${name} ${version} is not in ${repository}`));
}
