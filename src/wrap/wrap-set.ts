import { didYouMean } from '../base/close-match.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type Diagnostic, errorAt, plainError } from '../diag/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { offeredTables } from './offered-wraps.ts';
import { dirname, join } from './paths.ts';
import { parseWrap, type RedirectWrap, type Wrap } from './wrap-file.ts';

/** A subproject that can be had: by a wrap, or because its folder is there. */
export interface Package {
  /** The subproject's name. */
  readonly name: string;
  /** Undefined for a folder that no wrap belongs to. */
  readonly wrap: Wrap | undefined;
  readonly directory: string;
  /** Absolute folder that the wrap lies in, and that Meson would lay the subproject in. */
  readonly home: string;
  /** Absolute folder of patches and local archives. */
  readonly packageFiles: string;
  /** `bundled`: one of kaon's own, laid out in the user's store. */
  readonly origin: 'project' | 'bundled';
  /** The wrap file that a redirect was read from. */
  readonly redirectedFrom: string | undefined;
  /** Its wrap names a folder of rules that did not come with the sources, as in release archives. */
  readonly lacksRules?: boolean;
}

/** What is known of subprojects while a project is read. Sets are values: merging makes a new one. */
export interface WrapSet {
  /** By subproject name. */
  readonly packages: ReadonlyMap<string, Package>;
  /** Package name by lower-case dependency name. */
  readonly dependencies: ReadonlyMap<string, string>;
  /** Package name by program name. */
  readonly programs: ReadonlyMap<string, string>;
  /** Folders whose wraps are in already. */
  readonly loaded: ReadonlySet<string>;
  /** Whether the main project has a subprojects folder. */
  readonly hasFolder: boolean;
  readonly warnings: readonly Diagnostic[];
}

export const noWraps: WrapSet = {
  packages: new Map(),
  dependencies: new Map(),
  programs: new Map(),
  loaded: new Set(),
  hasFolder: false,
  warnings: [],
};

/** A set that is read when something is looked up in it. Into which folders it looked, is known before. */
export function whenAsked(
  known: Pick<WrapSet, 'loaded' | 'hasFolder'>,
  read: () => Omit<WrapSet, 'loaded' | 'hasFolder'>,
): WrapSet {
  let set: ReturnType<typeof read> | undefined;
  const now = () => {
    set ??= read();
    return set;
  };
  return {
    loaded: known.loaded,
    hasFolder: known.hasFolder,
    get packages() {
      return now().packages;
    },
    get dependencies() {
      return now().dependencies;
    },
    get programs() {
      return now().programs;
    },
    get warnings() {
      return now().warnings;
    },
  };
}

/** Reads all wraps of a project's subprojects folder (absolute; shown as `display`). */
export function loadWraps(
  { files }: Pick<Host, 'files'>,
  folder: string,
  display: string,
): Result<WrapSet, readonly Diagnostic[]> {
  if (!files.isDirectory(folder)) return ok({ ...noWraps, loaded: new Set([folder]) });
  const place: WrapFolder = {
    files,
    folder,
    display,
    packageFiles: join(folder, 'packagefiles'),
    origin: 'project',
  };
  const listed = files.list(folder);
  const names = listed.ok ? listed.value : [];
  const diagnostics: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  const packages = readWraps(place, names, { diagnostics, warnings });
  const taken = new Set(['packagecache', 'packagefiles']);
  for (const { name, directory } of packages.values()) taken.add(name).add(directory);
  for (const name of names) {
    if (taken.has(name) || name.startsWith('.kaon-') || !files.isDirectory(join(folder, name)))
      continue;
    packages.set(name, plainPackage(place, name));
  }
  const tables = provideTables(packages, diagnostics);
  if (diagnostics.length > 0) return err(diagnostics);
  const offered = offeredTables(files, folder);
  return ok({
    packages,
    dependencies: new Map([...offered.dependencies, ...tables.dependencies]),
    programs: new Map([...offered.programs, ...tables.programs]),
    loaded: new Set([folder]),
    hasFolder: true,
    warnings,
  });
}

/** The wraps that come with kaon, usable by any project without copying them. */
export function bundledWraps(
  { files }: Pick<Host, 'files'>,
  rootOfKaon: string,
): Result<WrapSet, readonly Diagnostic[]> {
  const folder = join(rootOfKaon, 'wraps');
  const place: WrapFolder = {
    files,
    folder,
    display: 'wraps',
    packageFiles: join(rootOfKaon, 'subprojects'),
    origin: 'bundled',
  };
  const listed = files.list(folder);
  const diagnostics: Diagnostic[] = [];
  const packages = readWraps(place, listed.ok ? listed.value : [], { diagnostics, warnings: [] });
  const tables = provideTables(packages, diagnostics);
  if (diagnostics.length > 0) return err(diagnostics);
  return ok({ ...noWraps, packages, ...tables });
}

