import { ok } from '../../src/base/result.ts';
import { CargoGraph } from '../../src/cargo/cargo-graph.ts';
import type { CargoWorld, WorkspaceId } from '../../src/cargo/cargo-world.ts';
import { parseCfgSet } from '../../src/cargo/cfg.ts';
import type { CrateMachine } from '../../src/cargo/crate-abi.ts';
import { parseLock } from '../../src/cargo/lock/lock.ts';
import { renderDiagnostic } from '../../src/diag/render.ts';
import { MemoryHost } from '../support/memory-host.ts';

const linux = ['unix', 'target_os="linux"', 'target_family="unix"', 'target_arch="x86_64"'];

/** A graph over a few manifests in memory; crates of other subprojects lie in `subprojects/NAME`. */
export function graphOf(
  files: Readonly<Record<string, string>>,
  change: Partial<CargoWorld> = {},
): { readonly graph: CargoGraph; readonly id: WorkspaceId; readonly said: readonly string[] } {
  const graph = new CargoGraph(worldOf(files, change));
  const loaded = graph.loadWorkspace({ folder: '/project', subdir: '', fromWrap: false });
  if (!loaded.ok) throw new Error(loaded.error.map((one) => renderDiagnostic(one)).join('\n'));
  return {
    graph,
    id: loaded.value.id,
    said: loaded.value.warnings.map((one) => renderDiagnostic(one)),
  };
}

export function worldOf(
  files: Readonly<Record<string, string>>,
  change: Partial<CargoWorld> = {},
): CargoWorld {
  const host = new MemoryHost(files);
  const text = files['Cargo.lock'];
  const lock = text === undefined ? undefined : parseLock({ path: 'Cargo.lock', text });
  return {
    files: host.files,
    sourceRoot: '/project',
    subprojects: 'subprojects',
    lock: lock?.ok === true ? lock.value : undefined,
    isCross: false,
    platform: () => ({ cfgs: parseCfgSet(linux), triple: 'x86_64-unknown-linux-gnu' }),
    providerOf: (name) =>
      host.files.isDirectory(`/project/subprojects/${name}`) ? name : undefined,
    prepare: (name) =>
      ok({
        folder: `/project/subprojects/${name}`,
        subdir: `subprojects/${name}`,
        fromWrap: true,
      }),
    ...change,
  };
}

/** Features by crate, for the crates that something builds: `{ 'a': ['default'] }`. */
export function featuresOf(graph: CargoGraph, machine: CrateMachine = 'host') {
  const result: Record<string, readonly string[]> = {};
  for (const crate of graph.crates()) {
    const configuration = graph.configuration(crate.id, machine);
    if (configuration !== undefined)
      result[crate.manifest.package.name] = [...configuration.features].sort();
  }
  return result;
}
