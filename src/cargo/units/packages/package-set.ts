import { posix } from 'node:path';
import type { Result } from '../../../base/result.ts';
import type { Id } from '../../../base/rows.ts';
import { Rows } from '../../../base/rows.ts';
import { type Diagnostic, errorAt, plainError } from '../../../diag/diagnostic.ts';
import type { Files } from '../../../host/host.ts';
import { missingTarget } from '../../faults/missing-target.ts';
import type { CargoLock, LockedPackage, LockedSource } from '../../lock/lock.ts';
import type { CrateDependency, Manifest } from '../../manifest/manifest.ts';
import { placeOfEntry, placeOfKey } from '../../manifest/toml.ts';
import { accepts, parseRequirement } from '../../requirement.ts';
import type { LoadedWorkspace } from './load-workspace.ts';
import { readLoneManifest } from './load-workspace.ts';
import { isListed, names, preferred, sourceKey } from './locked-names.ts';
import { patchedFolders } from './patched-folders.ts';

export type PackageId = Id<'package'>;

/** What packages are loaded from. */
export interface PackageWorld {
  readonly files: Files;
  /** The folder of a crate that is not the project's own. */
  readonly folderOf: (crate: LockedPackage) => Result<string, Diagnostic>;
  /** The folder that the configuration's `paths` put in its place: a package of the user's own. */
  readonly overrideOf?: (crate: LockedPackage) => string | undefined;
}

export type DependencyKind = 'normal' | 'dev' | 'build';

/** A line of a manifest's dependencies, with the package that it means. */
export interface PackageDependency {
  readonly to: PackageId;
  readonly kind: DependencyKind;
  /** The key of the `[target]` table that it stands in. */
  readonly platform: string | undefined;
  readonly declared: CrateDependency;
}

/** A package with its manifest read. */
export interface Package {
  readonly id: PackageId;
  readonly manifest: Manifest;
  /** Absolute. */
  readonly folder: string;
  readonly source: LockedSource;
  readonly isMember: boolean;
}

type Unlocked = Omit<PackageDependency, 'to'>;

interface Row {
  readonly name: string;
  readonly version: string;
  readonly source: LockedSource;
  readonly locked: LockedPackage | undefined;
  folder: string | undefined;
  package: Package | undefined;
  dependencies: readonly PackageDependency[] | undefined;
  unreachable: boolean;
  /** Nobody had to have it so far, and it cannot be had. */
  isAway: boolean;
}

/**
 * The packages of a workspace and of its `Cargo.lock`. Manifests are read when someone asks: the
 * lock file names the packages of all platforms, and most of them nobody ever needs.
 */
export class PackageSet {
  readonly workspace: LoadedWorkspace;
  readonly lock: CargoLock | undefined;
  readonly #world: PackageWorld;
  readonly #rows = new Rows<PackageId, Row>();
  readonly #byName = new Map<string, PackageId[]>();
  readonly #byFolder = new Map<string, PackageId>();
  readonly #memberIds = new Map<string, PackageId>();
  readonly faults: Diagnostic[] = [];
  readonly #watched = new Set<string>();
  /** Optional dependencies of others than members that the lock file does not have. */
  readonly #unlocked = new Map<PackageId, Unlocked[]>();
  readonly #lacks = new Set<string>();
  /** What `[replace]` puts in the place of packages. */
  readonly #replaced = new Map<PackageId, PackageId>();

  constructor(world: PackageWorld, workspace: LoadedWorkspace, lock: CargoLock | undefined) {
    this.#world = world;
    this.workspace = workspace;
    this.lock = lock;
    for (const locked of lock?.packages ?? []) this.#add(locked, locked);
    for (const { folder, manifest } of workspace.members.values())
      this.#memberIds.set(folder, this.#atFolder(folder, manifest));
    for (const { name, folder } of patchedFolders(workspace)) this.#claim(name, folder);
    for (const [id, { locked }] of this.#rows.entries()) {
      if (locked?.replace === undefined) continue;
      const text = locked.replace;
      const other = this.named(locked.name).find((one) => one !== id && this.isNamed(one, text));
      if (other !== undefined) this.#replaced.set(id, other);
    }
  }