/**
 * Adds another set, whose packages give way: those of a subproject that is about to be read, of a
 * `Cargo.lock`, or kaon's own. Only kaon's own packages give way to later ones.
 */
export function mergeWraps(into: WrapSet, other: WrapSet): WrapSet {
  const known = {
    loaded: new Set([...into.loaded, ...other.loaded]),
    hasFolder: into.hasFolder,
  };
  return whenAsked(known, () => merged(into, other));
}

function merged(into: WrapSet, other: WrapSet): Omit<WrapSet, 'loaded' | 'hasFolder'> {
  const packages = new Map(into.packages);
  const dependencies = new Map(into.dependencies);
  const programs = new Map(into.programs);
  const forget = (name: string): void => {
    packages.delete(name);
    for (const table of [dependencies, programs])
      for (const [key, provider] of table) if (provider === name) table.delete(key);
  };
  for (const [name, added] of other.packages) {
    // A folder without a wrap, of which we now see the wrap: it was laid by that wrap earlier.
    const bare = packages.get(added.directory);
    if (bare !== undefined && bare.wrap === undefined && added.wrap !== undefined)
      if (added.origin !== 'bundled' || bare.name === name) forget(bare.name);
    const previous = packages.get(name);
    if (previous !== undefined && (previous.origin !== 'bundled' || added.origin === 'bundled')) {
      packages.set(name, withRulesOf(previous, added));
      continue;
    }
    if (previous !== undefined) forget(name);
    packages.set(name, withRulesOf(added, previous));
    // What a database only offers gives way to what is there.
    const isFree = (provider: string | undefined) =>
      provider === undefined || !packages.has(provider);
    for (const dependency of dependencyNames(added))
      if (isFree(dependencies.get(dependency))) dependencies.set(dependency, name);
    for (const program of added.wrap?.provides.programs ?? [])
      if (isFree(programs.get(program))) programs.set(program, name);
  }
  return {
    packages,
    dependencies,
    programs,
    warnings: [...into.warnings, ...other.warnings],
  };
}

/** A set without the packages that a file said, which has changed since. */
export function withoutPackagesOf(set: WrapSet, path: string): WrapSet {
  return whenAsked(set, () => {
    const packages = new Map(
      [...set.packages].filter(([, { wrap }]) => wrap?.source.path !== path),
    );
    const kept = (table: ReadonlyMap<string, string>) =>
      new Map([...table].filter(([, name]) => packages.has(name)));
    const { dependencies, programs, warnings } = set;
    return { packages, dependencies: kept(dependencies), programs: kept(programs), warnings };
  });
}

/** A package whose rules did not come along is built by those that kaon has for it. */
function withRulesOf(made: Package, bundled: Package | undefined): Package {
  if (made.lacksRules !== true || made.wrap === undefined) return made;
  if (bundled?.origin !== 'bundled' || bundled.wrap === undefined) return made;
  const { patchDirectory, diffFiles } = bundled.wrap;
  const wrap = { ...made.wrap, patchDirectory, diffFiles };
  return { ...made, wrap, packageFiles: bundled.packageFiles, lacksRules: false };
}

/** Who provides a dependency, and the variable that holds it where the wrap names one. */
export function dependencyProvider(
  set: WrapSet,
  dependency: string,
): { readonly subproject: string; readonly variable: string | undefined } | undefined {
  const key = dependency.toLowerCase();
  const subproject = set.dependencies.get(key);
  if (subproject === undefined) return undefined;
  const variable = set.packages.get(subproject)?.wrap?.provides.dependencies.get(key);
  return { subproject, variable };
}

/** The subproject that provides the first of these programs that any provides. */
export function programProvider(set: WrapSet, names: readonly string[]): string | undefined {
  return names.map((name) => set.programs.get(name)).find((found) => found !== undefined);
}

/** Meson's complaint about a subproject nobody has heard of. */
export function unknownSubproject(set: WrapSet, name: string): Diagnostic {
  const hint = didYouMean(name, set.packages.keys());
  return plainError(
    set.hasFolder
      ? `Neither a subproject directory nor a ${name}.wrap file was found.${hint}`
      : 'Attempted to resolve subproject without subprojects directory present.',
    set.hasFolder
      ? undefined
      : `A folder "${name}" or a file "${name}.wrap" in "subprojects" (unless project() names another folder) brings it.`,
  );
}

interface WrapFolder {
  readonly files: Host['files'];
  readonly folder: string;
  readonly display: string;
  readonly packageFiles: string;
  readonly origin: Package['origin'];
}

