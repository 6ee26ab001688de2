import { posix } from 'node:path';
import { changedEnvironment, type EnvironmentChange } from '../../base/environment.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { Host } from '../../host/host.ts';
import { manifestLints } from './crate-lints.ts';
import { manifestAbove } from './crate-manifest.ts';
import type { RustCrate } from './rust-crates.ts';

/** How clippy is called for a crate, beside what rustc is told of it. */
export interface ClippyCall {
  /** The program that takes the compiler's place, absolute; its name where it is nowhere. */
  readonly driver: string;
  /** The lints of a manifest, where the build has not told them. */
  readonly lints: readonly string[];
  readonly environment: readonly EnvironmentChange[];
  /** Absolute: what decides of what it says, beside the sources. */
  readonly inputs: readonly string[];
}

/** How clippy is called for a crate of the project at `sourceRoot`. */
export function clippyCall(
  { files, system }: Pick<Host, 'files' | 'system'>,
  sourceRoot: string,
  crate: RustCrate,
): ClippyCall {
  const { compiler, hasLints, environment, cwd } = crate.call;
  const manifest = hasLints ? undefined : manifestAbove(files, crate.rootModule, sourceRoot);
  const driver = clippyBeside({ files, system }, compiler);
  const told = changedEnvironment(system.environment, environment);
  const begin = told['CLIPPY_CONF_DIR'] ?? told['CARGO_MANIFEST_DIR'];
  const folder = begin ?? besideSources(sourceRoot, crate);
  const settings = settingsAbove(files, posix.resolve(cwd, folder));
  return {
    driver,
    lints: manifest === undefined ? [] : manifestLints(files, manifest, sourceRoot),
    environment:
      begin === undefined ? [{ kind: 'set', name: 'CLIPPY_CONF_DIR', value: folder }] : [],
    inputs: [...(driver.startsWith('/') ? [driver] : []), ...settings],
  };
}

/** The one that came with a compiler, or in PATH. */
function clippyBeside({ files, system }: Pick<Host, 'files' | 'system'>, compiler: string): string {
  const beside = posix.join(posix.dirname(compiler), 'clippy-driver');
  if (compiler.includes('/') && files.isFile(beside)) return beside;
  return findInPath({ files, system }, 'clippy-driver') ?? 'clippy-driver';
}

/** Where clippy begins to look upwards for `clippy.toml`, as beside a manifest; else it begins in the build directory. */
function besideSources(sourceRoot: string, { rootModule }: RustCrate): string {
  return rootModule.startsWith(`${sourceRoot}/`) ? posix.dirname(rootModule) : sourceRoot;
}

/** The settings that clippy finds: it tells of those it read, but not of those that came before these. */
function settingsAbove(files: Host['files'], folder: string): readonly string[] {
  for (let at = folder; ; at = posix.dirname(at)) {
    const found = ['.clippy.toml', 'clippy.toml'].filter((name) => files.isFile(`${at}/${name}`));
    if (found.length > 0) return found.map((name) => posix.join(at, name));
    if (at === posix.dirname(at)) return [];
  }
}