  /** Members by folder, absolute. */
  get members(): ReadonlyMap<string, PackageId> {
    return this.#memberIds;
  }

  /** The package of a folder that is no member: its row of the lock file, or one of its own. */
  add(named: { readonly name: string; readonly version: string }, folder: string): PackageId {
    const id =
      (this.#byName.get(named.name) ?? []).find(
        (one) => this.#rows.get(one).version === named.version,
      ) ?? this.#add(named, undefined);
    this.#rows.get(id).folder = folder;
    this.#byFolder.set(folder, id);
    return id;
  }

  /** Manifests outside the workspace that were read: a change asks for resolving again. */
  watched(): readonly string[] {
    return [...this.#watched];
  }

  /** All of a name, members or not. */
  named(name: string): readonly PackageId[] {
    return this.#byName.get(name) ?? [];
  }

  name(id: PackageId): string {
    return this.#rows.get(id).name;
  }

  version(id: PackageId): string {
    return this.#rows.get(id).version;
  }

  /** Its entry of the lock file. */
  locked(id: PackageId): LockedPackage | undefined {
    return this.#rows.get(id).locked;
  }

  /** Whether it lies in a folder that the project itself names. */
  isOwn(id: PackageId): boolean {
    const { source, folder } = this.#rows.get(id);
    return source.kind === 'path' && folder !== undefined;
  }

  /** Whether a line of dependencies in a lock file means a package. */
  isNamed(id: PackageId, text: string): boolean {
    if (names(text, this.#rows.get(id))) return true;
    const instead = [...this.#replaced].filter(([, other]) => other === id);
    return instead.some(([one]) => names(text, this.#rows.get(one)));
  }

  /** What a package that is no member wants, and the lock file does not have: read when its dependencies were. */
  unlocked(id: PackageId): readonly Unlocked[] {
    return this.#unlocked.get(id) ?? [];
  }

  /** Notes that a package that was chosen is not in the lock file. */
  note(id: PackageId, { declared }: Unlocked): void {
    this.#lacks.add(`${declared.crate} of ${this.name(id)}`);
  }

  /** What was noted: such features were chosen after the lock file was made. */
  get lacks(): readonly string[] {
    return [...this.#lacks];
  }

  hasFile(path: string): boolean {
    return this.#world.files.isFile(path);
  }

  /** Undefined where its files cannot be had; that is noted among the faults. */
  package(id: PackageId): Package | undefined {
    const row = this.#rows.get(id);
    if (row.package !== undefined || row.unreachable) return row.package;
    const override =
      row.source.kind === 'path' ? undefined : row.locked && this.#world.overrideOf?.(row.locked);
    const folder = override ?? this.#folderOf(row);
    const manifest = folder === undefined ? undefined : this.#manifestOf(folder);
    if (folder === undefined || manifest === undefined) {
      row.unreachable = true;
      return undefined;
    }
    const isMember = this.#memberIds.get(folder) === id;
    const source = override === undefined ? row.source : ({ kind: 'path' } as const);
    row.package = { id, manifest, folder, source, isMember };
    if (source.kind !== 'path') this.#refuseMissing(row.package);
    return row.package;
  }

  /** Whether a package can be had that is of use, but not needed: no fault where it cannot. */
  isAtHand(id: PackageId): boolean {
    const row = this.#rows.get(id);
    if (row.isAway || row.unreachable) return false;
    const before = this.faults.length;
    if (this.package(id) !== undefined) return true;
    this.faults.length = before;
    row.unreachable = false;
    row.isAway = true;
    return false;
  }

  /** What a package's manifest wants, joined with the lock file. */
  dependencies(id: PackageId): readonly PackageDependency[] {
    const row = this.#rows.get(id);
    if (row.dependencies !== undefined) return row.dependencies;
    const found = this.package(id);
    row.dependencies = found === undefined ? [] : this.#join(found);
    return row.dependencies;
  }

  #add(named: { name: string; version: string }, locked: LockedPackage | undefined): PackageId {
    const id = this.#rows.add({
      name: named.name,
      version: named.version,
      source: locked?.source ?? { kind: 'path' },
      locked,
      folder: undefined,
      package: undefined,
      dependencies: undefined,
      unreachable: false,
      isAway: false,
    });
    this.#byName.set(named.name, [...(this.#byName.get(named.name) ?? []), id]);
    return id;
  }

  /** The package of a folder of the project: its row of the lock file, or one of its own. */
  #atFolder(folder: string, manifest: Manifest | undefined): PackageId {
    const known = this.#byFolder.get(folder);
    if (known !== undefined) return known;
    const name = manifest?.package.name ?? '';
    const version = manifest?.package.version ?? '';
    const free = (this.#byName.get(name) ?? []).find((id) => {
      const row = this.#rows.get(id);
      return row.source.kind === 'path' && row.folder === undefined && row.version === version;
    });
    const id = free ?? this.#add({ name, version }, undefined);
    this.#rows.get(id).folder = folder;
    this.#byFolder.set(folder, id);
    return id;
  }

  /** A patch's folder stands for the locked package of that name that has no source. */
  #claim(name: string, folder: string): void {
    if (this.#byFolder.has(folder)) return;
    for (const id of this.#byName.get(name) ?? []) {
      const row = this.#rows.get(id);
      if (row.source.kind !== 'path' || row.folder !== undefined) continue;
      row.folder = folder;
      this.#byFolder.set(folder, id);
      return;
    }
  }

  #folderOf(row: Row): string | undefined {
    if (row.folder !== undefined) return row.folder;
    if (row.locked === undefined || row.source.kind === 'path') {
      this.faults.push(plainError(`the folder of package ${row.name} ${row.version} is not known`));
      return undefined;
    }
    const folder = this.#world.folderOf(row.locked);
    if (folder.ok) row.folder = folder.value;
    else this.faults.push(folder.error);
    return row.folder;
  }

  #manifestOf(folder: string): Manifest | undefined {
    const member = this.workspace.members.get(folder);
    if (member !== undefined) return member.manifest;
    this.#watched.add(`${folder}/Cargo.toml`);
    const read = readLoneManifest(this.#world.files, folder);
    if (read.ok) return read.value;
    this.faults.push(...read.error);
    return undefined;
  }

  #join(from: Package): readonly PackageDependency[] {
    const { manifest, isMember } = from;
    const tables = [{ key: undefined, ...manifest }, ...manifest.platforms];
    const joined: PackageDependency[] = [];
    for (const { key: platform, dependencies, devDependencies, buildDependencies } of tables) {
      const add = (kind: DependencyKind, table: ReadonlyMap<string, CrateDependency>) => {
        for (const declared of table.values()) {
          const to = this.#find(from, declared);
          if (to !== undefined) joined.push({ to, kind, platform, declared });
          else if (isMember) this.#notLocked(from, declared);
          else
            this.#unlocked.set(from.id, [...this.unlocked(from.id), { kind, platform, declared }]);
        }
      };
      add('normal', dependencies);
      add('build', buildDependencies);
      // Of others, nobody resolves what only their tests need.
      if (isMember) add('dev', devDependencies);
    }
    this.#refuseTwoNames(from, joined);
    return joined;
  }

