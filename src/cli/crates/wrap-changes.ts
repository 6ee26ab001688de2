import { posix } from 'node:path';
import { unreachable } from '../../base/assert.ts';
import type { LockedPackage } from '../../cargo/lock/lock.ts';
import type { LockChange } from '../../cargo/lock/lock-changes.ts';
import type { Files } from '../../host/host.ts';
import { crateOfWrap } from '../../wrap/crate-of-wrap.ts';
import type { Package, WrapSet } from '../../wrap/wrap-set.ts';
import { type FileChange, textOf } from './all-or-nothing.ts';
import type { CargoProject } from './cargo-project.ts';
import {
  styleOf,
  subprojectFolder,
  subprojectName,
  type WrapStyle,
  wrapText,
  wrapTextFor,
} from './crate-wrap.ts';
import { ignoreChange } from './git-ignore.ts';

/** What becomes of wraps and rules when a lock file changes. */
export interface WrapChanges {
  readonly changes: readonly FileChange[];
  /** Folders below `subprojects/` that no wrap brings any more. */
  readonly left: readonly string[];
  /** What someone should look at. */
  readonly notes: readonly string[];
}

export interface LockToFollow {
  /** What changed in it. */
  readonly lock: readonly LockChange[];
  /** Rules for new crates by subproject name; those that are not in it are built as Cargo says. */
  readonly rules: ReadonlyMap<string, string>;
  /** What is still locked: a wrap that something else needs stays. */
  readonly locked: readonly LockedPackage[];
}

/**
 * Plans the files that must change with the lock: wraps, rules that were asked for, `.gitignore`. Crates
 * that only other machines need have wraps as well: what is written is the same wherever it is done.
 */
export function wrapChanges(
  files: Files,
  { project, wraps }: { readonly project: CargoProject; readonly wraps: WrapSet },
  { lock, rules, locked }: LockToFollow,
): WrapChanges {
  const work: Work = { files, project, wraps, rules, style: styleOf(wraps) };
  const planned = lock.map((change) => planOne(work, change, locked));
  const added = planned.flatMap(({ folder }) => folder ?? []);
  const left = planned.flatMap((one) => one.left ?? []).filter((each) => !added.includes(each));
  const ignore = ignoreChange(files, project, { added, removed: left });
  return {
    changes: [
      ...planned.flatMap(({ changes }) => changes),
      ...(ignore === undefined ? [] : [ignore]),
    ],
    left,
    notes: planned.flatMap(({ note }) => note ?? []),
  };
}

interface Work {
  readonly files: Files;
  readonly project: CargoProject;
  readonly wraps: WrapSet;
  readonly rules: ReadonlyMap<string, string>;
  readonly style: WrapStyle;
}

interface Planned {
  readonly changes: readonly FileChange[];
  readonly folder?: string;
  readonly left?: string;
  readonly note?: string;
}

function planOne(work: Work, change: LockChange, locked: readonly LockedPackage[]): Planned {
  switch (change.kind) {
    case 'added':
      return planAdded(work, change.now);
    case 'changed':
      return planChanged(work, change.before, change.now);
    case 'removed': {
      const name = subprojectName(change.before);
      return locked.some((each) => subprojectName(each) === name)
        ? { changes: [] }
        : planRemoved(work, change.before);
    }
    default:
      return unreachable(change);
  }
}

function planAdded(work: Work, now: LockedPackage): Planned {
  const { files, project, rules, style } = work;
  const name = subprojectName(now);
  const folder = subprojectFolder(now);
  const path = posix.join(project.subprojects, `${name}.wrap`);
  const before = textOf(files, path);
  const old = versionOf(work.wraps.packages.get(name));
  if (before !== undefined && old !== undefined)
    return old === now.version ? { changes: [] } : planChanged(work, { ...now, version: old }, now);
  if (before !== undefined)
    return {
      changes: [],
      note: `${path} brings something else than ${now.name}; it is left alone`,
    };
  const rule = rules.get(name);
  if (project.isPlain && rule === undefined) return { changes: [] };
  const rulesPath = posix.join(project.subprojects, 'packagefiles', name, 'meson.build');
  const hasRules = rule !== undefined || files.isFile(rulesPath);
  const wrap = { path, before, after: wrapText(now, { style, hasRules }) };
  const writesRules = rule !== undefined && !files.isFile(rulesPath);
  return {
    changes: writesRules ? [wrap, { path: rulesPath, before: undefined, after: rule }] : [wrap],
    folder,
  };
}

function planChanged(work: Work, old: LockedPackage, now: LockedPackage): Planned {
  const { files, project } = work;
  const found = wrapFileOf(work, old);
  // Crates that no wrap brought before come from the lock as they did.
  if (found === undefined) return { changes: [] };
  const after = wrapTextFor(found.text, old, now);
  const path = posix.join(project.subprojects, `${subprojectName(now)}.wrap`);
  const note = found.hasRules
    ? `${subprojectName(old)} has rules of its own, made for ${old.version}: see whether they fit ${now.version}`
    : undefined;
  const moved = path !== found.path && posix.basename(found.path, '.wrap') === subprojectName(old);
  return {
    changes: moved
      ? [
          { path: found.path, before: found.text, after: undefined },
          { path, before: textOf(files, path), after },
        ]
      : [{ path: found.path, before: found.text, after }],
    folder: subprojectFolder(now),
    left: subprojectFolder(old),
    ...(note === undefined ? {} : { note }),
  };
}

function planRemoved(work: Work, old: LockedPackage): Planned {
  const found = wrapFileOf(work, old);
  if (found === undefined) return { changes: [] };
  const rules = posix.join(work.project.subprojects, 'packagefiles', subprojectName(old));
  return {
    changes: [{ path: found.path, before: found.text, after: undefined }],
    left: subprojectFolder(old),
    ...(work.files.isDirectory(rules)
      ? { note: `the rules in ${rules} are yours, and stay; nothing uses them now` }
      : {}),
  };
}

/** The project's wrap of that very crate. */
function wrapFileOf({ files, project, wraps }: Work, old: LockedPackage) {
  for (const made of wraps.packages.values()) {
    const { wrap, name, home, origin, redirectedFrom } = made;
    if (origin !== 'project' || home !== project.subprojects || redirectedFrom !== undefined)
      continue;
    const isIt =
      old.source.kind === 'git'
        ? wrap?.kind === 'git' && wrap.directory === subprojectFolder(old)
        : wrap !== undefined && isCrate(made, old);
    if (!isIt) continue;
    const path = posix.join(home, `${name}.wrap`);
    const text = textOf(files, path);
    const hasRules = wrap?.patchDirectory !== undefined;
    if (text !== undefined) return { path, text, hasRules };
  }
  return undefined;
}

function isCrate({ wrap }: Package, { name, version }: LockedPackage): boolean {
  const crate = wrap && crateOfWrap(wrap);
  return crate?.name === name && crate.version === version;
}

function versionOf(made: Package | undefined): string | undefined {
  return made?.wrap && crateOfWrap(made.wrap)?.version;
}
