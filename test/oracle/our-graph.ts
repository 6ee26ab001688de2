import { spawnSync } from 'node:child_process';
import { err } from '../../src/base/result.ts';
import { parseCfgSet } from '../../src/cargo/cfg.ts';
import { manifestFaults } from '../../src/cargo/faults/manifest-faults.ts';
import { parseLock } from '../../src/cargo/lock/lock.ts';
import { askedFault, askedHereFault } from '../../src/cargo/units/faults/request-fault.ts';
import { loadWorkspace } from '../../src/cargo/units/packages/load-workspace.ts';
import { PackageSet } from '../../src/cargo/units/packages/package-set.ts';
import { writtenManifests } from '../../src/cargo/units/packages/written-manifest.ts';
import { type UnitRequest, unitGraph } from '../../src/cargo/units/unit-graph.ts';
import { type Diagnostic, plainError } from '../../src/diag/diagnostic.ts';
import { nodeHost } from '../../src/host/node/node-host.ts';
import type { CrateGraph } from '../../src/model/crate-graph.ts';

/** What a command asks of a workspace. */
export interface Asked
  extends Pick<
    UnitRequest,
    'purpose' | 'packages' | 'features' | 'profile' | 'isCross' | 'current'
  > {
  /** The folder that the command is called in, below the workspace's. */
  readonly currentFolder: string;
}

/** The same in Cargo's words. */
export function asWords({
  purpose,
  packages,
  features,
  profile,
  isCross,
}: Asked): readonly string[] {
  const named = packages === 'default' ? [] : packages;
  return [
    purpose,
    ...named.flatMap((name) =>
      name === '*'
        ? ['--workspace']
        : name.startsWith('!')
          ? ['--exclude', name.slice(1)]
          : ['-p', name],
    ),
    ...(features.features.length > 0 ? ['--features', features.features.join(',')] : []),
    ...(features.all ? ['--all-features'] : []),
    ...(features.withDefault ? [] : ['--no-default-features']),
    ...(profile === 'dev' ? [] : ['--profile', profile]),
    ...(isCross ? ['--target', machine().triple ?? ''] : []),
  ];
}

/** What kaon makes of it. */
export function ourGraph(
  folder: string,
  { currentFolder, ...asked }: Asked,
): { readonly graph: CrateGraph; readonly triple: string } | { readonly refused: string } {
  const { files } = nodeHost();
  const refused = (faults: readonly Diagnostic[]) => ({
    refused: faults.map(({ message }) => message).join('; '),
  });
  const workspace = loadWorkspace(files, folder);
  if (!workspace.ok) return refused(workspace.error);
  const faults = manifestFaults(files, writtenManifests(files, workspace.value), {
    workspace: workspace.value,
  });
  if (faults.length > 0) return refused(faults);
  const text = files.readText(`${folder}/Cargo.lock`);
  const lock = text.ok ? parseLock({ path: 'Cargo.lock', text: text.value }) : undefined;
  if (lock?.ok !== true) return { refused: 'no lock file' };
  const { triple = '' } = machine();
  const folderOf = () => err(plainError('not here'));
  const packages = new PackageSet({ files, folderOf }, workspace.value, lock.value);
  const wanted = {
    ...asked,
    // As a command in the folder of a member means it.
    packages:
      asked.packages === 'default' && asked.current !== undefined
        ? [asked.current]
        : asked.packages,
  };
  const fault = faultOf(packages, wanted);
  if (fault !== undefined) return refused([fault]);
  const graph = unitGraph(packages, {
    ...wanted,
    isProfileNamed: wanted.profile !== 'dev',
    compiler: () => '',
    platform: () => machine(),
  });
  return graph.ok ? { graph: graph.value, triple } : refused(graph.error);
}

/** What a command refuses before anything is set up. */
function faultOf(
  packages: PackageSet,
  { packages: specs, features, current }: Omit<Asked, 'currentFolder'>,
) {
  const { members, defaultMembers, resolver, root } = packages.workspace;
  if (features.features.length === 0) return undefined;
  const all = [...members.values()].map(({ manifest }) => manifest);
  const selected =
    specs === 'default'
      ? defaultMembers.flatMap((at) => members.get(at)?.manifest ?? [])
      : all.filter(
          ({ package: { name } }) =>
            (specs.includes('*') || specs.includes(name)) && !specs.includes(`!${name}`),
        );
  const here = [...members.values()].find(({ folder, manifest }) =>
    current === undefined ? folder === root : manifest.package.name === current,
  );
  return resolver === '1' && here !== undefined
    ? askedHereFault(here.manifest, { selected, folder: here.folder }, features.features)
    : askedFault(all, selected, features.features);
}

const said = new Map<string, ReturnType<UnitRequest['platform']>>();

/** What rustc says of a machine: this one where none is named. It need not have libraries for it. */
export function machine(triple = ''): ReturnType<UnitRequest['platform']> {
  const before = said.get(triple);
  if (before !== undefined) return before;
  const run = (...args: string[]) => spawnSync('rustc', args, { encoding: 'utf8' }).stdout;
  const target = triple === '' ? [] : ['--target', triple];
  const found = {
    cfgs: parseCfgSet(run('--print=cfg', ...target).split('\n')),
    triple: triple || /^host: (.*)$/m.exec(run('-vV'))?.[1],
  };
  said.set(triple, found);
  return found;
}
