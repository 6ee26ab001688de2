import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { CargoMetadata, MetadataPackage } from '../../cargo/cargo-metadata.ts';
import { dependencyName } from '../../cargo/crate-abi.ts';
import { type CargoLock, parseLock } from '../../cargo/lock/lock.ts';
import { type LockChange, lockChanges } from '../../cargo/lock/lock-changes.ts';
import type { Files } from '../../host/host.ts';
import { loadWraps, type WrapSet } from '../../wrap/wrap-set.ts';
import { configFolder } from '../cargo/config-folder.ts';
import type { Session } from '../session.ts';
import { shownDiagnostic } from '../terminal/terminal.ts';
import { allOrNothing, type FileChange, textOf } from './all-or-nothing.ts';
import { members, resolvedHere } from './cargo-metadata.ts';
import type { CargoProject } from './cargo-project.ts';
import { crateMachines, crateRules } from './crate-rules.ts';
import { needingNewer } from './needing-newer.ts';
import { cargoIn, type RunCargo } from './run-cargo.ts';
import { wrapChanges } from './wrap-changes.ts';

/** What is to be done to a project's crates. */
export interface CrateEdit {
  /** What Cargo is asked, one after the other; `package` is the chosen member's manifest. */
  readonly commands: (member: string) => readonly (readonly string[])[];
  /** The member that is meant, where it is not that of the manifest. */
  readonly package?: string | undefined;
  /** Whole workspaces may be updated; a crate is added to one member. */
  readonly needsMember: boolean;
  readonly writesRules: boolean;
  /** Crates may need a newer compiler than the project promises. */
  readonly ignoresRustVersion: boolean;
  readonly dryRun: boolean;
}

/** What was done. */
export interface CrateChange {
  readonly lock: readonly LockChange[];
  /** All that the lock file has now. */
  readonly locked: CargoLock['packages'];
  readonly changes: readonly FileChange[];
  /** Folders below `subprojects/` that nothing brings any more. */
  readonly left: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Lets Cargo change the manifest and the lock, and brings wraps, rules and `.gitignore` after them. If
 * anything fails, no file is changed.
 */
export async function changeCrates(
  session: Session,
  project: CargoProject,
  edit: CrateEdit,
): Promise<Result<CrateChange, string>> {
  const { files } = session.host;
  return session.interruptible(async (signal) => {
    const folder = configFolder(session.host, posix.dirname(project.workspace));
    const cargo = cargoIn(session, { folder, said: [] }, signal);
    if (!cargo.ok) return cargo;
    const wraps = wrapsOf(session, project);
    if (!wraps.ok) return wraps;
    const known = await members(cargo.value, project.manifest);
    if (!known.ok) return known;
    const member = chosenMember(project, known.value, edit);
    if (!member.ok) return member;
    const touched = [
      ...new Set([
        project.workspace,
        project.lock,
        ...known.value.packages.map(({ manifest_path }) => manifest_path),
      ]),
    ];
    let dry: CrateChange | undefined;
    const done = await allOrNothing<CrateChange>(files, touched, async () => {
      const work = { session, project, edit, cargo: cargo.value, wraps: wraps.value };
      const changed = await editedCrates(work, member.value, touched);
      if (!changed.ok || !edit.dryRun) return changed;
      dry = changed.value;
      return err('dry run');
    });
    return dry === undefined ? done : ok(dry);
  });
}

interface Work {
  readonly session: Session;
  readonly project: CargoProject;
  readonly edit: CrateEdit;
  readonly cargo: RunCargo;
  readonly wraps: WrapSet;
}

async function editedCrates(
  { session, project, edit, cargo, wraps }: Work,
  member: string,
  touched: readonly string[],
): Promise<Result<CrateChange, string>> {
  const { files } = session.host;
  const manifests = touched
    .filter((path) => path !== project.lock)
    .map((path) => ({ path, before: textOf(files, path) }));
  const before = lockOf(files, project.lock);
  if (!before.ok) return before;
  for (const words of edit.commands(member)) {
    const done = await cargo(words);
    if (!done.ok) return done;
  }
  const resolved = await resolvedHere(cargo, project.manifest);
  if (!resolved.ok) return resolved;
  const now = lockOf(files, project.lock);
  if (!now.ok) return now;
  const lock = lockChanges(before.value, now.value);
  const tooNew = edit.ignoresRustVersion ? undefined : needingNewer(resolved.value, lock);
  if (tooNew !== undefined) return err(tooNew);
  const rules = edit.writesRules ? rulesFor(resolved.value, lock) : new Map<string, string>();
  const locked = now.value?.packages ?? [];
  const planned = wrapChanges(files, { project, wraps }, { lock, rules, locked });
  const texts = manifests.map((each) => ({ ...each, after: textOf(files, each.path) }));
  const own = texts.filter((each) => each.before !== each.after);
  return ok({ ...planned, changes: [...own, ...planned.changes], lock, locked });
}

function wrapsOf(session: Session, { subprojects }: CargoProject): Result<WrapSet, string> {
  const loaded = loadWraps(session.host, subprojects, posix.basename(subprojects));
  if (loaded.ok) return loaded;
  return err(loaded.error.map((each) => shownDiagnostic(each, session.terminal)).join('\n'));
}

function lockOf(files: Files, path: string): Result<CargoLock | undefined, string> {
  const text = textOf(files, path);
  if (text === undefined) return ok(undefined);
  const lock = parseLock({ path, text });
  return lock.ok ? lock : err(lock.error.map(({ message }) => `${path}: ${message}`).join('\n'));
}

/** The manifest of the package that a crate is added to. */
function chosenMember(
  { manifest }: CargoProject,
  { packages }: CargoMetadata,
  edit: CrateEdit,
): Result<string, string> {
  if (edit.package !== undefined) {
    const named = packages.find(({ name }) => name === edit.package);
    if (named !== undefined) return ok(named.manifest_path);
    return err(`There is no package '${edit.package}' in ${manifest}.`);
  }
  if (!edit.needsMember || packages.some(({ manifest_path }) => manifest_path === manifest))
    return ok(manifest);
  const [only, ...others] = packages;
  if (only === undefined) return err(`${manifest} has no packages.`);
  if (others.length === 0) return ok(only.manifest_path);
  const names = packages
    .map(({ name }) => name)
    .sort()
    .join(', ');
  return err(`Which package? Say one by --package: ${names}`);
}

function rulesFor(data: CargoMetadata, lock: readonly LockChange[]): Map<string, string> {
  const machines = crateMachines(data);
  const found = (name: string, version: string): MetadataPackage | undefined =>
    data.packages.find((each) => each.name === name && each.version === version);
  return new Map(
    lock.flatMap((change) => {
      if (change.kind !== 'added') return [];
      const { name, version } = change.now;
      const made = found(name, version);
      return made === undefined
        ? []
        : [[dependencyName(name, version), crateRules(data, made, machines)] as const];
    }),
  );
}