  /** As Cargo: one package cannot know another by two names. */
  #refuseTwoNames({ manifest }: Package, joined: readonly PackageDependency[]): void {
    const first = new Map<PackageId, string>();
    for (const { to, declared } of joined) {
      const { key, crate } = declared;
      const name = key === crate ? '' : key.replaceAll('-', '_');
      const other = first.get(to) ?? name;
      first.set(to, other);
      if (other === name) continue;
      const { name: own, version } = manifest.package;
      this.faults.push(
        errorAt(
          placeOfKey(manifest.source, key),
          `the crate ${own} ${version} depends on crate ${this.name(to)} ${this.version(to)} multiple times with different names`,
        ),
      );
      return;
    }
  }

  /** What an archive came without. Manifests of folders are judged whole. */
  #refuseMissing({ manifest, folder }: Package): void {
    const first = manifest.missing.find(({ kind }) => kind === 'bin');
    if (first === undefined) return;
    const { key, value = '', message, hint } = missingTarget(this.#world.files, folder, first);
    this.faults.push(errorAt(placeOfEntry(manifest.source, key, value), message, hint));
  }

  #refuseOtherName({ manifest, folder }: Package, declared: CrateDependency, name: string): void {
    this.faults.push(
      errorAt(
        placeOfKey(manifest.source, declared.key),
        `no matching package named \`${declared.crate}\` found`,
        `The package in ${posix.resolve(folder, declared.path ?? '')} is "${name}".`,
      ),
    );
  }

  #notLocked({ manifest }: Package, declared: CrateDependency): void {
    const others = (this.#byName.get(declared.crate) ?? []).map((id) => this.#rows.get(id).version);
    const wanted = others.length > 0 && declared.version !== '' ? ` ${declared.version}` : '';
    const has = others.length > 0 ? `, which has ${others.join(', ')}` : '';
    this.faults.push(
      errorAt(
        placeOfKey(manifest.source, declared.key),
        `"${declared.crate}"${wanted} of ${manifest.package.name} is not in ${this.lock?.source.path ?? 'Cargo.lock, which is missing'}${has}`,
        '"cargo update --workspace" adds what is missing.',
      ),
    );
  }

  #find(from: Package, declared: CrateDependency): PackageId | undefined {
    if (declared.path !== undefined && this.#keepsPaths(from, declared.path)) {
      const id = this.#byPath(from, declared.path);
      if (id !== undefined && this.name(id) !== declared.crate)
        this.#refuseOtherName(from, declared, this.name(id));
      return id;
    }
    const named = this.#byName.get(declared.crate) ?? [];
    const locked = this.#rows.get(from.id).locked;
    const own =
      locked === undefined ? named : named.filter((id) => isListed(locked, this.#rows.get(id)));
    const requirement = declared.version === '' ? undefined : parseRequirement(declared.version);
    const fitting = own.filter((id) => {
      const { version } = this.#rows.get(id);
      return requirement === undefined || !requirement.ok || accepts(requirement.value, version);
    });
    const found = preferred(fitting, (id) => this.#rows.get(id), declared);
    return found === undefined ? undefined : (this.#replaced.get(found) ?? found);
  }

  /** Packages of a repository lie apart from one another once they are vendored. */
  #keepsPaths({ source, folder }: Package, path: string): boolean {
    if (source.kind !== 'git') return source.kind !== 'registry';
    return this.#world.files.isFile(`${posix.resolve(folder, path)}/Cargo.toml`);
  }

  #byPath(from: Package, path: string): PackageId | undefined {
    const folder = posix.resolve(from.folder, path);
    const known = this.#byFolder.get(folder);
    if (known !== undefined) return known;
    const manifest = this.#manifestOf(folder);
    if (manifest === undefined) return undefined;
    const { name, version } = manifest.package;
    if (from.source.kind !== 'git') return this.#atFolder(folder, manifest);
    // Another package of the same repository: it has the same source.
    const sibling = (this.#byName.get(name) ?? []).find((id) => {
      const row = this.#rows.get(id);
      return row.version === version && sourceKey(row.source) === sourceKey(from.source);
    });
    if (sibling === undefined) return this.#atFolder(folder, manifest);
    this.#rows.get(sibling).folder ??= folder;
    this.#byFolder.set(folder, sibling);
    return sibling;
  }
}
