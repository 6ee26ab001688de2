import { dependencyName } from '../../cargo/crate-abi.ts';
import { checkLock } from '../../cargo/lock/check-lock.ts';
import {
  type CargoLock,
  type LockedSource,
  lockedCrates,
  parseLock,
} from '../../cargo/lock/lock.ts';
import type { LockedCrate } from '../../model/locked-crate.ts';
import { crateOfWrap } from '../../wrap/crate-of-wrap.ts';
import { lockedPackages } from '../../wrap/locked-packages.ts';
import { mergeWraps, withoutPackagesOf } from '../../wrap/wrap-set.ts';
import type { Call } from '../call.ts';
import { shownPath } from '../interpreter/build-file.ts';
import { joinPath, normalPath } from '../paths.ts';
import { perEvaluation } from '../per-evaluation.ts';
import { failWith } from './fail-with.ts';
import { isPlainWorkspace } from './plain-workspace.ts';

/** Lock files by folder. */
const locks = perEvaluation(() => new Map<string, CargoLock>());

/** The `Cargo.lock` of a folder; a fault in it ends evaluation. */
export function cargoLockOf(call: Call, folder: string): CargoLock | undefined {
  const { evaluation } = call;
  const known = locks(evaluation);
  const found = known.get(folder);
  if (found !== undefined) return found;
  const path = `${folder}/Cargo.lock`;
  const text = evaluation.host.files.readText(path);
  // It may come to be.
  if (!text.ok) return undefined;
  evaluation.tables.buildFiles.set(path, { tree: 'source', path });
  const shown = shownPath(evaluation.host.system.workingDirectory, path);
  const lock = parseLock({ path: shown, text: text.value });
  if (!lock.ok) return failWith(call, lock.error);
  known.set(folder, lock.value);
  return lock.value;
}

/** Lets a lock file be read again that was changed. */
export function forgetLock({ evaluation }: Call, folder: string): void {
  const lock = locks(evaluation).get(folder);
  if (lock === undefined) return;
  locks(evaluation).delete(folder);
  evaluation.wraps = withoutPackagesOf(evaluation.wraps, lock.source.path);
}

/** Makes the crates that a project's `Cargo.lock` names available as subprojects; its own wraps come before them. */
export function addLockedCrates(call: Call): void {
  const { evaluation, scope } = call;
  const folder = normalPath(joinPath(evaluation.sourceRoot, scope.rootDir));
  // Of a workspace without build file the lock is brought up to date first.
  if (scope.subproject === '' && isPlainWorkspace(evaluation, folder)) return;
  const lock = cargoLockOf(call, folder);
  if (lock !== undefined) addCratesOf(call, lock);
}

/** The same for the lock file of some folder. */
export function addCratesOf(
  call: Call,
  lock: CargoLock,
  isHere?: (source: LockedSource) => boolean,
): void {
  addCrates(call, lock, { isHere, isProvided: (crate) => isProvided(call, crate) });
}

/**
 * Lets the locked crates take the place of kaon's own rules, which know one set of features each:
 * those of a workspace are chosen by its `Cargo.toml`.
 */
export function preferLockedCrates(call: Call, lock: CargoLock): void {
  const { packages } = call.evaluation.wraps;
  addCrates(call, lock, {
    isProvided: ({ name }) => packages.get(name)?.origin === 'project',
  });
}

function addCrates(
  call: Call,
  lock: CargoLock,
  {
    isHere,
    isProvided,
  }: {
    readonly isHere?: ((source: LockedSource) => boolean) | undefined;
    readonly isProvided: (crate: LockedCrate) => boolean;
  },
): void {
  const { evaluation } = call;
  const crates = lockedCrates(lock, dependencyName, isHere);
  if (!crates.ok) failWith(call, crates.error);
  const subprojects = normalPath(joinPath(evaluation.sourceRoot, evaluation.subprojectDir));
  const wanted = crates.value.filter((crate) => !isProvided(crate));
  const packages = lockedPackages(evaluation.host, subprojects, wanted);
  evaluation.wraps = mergeWraps(evaluation.wraps, packages);
}

/** The lock file nearest to where the top project asked for the subproject that is being read. */
const asked = perEvaluation((): { lock: CargoLock | undefined } => ({ lock: undefined }));

/** Ends evaluation where a crate's wrap is not the crate of the project's `Cargo.lock`. */
export function checkAgainstLock(call: Call, subproject: string): void {
  const { evaluation, scope } = call;
  const wrap = evaluation.wraps.packages.get(subproject)?.wrap;
  const crate = wrap && crateOfWrap(wrap);
  if (scope.subproject === '') asked(evaluation).lock = lockAround(call, scope.subdir);
  const { lock } = asked(evaluation);
  if (crate === undefined || lock === undefined) return;
  const found = checkLock([crate], lock);
  const errors = found.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) failWith(call, errors);
  for (const diagnostic of found) evaluation.report(diagnostic);
}

/** The `Cargo.lock` of a folder of the project, or of the nearest above it. */
function lockAround(call: Call, subdir: string): CargoLock | undefined {
  const { sourceRoot } = call.evaluation;
  for (let at = subdir; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const lock = cargoLockOf(call, normalPath(joinPath(sourceRoot, at)));
    if (lock !== undefined || at === '') return lock;
  }
}

/**
 * Whether a crate is there already. kaon's own rules for the very version that is locked do more than
 * a manifest says; and what the lock file of a subproject says only counts for what nobody else has.
 */
function isProvided({ evaluation, scope }: Call, { name, from }: LockedCrate): boolean {
  const known = evaluation.wraps.packages.get(name);
  if (known === undefined) return false;
  if (scope.subproject !== '' || known.origin === 'project') return true;
  const { wrap } = known;
  const crate = wrap?.kind === 'file' ? wrap.crate : undefined;
  return from.kind === 'registry' && crate?.version === from.version;
}
