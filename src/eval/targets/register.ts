import { posix } from 'node:path';
import { sha256Of } from '../../base/sha256.ts';
import { flatFolder, type Target, type TargetId } from '../../model/target.ts';
import type { Call } from '../call.ts';
import { joinPath } from '../paths.ts';
import { optionOf } from './options.ts';

/**
 * Adds a target to the model, after Meson's checks of its name. Ends evaluation when another target
 * has the same introspection id.
 */
export function registerTarget(call: Call, target: Target): TargetId {
  const { declaredAt } = call.evaluation.tables;
  if (call.evaluation.options.find(backendKey) === 'none')
    call.fail('Install-only backend cannot generate target rules, try using `--backend=ninja`.');
  checkName(call, target.name);
  // What Cargo's rules make has a folder of its own, and whatever name its package has.
  if (target.kind !== 'custom' || target.crate === undefined)
    checkReserved(call, target.name, target.buildSubdir);
  const other = idsOf(call).get(target.introspectionId);
  if (other !== undefined) {
    const place = declaredAt.get(other);
    call.fail(
      `Tried to create target "${target.name}", but a target of that name already exists.`,
      place === undefined ? {} : { related: [{ place, message: 'the other one is here' }] },
    );
  }
  tellSameExecutable(call, target);
  const id = call.evaluation.tables.targets.add(target);
  idsOf(call).set(target.introspectionId, id);
  declaredAt.set(id, call.place);
  return id;
}

const backendKey = { name: 'backend', subproject: undefined, machine: 'host' } as const;

/**
 * Meson's id of a target: its name and what kind it is (`@exe`, `@sta`, `@sha`, `@cus`, `@run`), with
 * seven digits of a hash of the folder it is built in.
 */
export function introspectionId(buildSubdir: string, name: string, suffix: string): string {
  const id = name.replaceAll(/[/\\]/g, '@') + suffix;
  if (buildSubdir === '') return id;
  return `${sha256Of(buildSubdir).slice(0, 7)}@@${id}`;
}

/** The same for a target of this build file; its folder counts as build files spell it. */
export function ownIntrospectionId(
  { scope }: Call,
  {
    name,
    suffix,
    folder = '',
  }: { readonly name: string; readonly suffix: string; readonly folder?: string | undefined },
): string {
  const { buildSubdir } = scope.spelled;
  return introspectionId(folder === '' ? buildSubdir : joinPath(buildSubdir, folder), name, suffix);
}

/** Names of files and goals that the build directory has for itself. */
const reservedNames: ReadonlySet<string> = new Set([
  ...['clean', 'clean-ctlist', 'clean-gcno', 'clean-gcda', 'coverage', 'coverage-text'],
  ...['coverage-xml', 'coverage-html', 'phony', 'PHONY', 'all', 'test', 'benchmark', 'install'],
  ...['uninstall', 'build.ninja', 'scan-build', 'reconfigure', 'dist', 'distcheck'],
]);

/** Ends evaluation when a target or one of its outputs has a name that is taken. */
export function checkReserved(call: Call, name: string, buildSubdir: string): void {
  const reserved = (which: string): never =>
    call.fail(`${which} reserved for Meson's internal use. Please rename.`);
  if (name.startsWith('meson-internal__'))
    reserved("Target names starting with 'meson-internal__' are");
  if (name.startsWith('meson-') && !name.includes('.'))
    reserved("Target names starting with 'meson-' and without a file extension are");
  if (!reservedNames.has(name)) return;
  if (buildSubdir === '') reserved(`Target name '${name}' is`);
  call.uses(
    `Target name '${name}' reserved in the root build directory, but allowed in subdirectories`,
    '1.12.0',
  );
}

/**
 * Where a target is built: below the folder of its build file, or, where the layout is flat, of the one
 * folder for all; `below` is its `build_subdir`.
 */
export function targetBuildSubdir(call: Call, name: string, below: string): string {
  const { evaluation, scope } = call;
  if (below !== '' && below !== '.') checkBuildSubdir(call, name, below);
  const isFlat = optionOf(call, 'layout') === 'flat';
  if (below === '') return isFlat ? flatFolder : scope.buildSubdir;
  // `include_directories()` may name it before anything is built.
  const mirrored = joinPath(scope.buildSubdir, below);
  evaluation.host.files.makeDirectory(joinPath(evaluation.buildRoot, mirrored));
  return isFlat ? joinPath(flatFolder, below) : mirrored;
}

/** Ends evaluation at a `build_subdir` that is a folder of the sources, or leads out of its own. */
export function checkBuildSubdir(call: Call, name: string, below: string): void {
  const { evaluation, scope } = call;
  if (evaluation.host.files.exists(joinPath(evaluation.sourceRoot, scope.subdir, below)))
    call.fail(`Build subdir "${below}" in "${name}" exists in source tree.`);
  if (below.includes('..')) call.fail(`Build subdir "${below}" in "${name}" contains ..`);
}

function checkName(call: Call, name: string): void {
  if (name === '') call.fail('Target name must not be empty.');
  if (name.trim() === '') call.fail('Target name must not consist only of whitespace.');
  if (!name.includes('/')) return;
  const { evaluation, scope } = call;
  const folder = joinPath(scope.subdir, posix.dirname(name));
  if (evaluation.host.files.exists(joinPath(evaluation.sourceRoot, folder))) {
    call.fail(
      `Target "${name}" has a path segment pointing to directory "${folder}". This is an error.\nTo define a target that builds in that directory you must define it\nin the meson.build file in that directory.\n`,
    );
  }
  call.warn(
    `Target "${name}" has a path separator in its name.\nThis is not supported, it can cause unexpected failures and will become\na hard error in the future.`,
  );
}

function tellSameExecutable(call: Call, target: Target): void {
  if (target.kind !== 'build' || target.type !== 'executable') return;
  for (const other of call.evaluation.tables.targets.values()) {
    if (other.kind !== 'build' || other.type !== 'executable') continue;
    if (other.name !== target.name || other.buildSubdir !== target.buildSubdir) continue;
    const feature = `multiple executables with the same name, "${target.name}", but different suffixes in the same directory`;
    call.uses(feature, '1.3.0');
    return;
  }
}

/** Ids that are taken, one table per evaluation. */
const taken = new WeakMap<object, Map<string, TargetId>>();

function idsOf({ evaluation }: Call): Map<string, TargetId> {
  const known = taken.get(evaluation.tables);
  if (known !== undefined) return known;
  const ids = new Map<string, TargetId>();
  taken.set(evaluation.tables, ids);
  return ids;
}

/** Takes back the targets that were added since there were `size`. */
export function withdrawTargets(call: Call, size: number): void {
  call.evaluation.tables.targets.shrink(size);
  const ids = idsOf(call);
  for (const [name, id] of ids) if (id >= size) ids.delete(name);
}