function readWraps(
  place: WrapFolder,
  names: readonly string[],
  { diagnostics, warnings }: Record<'diagnostics' | 'warnings', Diagnostic[]>,
): Map<string, Package> {
  const packages = new Map<string, Package>();
  for (const name of names) {
    if (!name.endsWith('.wrap') || place.files.isDirectory(join(place.folder, name))) continue;
    const read = readWrap(place, name.slice(0, -'.wrap'.length), 0);
    if (!read.ok) diagnostics.push(...read.error);
    else {
      packages.set(read.value.made.name, read.value.made);
      warnings.push(...read.value.warnings);
    }
  }
  return packages;
}

function readWrap(
  place: WrapFolder,
  name: string,
  redirects: number,
): Result<{ made: Package; warnings: readonly Diagnostic[] }, readonly Diagnostic[]> {
  const { files, folder, display, packageFiles, origin } = place;
  const path = join(folder, `${name}.wrap`);
  const text = files.readText(path);
  if (!text.ok) return err([plainError(`Cannot read ${path}: ${text.error.reason}`)]);
  const parsed = parseWrap(name, { path: `${display}/${name}.wrap`, text: text.value });
  if (!parsed.ok) return parsed;
  const { wrap, warnings } = parsed.value;
  if (wrap.kind !== 'redirect') {
    const { directory } = wrap;
    const redirectedFrom = undefined;
    const rules = wrap.patchDirectory?.value;
    const lacksRules = rules !== undefined && !files.exists(join(packageFiles, rules));
    const where = { home: folder, packageFiles, origin, redirectedFrom };
    const made = { name, wrap, directory, ...where, lacksRules };
    return ok({ made, warnings });
  }
  const target = redirectTarget(place, wrap, redirects);
  if (!target.ok) return err([target.error]);
  const next = readWrap(target.value.place, target.value.name, redirects + 1);
  if (!next.ok) return next;
  return ok({ ...next.value, made: { ...next.value.made, redirectedFrom: path } });
}

/** A redirect goes from `subprojects/` down to `foo/subprojects/bar.wrap`, and nowhere else. */
function redirectTarget(
  place: WrapFolder,
  { filename }: RedirectWrap,
  redirects: number,
): Result<{ readonly place: WrapFolder; readonly name: string }, Diagnostic> {
  const refuse = (rule: string) =>
    err(errorAt(filename.place, `wrap-redirect filename '${filename.value}' ${rule}`));
  const parts = filename.value.split('/');
  for (const [at, part] of parts.entries()) {
    if (at % 2 === 0 && part === '..') return refuse("cannot contain '..'");
    if (at % 2 === 0 ? !/^[^\\\0]+$/.test(part) || part === '.' : part !== 'subprojects')
      return refuse('must be in the form foo/subprojects/bar.wrap');
  }
  if (!filename.value.endsWith('.wrap') || parts.length % 2 === 0)
    return refuse('must be a .wrap file');
  const path = join(place.folder, filename.value);
  if (!place.files.isFile(path)) return refuse('does not exist');
  const real = place.files.realPath(path);
  const root = place.files.realPath(place.folder);
  if (!real.ok || !root.ok || !real.value.startsWith(`${root.value}/`))
    return refuse('leads out of the subprojects folder');
  if (redirects >= 20) return refuse('redirects in a circle');
  const folder = dirname(path);
  return ok({
    name: (parts.at(-1) ?? '').slice(0, -'.wrap'.length),
    place: {
      ...place,
      folder,
      display: `${place.display}/${dirname(filename.value)}`,
      packageFiles: join(folder, 'packagefiles'),
    },
  });
}

function plainPackage({ folder, packageFiles, origin }: WrapFolder, name: string): Package {
  return {
    name,
    wrap: undefined,
    directory: name,
    home: folder,
    packageFiles,
    origin,
    redirectedFrom: undefined,
  };
}

function dependencyNames({ name, wrap }: Package): Iterable<string> {
  return wrap?.provides.dependencies.keys() ?? [name.toLowerCase()];
}

function provideTables(
  packages: ReadonlyMap<string, Package>,
  diagnostics: Diagnostic[],
): Pick<WrapSet, 'dependencies' | 'programs'> {
  const tables = { dependency: new Map<string, string>(), program: new Map<string, string>() };
  const add = (what: keyof typeof tables, key: string, made: Package): void => {
    const other = tables[what].get(key);
    if (other === undefined) tables[what].set(key, made.name);
    else if (other !== made.name) {
      const message = `Multiple wrap files provide '${key}' ${what}: ${made.name} and ${other}`;
      const header = made.wrap?.header;
      diagnostics.push(header === undefined ? plainError(message) : errorAt(header, message));
    }
  };
  for (const made of packages.values()) {
    for (const key of dependencyNames(made)) add('dependency', key, made);
    for (const key of made.wrap?.provides.programs ?? []) add('program', key, made);
  }
  return { dependencies: tables.dependency, programs: tables.program };
}
