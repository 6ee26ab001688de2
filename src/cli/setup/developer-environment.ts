import { posix } from 'node:path';
import {
  changedEnvironment,
  type Environment,
  type EnvironmentChange,
} from '../../base/environment.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Files } from '../../host/host.ts';
import type { InstallPlan } from '../../model/install-plan.ts';
import type { Model } from '../../model/model.ts';
import { findsLibrariesByPath, foreignLibraryFolders } from '../../model/windows-folders.ts';
import type { Plan } from '../../plan/plan.ts';
import { type GdbHelper, gdbHelpers } from './gdb-helpers.ts';
import { readWrittenJson } from './written-json.ts';

/** What setup leaves for `devenv`. */
export interface DeveloperEnvironment {
  readonly project: string;
  readonly changes: readonly EnvironmentChange[];
  /** What runs programs of the host machine here, where they need something. */
  readonly exeWrapper?: readonly string[];
  readonly gdbHelpers?: readonly GdbHelper[];
}

/** Where setup writes down what `kaon devenv` sets. */
export function developerEnvironmentPath(buildRoot: string): string {
  return `${buildRoot}/meson-private/kaon-devenv.json`;
}

/** What programs of the build need to find one another before they are installed. */
export function developerEnvironment(
  model: Model,
  {
    targets,
    crates,
    install,
  }: Pick<Plan, 'targets' | 'crates'> & { readonly install: Pick<InstallPlan, 'items'> },
): DeveloperEnvironment {
  const programs = new Set<string>();
  const libraries = new Set<string>();
  const byPath = findsLibrariesByPath(model, 'host');
  for (const { id, outputs } of targets) {
    const target = model.targets.get(id);
    const folder = posix.dirname(posix.join(model.buildRoot, outputs[0] ?? ''));
    if (target.kind === 'custom' && target.crate !== undefined && target.install !== undefined)
      programs.add(folder);
    if (target.kind !== 'build' || target.machine !== 'host') continue;
    // Without an rpath those that are not installed have to be found, too.
    if (byPath && target.type === 'shared-library') libraries.add(folder);
    // What goes elsewhere than its kind usually does is found by other means.
    const [where] = target.install?.placeholders ?? [];
    if (target.type === 'executable' && where === '{bindir}') programs.add(folder);
    if (target.type === 'shared-library' && where === '{libdir_shared}') libraries.add(folder);
  }
  const [top] = model.projects.values();
  const project = top?.name ?? '';
  const helpers = gdbHelpers(install.items, model.buildRoot);
  return {
    project,
    ...(helpers.length > 0 && { gdbHelpers: helpers }),
    ...(model.needsExeWrapper && { exeWrapper: model.exeWrapper ?? [] }),
    changes: [
      ...rustEnvironment(model, { targets, crates }),
      ...model.devenv,
      ...searchPaths(model, programs, libraries),
      { kind: 'set', name: 'MESON_DEVENV', value: '1' },
      { kind: 'set', name: 'MESON_PROJECT_NAME', value: project },
      ...(model.sysRoot === undefined
        ? []
        : [{ kind: 'set', name: 'QEMU_LD_PREFIX', value: model.sysRoot } as const]),
    ],
  };
}

/**
 * Where Cargo, its lints and editors find what the build made for crates: `include!(concat!(env!(
 * "OUT_DIR"), …))` works without a build script. What the project says itself comes later, and wins.
 */
function rustEnvironment(
  { buildRoot }: Model,
  { targets, crates }: Pick<Plan, 'targets' | 'crates'>,
): readonly EnvironmentChange[] {
  const own = crates.filter((crate) => crate.isWorkspaceMember);
  if (own.length === 0 && !targets.some(({ crate }) => crate !== undefined)) return [];
  const folders = new Set([
    ...targets
      .flatMap(({ outputs }) => outputs)
      .filter((output) => output.endsWith('.rs'))
      .map((output) => posix.dirname(posix.join(buildRoot, output))),
    ...own
      .flatMap(({ call }) => call.environment)
      .flatMap((change) =>
        change.kind === 'set' && change.name === 'OUT_DIR' ? [change.value] : [],
      ),
  ]);
  const [only, ...others] = folders;
  const outDir = only === undefined || others.length > 0 ? buildRoot : only;
  return [
    { kind: 'set', name: 'MESON_BUILD_ROOT', value: buildRoot },
    { kind: 'set', name: 'OUT_DIR', value: outDir },
  ];
}

