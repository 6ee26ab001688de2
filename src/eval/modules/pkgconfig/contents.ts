import type { Dependency } from '../../../model/dependency.ts';
import { compileArgsOf } from '../../../model/dependency-args.ts';
import type { IncludeDirectories } from '../../../model/file.ts';
import type { BuildTarget, DependencyId, LinkItem, TargetId } from '../../../model/target.ts';
import { familyOf } from '../../../toolchains/family.ts';
import { nativeLinkArgs } from '../../../toolchains/rustc/native-link-args.ts';
import type { Call } from '../../call.ts';
import { toolchainOf } from '../../languages/add-languages.ts';
import { perEvaluation } from '../../per-evaluation.ts';

/** For all who use a library, or only for those who link it statically. */
type Visibility = 'public' | 'private';

/** What a .pc file names to link: words, or libraries of this build. */
export type PcLibrary = string | LinkItem;

/** What of a build a .pc file can be asked to name. */
export type PcValue =
  | string
  | { readonly kind: 'dependency'; readonly dependency: DependencyId }
  | { readonly kind: 'library'; readonly item: LinkItem };

/** What several dependencies ask for together. */
interface Parts {
  readonly libraries: PcLibrary[];
  readonly requires: string[];
  readonly cflags: string[];
}

/** The .pc files that were made, by the library they are of. */
export const madeFiles = perEvaluation(
  () => new Map<TargetId, { readonly filebase: string; readonly displayName: string }>(),
);

/**
 * What goes into a .pc file: libraries, requirements and flags, each public or private. What a
 * library needs goes in with it, as far as its users must know.
 */
export class PkgConfigContents {
  publicLibraries: PcLibrary[] = [];
  privateLibraries: PcLibrary[] = [];
  publicRequires: string[] = [];
  privateRequires: string[] = [];
  cflags: string[] = [];
  privateCflags: string[] = [];
  readonly versions = new Map<string, Set<string>>();
  /** Folders of headers, for use without installing. */
  readonly includes = new Set<string>();
  readonly #wholeTargets: LinkItem[] = [];
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  addLibraries(values: readonly PcValue[], visibility: Visibility): void {
    const parts: Parts = { libraries: [], requires: [], cflags: [] };
    for (const value of values) {
      if (typeof value === 'string') parts.libraries.push(value);
      else if (value.kind === 'library') this.#library(value.item, visibility, parts);
      else this.#dependency(value.dependency, visibility, parts);
    }
    this.#add(parts, visibility);
  }

