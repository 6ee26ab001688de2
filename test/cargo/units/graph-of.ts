import { err, ok } from '../../../src/base/result.ts';
import { parseCfgSet } from '../../../src/cargo/cfg.ts';
import { pathOverrides } from '../../../src/cargo/config/path-overrides.ts';
import { parseLock } from '../../../src/cargo/lock/lock.ts';
import { loadWorkspace } from '../../../src/cargo/units/packages/load-workspace.ts';
import { PackageSet } from '../../../src/cargo/units/packages/package-set.ts';
import { type UnitRequest, unitGraph } from '../../../src/cargo/units/unit-graph.ts';
import { plainError } from '../../../src/diag/diagnostic.ts';
import { MemoryHost } from '../../support/memory-host.ts';

export const linux = parseCfgSet(['unix', 'target_os="linux"']);

/** All that is usual, built here. */
export const plainRequest: UnitRequest = {
  purpose: 'build',
  packages: 'default',
  features: { features: [], all: false, withDefault: true },
  profile: 'dev',
  isCross: false,
  compiler: () => 'rustc 1',
  platform: () => ({ cfgs: linux, triple: 'x86_64-unknown-linux-gnu' }),
};

/** The graph of some files; crates lie in `crates/NAME-VERSION`. */
export function graphOf(
  files: Readonly<Record<string, string>>,
  change: Partial<UnitRequest> = {},
) {
  const graph = graphOrFaults(files, change);
  if (!graph.ok) throw new Error(graph.error[0]?.message);
  return graph.value;
}

/** The same, or why there is none. */
export function graphOrFaults(
  files: Readonly<Record<string, string>>,
  change: Partial<UnitRequest> = {},
) {
  const host = new MemoryHost(files);
  const workspace = loadWorkspace(host.files, '/project');
  if (!workspace.ok) throw new Error(workspace.error[0]?.message);
  const lock = parseLock({ path: 'Cargo.lock', text: files['Cargo.lock'] ?? 'version = 4\n' });
  if (!lock.ok) throw new Error(lock.error[0]?.message);
  const packages = new PackageSet(
    {
      files: host.files,
      folderOf: ({ name, version }) => {
        const folder = `/project/crates/${name}-${version}`;
        return host.files.isDirectory(folder) ? ok(folder) : err(plainError(`no ${name}`));
      },
      overrideOf: pathOverrides(host.files, ['/project/mine']),
    },
    workspace.value,
    lock.value,
  );
  return unitGraph(packages, { ...plainRequest, ...change });
}

/** Units as `package kind name mode side-of-profile [features]`. */
export function unitsOf(
  files: Readonly<Record<string, string>>,
  change: Partial<UnitRequest> = {},
) {
  const { units, packages: rows } = graphOf(files, change);
  return [...units.values()].map(
    ({ package: of, target, mode, profile, features }) =>
      `${rows.get(of).name} ${target.kind} ${mode} opt=${profile.optLevel} debug=${profile.debuginfo} [${features.join()}]`,
  );
}

export const manifest = (name: string, rest = '', version = '1.0.0') =>
  `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n${rest}`;

export const registry = 'source = "registry+https://example.org/index"\nchecksum = "00"\n';
export const locked = (name: string, dependencies: readonly string[] = [], from = registry) =>
  `[[package]]\nname = "${name}"\nversion = "1.0.0"\n${from}dependencies = [${dependencies.map((one) => `"${one}"`).join(', ')}]\n`;

export const shared = {
  'Cargo.toml': manifest(
    'top',
    '[dependencies]\nx = { version = "1", features = ["b"] }\nm = "1"\n[build-dependencies]\nx = "1"\n',
  ),
  'Cargo.lock': `version = 4\n${locked('top', ['m', 'x'], '')}${locked('x')}${locked('m', ['x'])}`,
  'src/lib.rs': '',
  'src/main.rs': '',
  'build.rs': '',
  'crates/x-1.0.0/Cargo.toml': manifest('x', '[features]\na = []\nb = []\n'),
  'crates/x-1.0.0/src/lib.rs': '',
  'crates/m-1.0.0/Cargo.toml': manifest(
    'm',
    '[lib]\nproc-macro = true\n[dependencies]\nx = { version = "1", features = ["a"] }\n',
  ),
  'crates/m-1.0.0/src/lib.rs': '',
};
