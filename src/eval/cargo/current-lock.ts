import { err } from '../../base/result.ts';
import { sha256Of } from '../../base/sha256.ts';
import type { CargoLock, LockedSource } from '../../cargo/lock/lock.ts';
import { lockChanges, shownChanges } from '../../cargo/lock/lock-changes.ts';
import { saidByCargo } from '../../cargo/said-by-cargo.ts';
import { type LoadedWorkspace, loadWorkspace } from '../../cargo/units/packages/load-workspace.ts';
import { lockFit, lockingDigest } from '../../cargo/units/packages/lock-fit.ts';
import { PackageSet } from '../../cargo/units/packages/package-set.ts';
import { plainError } from '../../diag/diagnostic.ts';
import { replaceDifferent } from '../../host/replace-different.ts';
import type { Call } from '../call.ts';
import { shownPath } from '../interpreter/build-file.ts';
import { joinPath } from '../paths.ts';
import { perEvaluation } from '../per-evaluation.ts';
import { askCargo } from './ask-cargo.ts';
import { addCratesOf, cargoLockOf, forgetLock } from './cargo-lock.ts';
import { makeLock, refuseAsCargo } from './made-lock.ts';
import { warnOfCrates } from './warn-of-crates.ts';

export interface LockWanted {
  /** Absolute. */
  readonly folder: string;
  /** Whether the lock file must stay as it is. */
  readonly locked: boolean;
  /** Whether a source lies on this machine: its crates may have no checksum. */
  readonly isHere?: (source: LockedSource) => boolean;
}

/** Folders whose lock Cargo was asked about: its answer does not change while build files are read. */
const asked = perEvaluation(() => new Set<string>());

/**
 * The lock file of a workspace, made or brought up to date by the user's Cargo as `cargo build` would.
 * Cargo is only asked where something tells that it would change the file: it takes its time.
 */
export function currentLock(
  call: Call,
  wanted: LockWanted,
  workspace: LoadedWorkspace,
): CargoLock | undefined {
  const { folder } = wanted;
  makeLock(call, wanted, workspace);
  const lock = cargoLockOf(call, folder);
  if (lock === undefined || call.scope.subproject !== '') return lock;
  const seen = seenBefore(call, folder);
  const manifests = lockingDigest(workspace);
  const isEdited = seen?.lock === digestOf(lock) && seen.manifests !== manifests;
  const fit = isUnverified(lock, wanted) ? 'lacks' : fitOf(call, workspace, lock);
  if (isEdited || fit !== 'fits')
    bringUpToDate(call, { ...wanted, workspace }, fit === 'lacks' ? 'fail' : 'warn');
  const now = cargoLockOf(call, folder);
  if (now !== undefined) remember(call, folder, `${digestOf(now)} ${manifests}\n`);
  return now;
}

/**
 * The same for crates that Meson's rules build. They may come by wraps alone, so only a lock that lacks
 * something is touched, and what Cargo cannot do is no error.
 */
export function lockForMeson(call: Call, wanted: LockWanted): void {
  const { files } = call.evaluation.host;
  if (!files.isFile(`${wanted.folder}/Cargo.toml`)) return;
  const workspace = loadWorkspace(files, wanted.folder);
  if (!workspace.ok || call.scope.subproject !== '') return;
  const hadLock = files.isFile(`${wanted.folder}/Cargo.lock`);
  makeLock(call, wanted, workspace.value);
  const lock = cargoLockOf(call, wanted.folder);
  if (lock === undefined) return;
  const isStale = fitOf(call, workspace.value, lock) === 'lacks';
  const isChanged =
    isStale && bringUpToDate(call, { ...wanted, workspace: workspace.value }, 'ignore');
  if (hadLock && !isChanged) return;
  const now = cargoLockOf(call, wanted.folder);
  if (now !== undefined) addCratesOf(call, now);
}