  /** What is needed comes behind what needs it. */
  #add({ libraries, requires, cflags }: Parts, visibility: Visibility): void {
    if (visibility === 'public') {
      this.publicLibraries = [...libraries, ...this.publicLibraries];
      this.publicRequires.push(...requires);
      this.cflags.push(...cflags);
    } else {
      this.privateLibraries = [...libraries, ...this.privateLibraries];
      this.privateRequires.push(...requires);
    }
  }

  require(name: string, versions: readonly string[]): string {
    if (versions.length > 0) {
      const known = this.versions.get(name) ?? new Set();
      for (const version of versions) known.add(version);
      this.versions.set(name, known);
    }
    return name;
  }

  /** Each thing once: what is public needs not be private, what is required not linked. */
  removeDuplicates(): void {
    const excluded = new Set<string>();
    const made = madeFiles(this.#call.evaluation);
    const keys = (one: PcLibrary): readonly string[] => {
      if (typeof one === 'string') return [one];
      const file = made.get(one.target);
      const id = `\0${one.target}\0${one.kind === 'output' ? one.output : ''}`;
      return [...(file === undefined ? [] : [file.displayName]), id];
    };
    const exclude = (one: PcLibrary): boolean => {
      const before = excluded.size;
      const all = keys(one);
      const had = all.some((key) => excluded.has(key));
      for (const key of all) excluded.add(key);
      return had || excluded.size === before;
    };
    const unique = <T extends PcLibrary>(list: readonly T[]): T[] =>
      list.filter((one) => !exclude(one));
    // Other words than these may come in pairs: -framework Foo.
    const mayRepeat = (one: PcLibrary): boolean =>
      typeof one === 'string' && !/^-[lL]/.test(one) && one !== '-pthread';
    const uniqueLibraries = (list: readonly PcLibrary[]): PcLibrary[] =>
      list.filter((one) => mayRepeat(one) || !exclude(one));
    for (const item of this.#wholeTargets) exclude(item);
    this.publicRequires = unique(this.publicRequires);
    this.publicLibraries = uniqueLibraries(this.publicLibraries);
    this.privateRequires = unique(this.privateRequires);
    this.privateLibraries = uniqueLibraries(this.privateLibraries);
    // -pthread is for compiling as well as for linking.
    excluded.clear();
    this.cflags = unique(this.cflags);
    this.privateCflags = unique(this.privateCflags);
  }

  #library(item: LinkItem, visibility: Visibility, { libraries, requires }: Parts): void {
    const { tables } = this.#call.evaluation;
    const file = madeFiles(this.#call.evaluation).get(item.target);
    if (file !== undefined) {
      requires.push(file.filebase);
      return;
    }
    const target = tables.targets.get(item.target);
    libraries.push(item);
    if (target.kind === 'custom')
      this.#call.uses('custom_target in pkgconfig.generate libraries', '0.58.0');
    if (target.kind !== 'build') return;
    this.#addIncludes(target);
    // Who links a shared library needs not know what that links.
    const only =
      target.type === 'shared-library' &&
      target.twin === undefined &&
      target.declaredBy !== 'library';
    if (!only) this.#addNeeds(target, target.type === 'static-library' ? visibility : 'private');
  }

  #addIncludes(target: BuildTarget): void {
    this.#includeAll(target.includeDirectories);
    for (const row of this.#flattened(target.dependencies))
      if (row.kind === 'internal') this.#includeAll(row.includeDirectories);
    this.includes.add(target.subdir);
  }

  #includeAll(all: readonly IncludeDirectories[]): void {
    for (const { paths, buildPaths } of all)
      for (const path of [...paths, ...buildPaths]) this.includes.add(path);
  }

  /** What a library links, with what its dependencies bring. */
  #addNeeds(target: BuildTarget, visibility: Visibility): void {
    const rows = this.#flattened(target.dependencies);
    const internal = rows.filter(({ kind }) => kind === 'internal');
    const linked = [...target.linkWith, ...internal.flatMap(({ linkWith }) => linkWith)];
    const whole = [...target.linkWhole, ...internal.flatMap(({ linkWhole }) => linkWhole)];
    // What an installed archive takes in comes behind what it names.
    const takesIn = target.type === 'static-library' && target.install !== undefined;
    const taken = takesIn ? linked.filter((item) => this.#isInternal(item)) : [];
    this.#addLinked(
      linked.filter((item) => !taken.includes(item)),
      [...taken, ...whole],
      visibility,
    );
    const parts: Parts = { libraries: [], requires: [], cflags: [] };
    for (const row of rows) this.#found(row, parts);
    if (target.rust?.crateType === 'staticlib') {
      const rust = toolchainOf(this.#call, 'rust', target.machine);
      const rules = rust && familyOf(rust).rust;
      if (rules !== undefined) parts.libraries.push(...nativeLinkArgs(rules));
    }
    this.#add(parts, visibility);
  }

  #addLinked(
    withItems: readonly LinkItem[],
    whole: readonly LinkItem[],
    visibility: Visibility,
  ): void {
    for (const item of withItems) {
      if (this.#isInternal(item)) this.#addWhole(item, visibility);
      else this.addLibraries([{ kind: 'library', item }], visibility);
    }
    for (const item of whole) this.#addWhole(item, visibility);
  }

  /** A library that others take in is not named; what it links is. */
  #addWhole(item: LinkItem, visibility: Visibility): void {
    this.#wholeTargets.push(item);
    const target = this.#call.evaluation.tables.targets.get(item.target);
    if (target.kind === 'build') this.#addNeeds(target, visibility);
  }

  /** A static library that is not installed: whoever links it takes it in. */
  #isInternal(item: LinkItem): boolean {
    const target = this.#call.evaluation.tables.targets.get(item.target);
    if (target.kind === 'build')
      return target.type === 'static-library' && target.install === undefined;
    if (target.kind !== 'custom') return false;
    const output = target.outputs[item.kind === 'output' ? item.output : 0] ?? '';
    return /\.(a|lib)$/.test(output) && target.install === undefined;
  }

  #dependency(id: DependencyId, visibility: Visibility, into: Parts): void {
    const { dependencies } = this.#call.evaluation.tables;
    const row = dependencies.get(id);
    if (row.kind !== 'internal') {
      this.#found(row, into);
      return;
    }
    if (row.objects.length > 0)
      this.#call.fail('.pc file cannot refer to individual object files.');
    into.libraries.push(...row.linkArgs);
    into.cflags.push(...compileArgsOf(row));
    this.#addLinked(this.halves(row.linkWith), row.linkWhole, visibility);
    this.addLibraries(
      row.dependencies.map((dependency) => ({ kind: 'dependency', dependency })),
      'private',
    );
    this.#includeAll(row.includeDirectories);
  }

  #found(row: Dependency, into: Parts): void {
    if (row.kind === 'not-found' || row.name === 'valgrind') return;
    if (row.type === 'pkgconfig') {
      into.requires.push(this.require(row.name, row.versionRequirements ?? []));
      return;
    }
    into.libraries.push(...row.linkArgs);
    into.cflags.push(...compileArgsOf(row));
  }

  /** Of libraries that are both, the kind that this file is about. */
  halves(items: readonly LinkItem[]): readonly LinkItem[] {
    const { targets } = this.#call.evaluation.tables;
    const [first] = this.publicLibraries;
    const main =
      first === undefined || typeof first === 'string' ? undefined : targets.get(first.target);
    const isStatic = main?.kind === 'build' && main.type === 'static-library';
    return items.map((item) => {
      const target = targets.get(item.target);
      if (target.kind !== 'build' || target.twin === undefined) return item;
      return (target.type === 'static-library') === isStatic
        ? item
        : { kind: 'target', target: target.twin };
    });
  }

  #flattened(ids: readonly DependencyId[]): readonly Dependency[] {
    const { dependencies } = this.#call.evaluation.tables;
    const seen = new Set<DependencyId>();
    const rows: Dependency[] = [];
    const waiting = [...ids].reverse();
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      const row = dependencies.get(id);
      if (row.kind === 'not-found') continue;
      rows.push(row);
      waiting.push(...[...row.dependencies].reverse());
    }
    return rows;
  }
}
