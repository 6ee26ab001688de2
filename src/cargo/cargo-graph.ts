import { posix } from 'node:path';
import { rcompare } from 'semver';
import { err, ok, type Result } from '../base/result.ts';
import { Rows } from '../base/rows.ts';
import { type Diagnostic, errorAt, plainError } from '../diag/diagnostic.ts';
import type {
  CargoWorkspace,
  CargoWorld,
  Crate,
  CrateConfiguration,
  CrateId,
  LaidSubproject,
  WorkspaceId,
} from './cargo-world.ts';
import { type CrateMachine, dependencyName } from './crate-abi.ts';
import { FeatureResolver } from './features/feature-resolver.ts';
import type { CargoLock, LockedPackage } from './lock/lock.ts';
import { gitDirectory } from './lock/lock.ts';
import { loneWorkspace } from './lone-workspace.ts';
import { machinesOf } from './machines-of.ts';
import type { CrateDependency, Manifest, WorkspaceManifest } from './manifest/manifest.ts';
import { patchWarnings } from './manifest/patches.ts';
import { readManifest } from './manifest/read-manifest.ts';
import { placeOfKey } from './manifest/toml.ts';
import { unknownKeyWarnings } from './manifest/unknown-keys.ts';
import { accepts, apiOf, parseRequirement } from './requirement.ts';

interface WorkspaceState extends CargoWorkspace {
  readonly members: Map<string, CrateId>;
  readonly required: string[];
}

/**
 * The crates of a project and of its subprojects, with their features, as `rust.workspace()` and
 * subprojects with `method = cargo` need them. It grows while build files are read: each workspace
 * that is loaded adds its members, and what they depend on.
 */
export class CargoGraph {
  readonly #world: CargoWorld;
  readonly #crates = new Rows<CrateId, Crate>();
  readonly #workspaces = new Rows<WorkspaceId, WorkspaceState>();
  /** By folder below the source tree. */
  readonly #workspaceAt = new Map<string, WorkspaceId>();
  /** Crates in use by name and API version. */
  readonly #byApi = new Map<string, CrateId>();
  readonly #watched = new Set<string>();
  readonly #resolver: FeatureResolver;
  #features: readonly string[] | undefined;
  #faults: Diagnostic[] = [];