/** Wine finds programs and libraries by a path of its own; Windows itself by `PATH`. */
function searchPaths(
  model: Model,
  programs: ReadonlySet<string>,
  libraries: ReadonlySet<string>,
): readonly EnvironmentChange[] {
  const { host, build } = model.machines;
  const byPath = findsLibrariesByPath(model, 'host');
  const foreign = byPath && programs.size > 0 ? foreignLibraryFolders(model) : [];
  const all = new Set([...[...libraries].sort(), ...foreign]);
  if (host.system === 'windows' && build.system !== 'windows') {
    const both = [...new Set([...all, ...programs])];
    return [...paths('WINEPATH', both, ';'), ...paths('PATH', [...programs].sort())];
  }
  if (byPath) return paths('PATH', [...new Set([...[...programs].sort(), ...all])]);
  const name = host.system === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  return [...paths(name, [...all]), ...paths('PATH', [...programs].sort())];
}

function paths(
  name: string,
  folders: readonly string[],
  separator = ':',
): readonly EnvironmentChange[] {
  if (folders.length === 0) return [];
  return [{ kind: 'prepend', name, value: folders.join(separator), separator }];
}

/** What setup left for `kaon devenv` in a build directory. */
export function loadDeveloperEnvironment(
  files: Files,
  buildRoot: string,
): Result<DeveloperEnvironment, 'missing' | 'damaged'> {
  const read = readWrittenJson(files, developerEnvironmentPath(buildRoot));
  if (!read.ok) return read;
  // Written by setup in this shape.
  const developer = read.value as Partial<DeveloperEnvironment> | null;
  const { project, changes, exeWrapper, gdbHelpers: helpers } = developer ?? {};
  return project !== undefined && Array.isArray(changes)
    ? ok({
        project,
        changes,
        ...(exeWrapper !== undefined && { exeWrapper }),
        ...(helpers !== undefined && { gdbHelpers: helpers }),
      })
    : err('damaged');
}

/** The XDG specification's values of what is not set: others are put before them. */
const defaults: Environment = {
  XDG_DATA_DIRS: '/usr/local/share:/usr/share',
  XDG_CONFIG_DIRS: '/etc/xdg',
};

/** The environment of a program that is run in the developer environment. */
export function environmentFor(
  { changes }: DeveloperEnvironment,
  before: Environment,
): Environment {
  const set = Object.fromEntries(Object.entries(before).filter(([, value]) => value !== ''));
  return changedEnvironment({ ...before, ...pick(defaults, set) }, changes);
}

function pick(all: Environment, but: Environment): Environment {
  return Object.fromEntries(Object.entries(all).filter(([name]) => but[name] === undefined));
}

export type DumpFormat = 'sh' | 'export' | 'vscode';

/** The environment as text: for a shell, or for an editor, which knows no `$PATH`. */
export function dumpEnvironment({ changes }: DeveloperEnvironment, format: DumpFormat): string {
  const names = [...new Set(changes.map(({ name }) => name))];
  const own = Object.fromEntries(names.map((name) => [name, `$${name}`]));
  const base = format === 'vscode' ? defaults : { ...own, ...defaults };
  const environment = changedEnvironment(base, changes);
  const lines = names.flatMap((name) => {
    const value = environment[name];
    if (value === undefined) return format === 'vscode' ? [] : [`unset ${name}`];
    const line = `${name}="${value}"`;
    return format === 'export' ? [line, `export ${name}`] : [line];
  });
  return lines.map((line) => `${line}\n`).join('');
}