/** Lets Cargo change what it would change in a lock file; answers whether it did. Asked for once in each folder. */
export function bringUpToDate(
  call: Call,
  { folder, locked, workspace }: LockWanted & { readonly workspace: LoadedWorkspace },
  onFailure: 'fail' | 'warn' | 'ignore',
): boolean {
  const { system } = call.evaluation.host;
  const before = cargoLockOf(call, folder);
  const known = asked(call.evaluation);
  if (known.has(folder) || call.scope.subproject !== '') return false;
  known.add(folder);
  // Of all that Cargo does this is the least that changes a lock as a build does.
  const least = ['tree', '--workspace', '--depth=0', ...(locked ? ['--locked'] : [])];
  const answer = askCargo(call, folder, least);
  if (answer === undefined) return false;
  const { ended, stderr } = answer;
  forgetLock(call, folder);
  const now = cargoLockOf(call, folder);
  const isChanged = now?.source.text !== before?.source.text;
  const isDone = ended.kind === 'exited' && ended.code === 0;
  if (!isDone && !isChanged && onFailure !== 'ignore')
    notUpToDate(call, { folder, locked, onFailure, stderr, workspace });
  if (!isChanged) return false;
  const changes = shownChanges(lockChanges(before, now));
  const shown = shownPath(system.workingDirectory, `${folder}/Cargo.lock`);
  call.evaluation.log(`${shown} brought up to date${changes === '' ? '' : `: ${changes}`}`);
  return true;
}

/** Whether crates have no checksums, as very old lock files: Cargo adds them. */
function isUnverified({ packages }: CargoLock, { isHere }: Pick<LockWanted, 'isHere'>): boolean {
  return packages.some(
    ({ source, checksum }) =>
      source.kind === 'registry' && checksum === undefined && isHere?.(source) !== true,
  );
}

function fitOf(
  { evaluation }: Call,
  workspace: LoadedWorkspace,
  lock: CargoLock,
): ReturnType<typeof lockFit> {
  const { files } = evaluation.host;
  // Only what the project has of its own is read.
  const folderOf = () => err(plainError('a crate from elsewhere'));
  return lockFit(new PackageSet({ files, folderOf }, workspace, lock), lock);
}

/** A lock that only has too much will do; without what is asked for nothing can be built. */
function notUpToDate(
  call: Call,
  { folder, locked, onFailure, stderr, workspace }: LockWanted & LockFailure,
): void {
  const path = `${folder}/Cargo.lock`;
  if (locked && stderr.includes('--locked was passed'))
    call.fail(`cannot update the lock file ${path} because --locked was passed`, {
      hint: 'It does not fit what Cargo.toml says: "cargo update --workspace", or leave --locked and --frozen out.',
    });
  const what = `${path} does not fit what Cargo.toml says, and cannot be brought up to date`;
  const { first } = saidByCargo(stderr);
  // What Cargo cannot read is no matter of what can be downloaded.
  if (onFailure === 'fail' || first.startsWith('failed to parse manifest'))
    refuseAsCargo(call, { workspace, stderr, what });
  warnOfCrates(call, `${what}: ${first}`);
}

interface LockFailure {
  readonly onFailure: 'fail' | 'warn';
  readonly stderr: string;
  readonly workspace: LoadedWorkspace;
}

/** What was there when this build directory was set up last: of features a lock tells nothing. */
function seenBefore({ evaluation }: Call, folder: string) {
  const text = evaluation.host.files.readText(recordPath(evaluation.buildRoot, folder));
  const [lock, manifests] = text.ok ? text.value.trim().split(' ') : [];
  return lock === undefined ? undefined : { lock, manifests };
}

function remember({ evaluation }: Call, folder: string, text: string): void {
  const { files } = evaluation.host;
  files.makeDirectory(joinPath(evaluation.buildRoot, 'meson-private'));
  replaceDifferent(files, recordPath(evaluation.buildRoot, folder), text);
}

function recordPath(buildRoot: string, folder: string): string {
  const name = sha256Of(folder).slice(0, 8);
  return joinPath(buildRoot, 'meson-private', `cargo-lock-${name}`);
}

function digestOf({ source }: CargoLock): string {
  return sha256Of(source.text);
}