  constructor(world: CargoWorld) {
    this.#world = world;
    this.#resolver = new FeatureResolver({
      manifest: (id) => this.#crates.get(id).manifest,
      platform: world.platform,
      machinesOf: (id, parent) => machinesOf(this.#crates.get(id).manifest, parent, world),
      dependency: (id, dependency) => this.#dependency(this.#crates.get(id), dependency),
      fault: (diagnostic) => this.#faults.push(diagnostic),
      slashNamesFeature: false,
    });
    if (world.lock !== undefined) this.#watched.add(`${world.sourceRoot}/Cargo.lock`);
  }

  /** Chooses the features of the entry points; they cannot be changed once they were used. */
  chooseFeatures(features: readonly string[]): Result<void, string> {
    const chosen = [...new Set(features)].sort();
    if (this.#features !== undefined && chosen.join('\0') !== this.#features.join('\0'))
      return err('Cannot modify features after they have been selected or used');
    this.#features = chosen;
    return ok(undefined);
  }

  /** Loads the workspace of a folder below the source tree, and resolves its members the first time. */
  loadWorkspace(
    at: LaidSubproject,
    extraMembers: readonly string[] = [],
  ): Result<
    { readonly id: WorkspaceId; readonly warnings: readonly Diagnostic[] },
    readonly Diagnostic[]
  > {
    const isNew = !this.#workspaceAt.has(at.subdir);
    const known = this.#crates.size;
    const id = this.#workspace(at, extraMembers);
    if (id === undefined) return this.#told();
    const warnings: Diagnostic[] = [];
    if (isNew) {
      const { manifest, members } = this.#workspaces.get(id);
      const paths = new Map(
        [...members].map(([path, crate]) => [this.#crates.get(crate).manifest.package.name, path]),
      );
      warnings.push(...patchWarnings(manifest, paths));
      this.#enter(id);
    }
    for (const crate of [...this.#crates.values()].slice(known))
      warnings.push(...unknownKeyWarnings(crate.manifest));
    return this.#faults.length > 0 ? this.#told() : ok({ id, warnings });
  }

  /** Where its lock file lies, if there is one: absolute. */
  get folder(): string {
    return this.#world.sourceRoot;
  }

  hasWorkspace(subdir: string): boolean {
    return this.#workspaceAt.has(subdir);
  }

  workspace(id: WorkspaceId): CargoWorkspace {
    return this.#workspaces.get(id);
  }

  crate(id: CrateId): Crate {
    return this.#crates.get(id);
  }

  crates(): Iterable<Crate> {
    return this.#crates.values();
  }

  /** Undefined where nothing builds the crate for that machine. */
  configuration(id: CrateId, machine: CrateMachine): CrateConfiguration | undefined {
    return this.#resolver.configuration(id, this.#world.isCross ? machine : 'host');
  }

  /** Names of the members that something builds, sorted. */
  configuredPackages(id: WorkspaceId): string[] {
    return [...this.#workspaces.get(id).members.values()]
      .filter((crate) => this.#isConfigured(crate))
      .map((crate) => this.#crates.get(crate).manifest.package.name)
      .sort();
  }

  /** A member by its package's name; the root package where none is named. */
  member(id: WorkspaceId, name: string | undefined): Result<CrateId, string> {
    const { members, manifest } = this.#workspaces.get(id);
    if (name === undefined) {
      const root = manifest.root === undefined ? undefined : members.get('.');
      return root === undefined ? err('no root package in workspace') : ok(root);
    }
    for (const [path, crate] of members) {
      if (this.#crates.get(crate).manifest.package.name !== name) continue;
      if (this.isBelowSubprojects(path)) return err('argument to package() cannot be a subproject');
      return ok(crate);
    }
    return err(`workspace member "${name}" not found`);
  }

  /** The newest locked version of a crate that a requirement (or nothing) accepts. */
  locked(
    name: string,
    requirement: string | undefined,
  ): Result<CrateId | undefined, readonly Diagnostic[]> {
    const found = this.#lockedPackage(name, requirement ?? '');
    if (found === undefined) return ok(undefined);
    const id = this.#fetch(name, found.version);
    return this.#faults.length > 0 ? this.#told() : ok(id);
  }

  /** The subproject to configure before a crate can be linked from a workspace; undefined for its own members. */
  subprojectFor(id: CrateId, from: WorkspaceId): string | undefined {
    const { workspace, subproject, manifest } = this.#crates.get(id);
    if (workspace === from && subproject === undefined) return undefined;
    return subproject ?? dependencyName(manifest.package.name, manifest.package.version);
  }

  isBelowSubprojects(path: string): boolean {
    return path.startsWith(`${this.#world.subprojects}/`);
  }

  /** The lock file that its versions come from. */
  get lock(): CargoLock | undefined {
    return this.#world.lock;
  }

  /** Manifests and lock files that were read: a change makes setup run again. */
  watched(): readonly string[] {
    return [...this.#watched];
  }

  #told(): { readonly ok: false; readonly error: readonly Diagnostic[] } {
    const faults = this.#faults;
    this.#faults = [];
    return err(faults);
  }

  #isConfigured(id: CrateId): boolean {
    return (['build', 'host'] as const).some(
      (machine) => this.#resolver.configuration(id, machine) !== undefined,
    );
  }

  #enter(id: WorkspaceId): void {
    const workspace = this.#workspaces.get(id);
    this.#features ??= ['default'];
    for (const path of workspace.manifest.defaultMembers) {
      const crate = this.#require(workspace, path);
      if (crate === undefined) continue;
      const { manifest } = this.#crates.get(crate);
      const machines =
        manifest.library === undefined && manifest.binaries.size > 0
          ? (['host'] as const)
          : machinesOf(manifest, 'host', this.#world);
      for (const machine of machines) this.#resolver.enable(crate, machine, this.#features);
    }
    this.#resolver.run();
  }

  #workspace(at: LaidSubproject, extraMembers: readonly string[]): WorkspaceId | undefined {
    const known = this.#workspaceAt.get(at.subdir);
    if (known !== undefined) return known;
    const manifest = this.#workspaceManifest(at);
    if (manifest === undefined) return undefined;
    const missing = extraMembers.find(
      (member) => !manifest.members.includes(posix.normalize(member)),
    );
    if (missing !== undefined) {
      const valid = [...manifest.members].sort().join(', ');
      this.#faults.push(
        plainError(
          `${missing} is not a workspace member for ${manifest.source.path} (valid members are ${valid})`,
        ),
      );
      return undefined;
    }
    const defaults = [
      ...manifest.defaultMembers,
      ...extraMembers.map((one) => posix.normalize(one)),
    ];
    const id = this.#workspaces.add({
      // Known to itself only once it has a row.
      id: this.#workspaces.size as WorkspaceId,
      manifest: { ...manifest, defaultMembers: [...new Set(defaults)] },
      ...at,
      members: new Map(),
      required: [],
    });
    this.#workspaceAt.set(at.subdir, id);
    const workspace = this.#workspaces.get(id);
    if (manifest.root !== undefined) this.#addMember(workspace, '.', manifest.root);
    for (const member of manifest.members) this.#loadMember(workspace, member);
    return id;
  }

  /** What a folder's manifest says. A member of another workspace is known already, with what it inherits. */
  #workspaceManifest(at: LaidSubproject): WorkspaceManifest | undefined {
    for (const { folder, manifest } of this.#crates.values())
      if (folder === at.folder) return loneWorkspace(manifest);
    this.#watched.add(`${at.folder}/Cargo.toml`);
    const read = readManifest({
      files: this.#world.files,
      folder: at.folder,
      display: posix.join(at.subdir, 'Cargo.toml'),
    });
    if (!read.ok) {
      this.#faults.push(...read.error);
      return undefined;
    }
    return read.value.kind === 'workspace'
      ? read.value.workspace
      : loneWorkspace(read.value.manifest);
  }

  #loadMember(workspace: WorkspaceState, path: string): CrateId | undefined {
    const member = posix.normalize(path).replace(/(.)\/$/, '$1');
    const known = workspace.members.get(member);
    if (known !== undefined) return known;
    const folder = posix.join(workspace.folder, member);
    this.#watched.add(`${folder}/Cargo.toml`);
    const read = readManifest({
      files: this.#world.files,
      folder,
      display: posix.join(workspace.subdir, member, 'Cargo.toml'),
      workspace: workspace.manifest.inheritable,
      workspaceFolder: workspace.folder,
    });
    if (!read.ok) this.#faults.push(...read.error);
    else if (read.value.kind === 'package')
      return this.#addMember(workspace, member, read.value.manifest);
    else if (read.value.workspace.root !== undefined)
      return this.#addMember(workspace, member, read.value.workspace.root);
    return undefined;
  }

  #addMember(workspace: WorkspaceState, member: string, manifest: Manifest): CrateId {
    const inUse = this.#byApi.get(apiKey(manifest.package.name, manifest.package.version));
    if (inUse !== undefined) {
      workspace.members.set(member, inUse);
      this.#require(workspace, member);
      return inUse;
    }
    const { name, version } = manifest.package;
    const id = this.#crates.add({
      // As above: the row that is being made.
      id: this.#crates.size as CrateId,
      manifest,
      workspace: workspace.id,
      member,
      folder: posix.join(workspace.folder, member),
      subdir: posix.join(workspace.subdir, member),
      subproject: this.isBelowSubprojects(member) ? dependencyName(name, version) : undefined,
      fromWrap: workspace.fromWrap,
    });
    workspace.members.set(member, id);
    return id;
  }

  #require(workspace: WorkspaceState, path: string): CrateId | undefined {
    const member = posix.normalize(path).replace(/(.)\/$/, '$1');
    const id = this.#loadMember(workspace, member);
    if (id === undefined) return undefined;
    if (!workspace.required.includes(member)) {
      const { name, version } = this.#crates.get(id).manifest.package;
      const key = apiKey(name, version);
      if (!this.#byApi.has(key)) this.#byApi.set(key, id);
      workspace.required.push(member);
    }
    return id;
  }

  /** The crate that a dependency means: a path, a repository, or a crate of lock file or wraps. */
  #dependency(crate: Crate, dependency: CrateDependency): CrateId | undefined {
    if (dependency.path !== undefined) {
      const workspace = this.#workspaces.get(crate.workspace);
      const path = posix.normalize(posix.join(crate.member, dependency.path));
      const { subprojects } = this.#world;
      if (this.isBelowSubprojects(path) && path.slice(subprojects.length + 1).includes('/')) {
        this.#complain(
          crate,
          dependency,
          `found "${subprojects}" in path but it is not a valid subproject path`,
        );
        return undefined;
      }
      return this.#require(workspace, path);
    }
    if (dependency.git !== undefined)
      return this.#fetchSubproject(
        dependency.crate,
        gitDirectory(dependency.git.url, dependency.git.branch),
      );
    const locked = this.#lockedPackage(dependency.crate, dependency.version);
    const version = locked?.version ?? apiOf(dependency.version);
    return this.#fetch(dependency.crate, version, () =>
      placeOfKey(crate.manifest.source, dependency.key),
    );
  }

  #complain(crate: Crate, dependency: CrateDependency, message: string): void {
    this.#faults.push(errorAt(placeOfKey(crate.manifest.source, dependency.key), message));
  }

  #lockedPackage(name: string, requirement: string): LockedPackage | undefined {
    const parsed = requirement === '' ? undefined : parseRequirement(requirement);
    if (parsed?.ok === false) return undefined;
    return (this.#world.lock?.packages ?? [])
      .filter((one) => one.name === name)
      .sort((a, b) => rcompare(a.version, b.version))
      .find(({ version }) => parsed === undefined || accepts(parsed.value, version));
  }

  #fetch(
    name: string,
    version: string,
    place?: () => ReturnType<typeof placeOfKey>,
  ): CrateId | undefined {
    const known = this.#byApi.get(apiKey(name, version));
    if (known !== undefined) return known;
    const wanted = dependencyName(name, version);
    const subproject = this.#world.providerOf(wanted);
    if (subproject !== undefined) return this.#fetchSubproject(name, subproject);
    const message = `Dependency '${wanted}' not found in any wrap files${this.#world.lock === undefined ? '' : ' or Cargo.lock'}.`;
    this.#faults.push(place === undefined ? plainError(message) : errorAt(place(), message));
    return undefined;
  }

  #fetchSubproject(name: string, subproject: string): CrateId | undefined {
    const laid = this.#world.prepare(subproject);
    if (!laid.ok) {
      this.#faults.push(laid.error);
      return undefined;
    }
    const id = this.#workspace(laid.value, []);
    if (id === undefined) return undefined;
    const workspace = this.#workspaces.get(id);
    for (const [path, crate] of workspace.members) {
      const row = this.#crates.get(crate);
      if (row.manifest.package.name !== name) continue;
      this.#crates.replace(crate, { ...row, subproject });
      return this.#require(workspace, path);
    }
    this.#faults.push(
      plainError(`workspace member "${name}" not found in ${workspace.manifest.source.path}`),
    );
    return undefined;
  }
}

function apiKey(name: string, version: string): string {
  return `${name} ${apiOf(`=${version}`)}`;
}
