import type { Dependency } from '../../../model/dependency.ts';
import { compileArgsOf } from '../../../model/dependency-args.ts';
import type { DependencyId, TargetId } from '../../../model/target.ts';
import { includeArgs } from '../../absolute-includes.ts';
import type { Call } from '../../call.ts';
import { ownVariable } from '../../functions/dependency/variable.ts';
import {
  buildRow,
  externalDependencies,
  girSources,
  includesOfTarget,
  sharedOf,
  targetFolder,
} from './closure.ts';
import { runtimeFolders } from './library-folders.ts';

/** Flags for tools that build a program of their own with what a library needs. */
export interface ToolFlags {
  readonly style: FlagStyle;
  readonly compile: Set<string>;
  /** For libraries of this build. */
  readonly internal: Set<string>;
  /** For those of the machine. */
  readonly external: Set<string>;
  /** Folders with descriptions of other libraries. */
  readonly girFolders: Set<string>;
  readonly depends: Set<TargetId>;
}

export interface FlagStyle {
  /** Programs find the libraries where they were built. */
  readonly rpath?: boolean;
  /** What comes before a library's name: `-l`, or what g-ir-scanner has for it. */
  readonly library: string;
}

/** Flags to add to: none yet. */
export function noFlags(style: FlagStyle): ToolFlags {
  return {
    style,
    compile: new Set(),
    internal: new Set(),
    external: new Set(),
    girFolders: new Set(),
    depends: new Set(),
  };
}

/** Adds what dependencies ask for. */
export function addDependencyFlags(
  call: Call,
  flags: ToolFlags,
  ids: readonly DependencyId[],
): void {
  for (const id of ids) {
    const row = call.evaluation.tables.dependencies.get(id);
    if (row.kind === 'not-found') continue;
    const girFolder = ownVariable(call, row, 'girdir');
    if (girFolder) flags.girFolders.add(girFolder);
    for (const arg of compileArgsOf(row)) flags.compile.add(arg);
    if (row.kind === 'internal') addDeclared(call, flags, row);
    else addExternal(flags, row);
    addDependencyFlags(call, flags, row.dependencies);
    // Descriptions of its own come after those of what it needs.
    if (row.kind === 'internal')
      for (const gir of girSources(call, row)) flags.girFolders.add(targetFolder(call, gir));
  }
}

function addDeclared(call: Call, flags: ToolFlags, row: Dependency): void {
  for (const arg of includeArgs(call.evaluation, row.includeDirectories)) flags.compile.add(arg);
  for (const item of row.linkWith) {
    const library = sharedOf(call, item);
    if (library === undefined) continue;
    for (const arg of linkArgs(call, library, flags.style)) flags.internal.add(arg);
    flags.depends.add(library);
    const needed = buildRow(call, library)?.dependencies ?? [];
    addDependencyFlags(call, flags, externalDependencies(call, needed));
  }
}

function addExternal(flags: ToolFlags, row: Dependency): void {
  for (const arg of row.rawLinkArgs ?? row.linkArgs) {
    if (arg.startsWith('-W') && !arg.startsWith('-Wl,-rpath,')) continue;
    flags.external.add(arg.startsWith('-l') ? flags.style.library + arg.slice(2) : arg);
  }
}

/** Adds the include folders of libraries of this build. */
export function addTargetFlags(call: Call, flags: ToolFlags, ids: readonly TargetId[]): void {
  for (const id of ids) {
    const row = buildRow(call, id);
    if (row === undefined) continue;
    for (const arg of includeArgs(call.evaluation, includesOfTarget(call, row)))
      flags.compile.add(arg);
    flags.depends.add(id);
  }
}

/** How a library of this build is linked where it was built. */
export function linkArgs(call: Call, id: TargetId, style: FlagStyle): readonly string[] {
  const row = buildRow(call, id);
  const all = new Set([targetFolder(call, id), ...runtimeFolders(call, id)]);
  const folders = row?.type === 'static-library' ? [] : [...all];
  const found = folders.flatMap((folder) =>
    style.rpath === true ? [`-L${folder}`, `-Wl,-rpath,${folder}`] : [`-L${folder}`],
  );
  return [...found, `${style.library}${row?.name ?? ''}`];
}
