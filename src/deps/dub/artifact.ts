import { posix } from 'node:path';
import type { Toolchain } from '../../model/toolchain.ts';
import type { DependencyContext } from '../context.ts';
import type { DubDescription, DubPackage, DubTarget } from './description.ts';
import { type Dub, keptFolder } from './tool.ts';

/** What a library was built with that must be the same. */
type Aspect = 'configuration' | 'platform' | 'arch' | 'compiler' | 'version' | 'buildType';

/** The library of a package, or how far the nearest one is from what is wanted. */
export type Artifact =
  | { readonly kind: 'found'; readonly path: string; readonly sameBuildType: boolean }
  | { readonly kind: 'none'; readonly alike: ReadonlySet<Aspect> };

export interface Wanted {
  readonly dub: Dub;
  readonly description: DubDescription;
  readonly toolchain: Toolchain;
}

/** DUB's names for compilers. */
const dubCompilers: Readonly<Record<string, string>> = {
  dmd: 'dmd',
  gcc: 'gdc',
  llvm: 'ldc',
};

/** Looks for the library that DUB built of a package. */
export function findArtifact(
  context: DependencyContext,
  wanted: Wanted,
  described: { readonly row: DubPackage; readonly target: DubTarget },
): Artifact {
  const { files } = context.host;
  const { row, target } = described;
  const { cacheArtifactPath: told } = target;
  if (wanted.dub.tellsArtifacts)
    return told !== undefined && files.exists(told)
      ? { kind: 'found', path: told, sameBuildType: true }
      : { kind: 'none', alike: new Set() };
  const folder = keptFolder(row.path);
  const entries = files.list(folder);
  if (!entries.ok) {
    context.warn(`No such cache folder: ${folder}`);
    return { kind: 'none', alike: new Set() };
  }
  const near = new Set<Aspect>();
  for (const name of entries.value) {
    const path = posix.join(folder, name, row.targetFileName);
    if (!files.exists(path)) continue;
    const alike = aspectsOf(name, row, wanted);
    const needed: readonly Aspect[] = [
      ...(['configuration', 'platform', 'arch', 'compiler', 'version'] as const),
    ];
    if (needed.every((aspect) => alike.has(aspect)))
      return { kind: 'found', path, sameBuildType: alike.has('buildType') };
    for (const aspect of alike) near.add(aspect);
  }
  return { kind: 'none', alike: near };
}

/** The name of the folder tells: `library-debug-linux.posix-x86_64-ldc_2081-EF93…`. */
function aspectsOf(
  name: string,
  { configuration }: DubPackage,
  { description, toolchain }: Wanted,
): ReadonlySet<Aspect> {
  const compiler = dubCompilers[toolchain.id] ?? '';
  const versions = versionNames(toolchain, compiler);
  const holds: Readonly<Record<Aspect, boolean>> = {
    configuration: name.includes(configuration),
    buildType: name.includes(description.buildType),
    platform: description.platform.every((word) => name.includes(word)),
    arch: description.architecture.every((word) => name.includes(word)),
    compiler: name.includes(compiler),
    version: versions.length === 0 || versions.some((version) => name.includes(version)),
  };
  return new Set(
    Object.entries(holds).flatMap(([aspect, is]) => (is ? [aspect as Aspect] : [])), // keys of the record
  );
}

/** The compiler's own version, and that of its front end as `v2.081.2` and as `2081`. gdc tells none. */
function versionNames(toolchain: Toolchain, compiler: string): readonly string[] {
  if (compiler === 'gdc') return [];
  const { version, fullVersion, facts } = toolchain;
  const frontEnd = facts['front-end'] ?? version;
  const own = /\((\d+\.\d+\.\d+)\)/.exec(fullVersion)?.[1];
  return [
    ...[version, `v${frontEnd}`, frontEnd.replace(/\.\d+$/, '').replace('.', '')],
    ...(own === undefined ? [] : [`v${own}`]),
  ];
}

/** Why none of those that are there will do. */
export function complaint(
  { alike }: Extract<Artifact, { kind: 'none' }>,
  row: DubPackage,
  { description, toolchain }: Wanted,
): string {
  const id = `${row.name}@${row.version}`;
  const compiler = dubCompilers[toolchain.id] ?? '';
  if (alike.size === 0) return `${id} not found`;
  // Two spaces, as Meson.
  if (!alike.has('compiler')) return `${id} found but not compiled with  ${compiler}`;
  if (compiler !== 'gdc' && !alike.has('version'))
    return `${id} found but not compiled with ${compiler}-${toolchain.version}`;
  if (!alike.has('arch'))
    return `${id} found but not compiled for ${description.architecture.join(' ')}`;
  if (!alike.has('platform'))
    return `${id} found but not compiled for ${description.platform.join('.')}`;
  if (!alike.has('configuration'))
    return `${id} found but not compiled for the ${row.configuration} configuration`;
  return `${id} not found`;
}
