import type { BuildTarget, SourceModules } from '../../model/target.ts';
import type { Language } from '../../model/toolchain.ts';
import type { ModuleRules } from '../../toolchains/rules.ts';
import type { PlanContext } from '../context.ts';
import { generatorRuns, itemFiles } from '../items.ts';
import { filePath, privateDir } from '../paths.ts';
import { resolveTarget } from '../resolve-target.ts';
import type { ResolvedTarget } from '../resolved-target.ts';
import { type CompileUnit, compileUnits, familyFor } from './compile-units.ts';
import { moduleFolder, moduleMap } from './module-map.ts';

/** What compiling one source needs of others, and what it makes beside its object. */
export interface ModuleEdges {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Where the target's own modules go, and what else a source that makes some is compiled with. */
  readonly args: readonly string[];
}

const none: ModuleEdges = { inputs: [], outputs: [], args: [] };

/** Where the modules of the libraries are that a target links; what else it compiles is told too. */
export function moduleSearchArgs(
  context: PlanContext,
  resolved: ResolvedTarget,
): readonly string[] {
  return linkedTargets(context, resolved).flatMap(({ target }) =>
    resolved.languages.flatMap(
      (language) => rulesFor(context, target, language)?.search(privateDir(target)) ?? [],
    ),
  );
}

/** How the sources of a target wait for each other and for those of its libraries. */
export function moduleEdges(
  context: PlanContext,
  resolved: ResolvedTarget,
): (unit: CompileUnit) => ModuleEdges {
  const own = makersOf(context, resolved);
  if (own === undefined) return () => none;
  const linked = linkedTargets(context, resolved).flatMap(
    (library) => makersOf(context, library) ?? [],
  );
  return (unit) => {
    const rules = rulesFor(context, resolved.target, unit.family.toolchain.language);
    if (rules === undefined) return none;
    const { path } = unit.source;
    const { inputs, outputs } = edgesOf(unit, rules, { own, linked });
    const includes = own.bySource.get(path)?.includes ?? [];
    const paths = new Map([...linked, own].flatMap((each) => [...each.paths]));
    const map = moduleMap(context, resolved, { rules, paths });
    return {
      outputs,
      inputs: [
        ...inputs,
        ...includes.map((file) => filePath(context.paths, file)),
        ...(map === undefined ? [] : [map]),
      ],
      args: [
        ...rules.output(privateDir(resolved.target)),
        ...(map === undefined ? [] : (rules.shared?.mapped(map) ?? [])),
        ...(rules.single?.(path, outputs[0]) ?? []),
      ],
    };
  };
}

function edgesOf(
  unit: CompileUnit,
  rules: ModuleRules,
  { own, linked }: { readonly own: Makers; readonly linked: readonly Makers[] },
): Pick<ModuleEdges, 'inputs' | 'outputs'> {
  const said = own.bySource.get(unit.source.path);
  const needs = neededBy(unit.source.path, own);
  const missing = (said?.requires ?? []).filter(
    (name) => !own.files.has(name) && !rules.intrinsic.includes(name),
  );
  const fromLibraries = linked.flatMap((library) => {
    const found = missing.flatMap((name) => library.files.get(name) ?? []);
    return found.length === missing.length ? found : [...found, ...library.unread];
  });
  const outputs = (said?.provides ?? []).flatMap((name) => own.files.get(name) ?? []);
  return { inputs: [...new Set([...needs, ...fromLibraries])], outputs };
}

/** Files of the same target. Sources that nobody could read come after all that do not need them. */
function neededBy(path: string, { bySource, files, unread, unreadSources, settled }: Makers) {
  const said = bySource.get(path);
  if (said === undefined) {
    const before = unreadSources.indexOf(path);
    return [...settled, ...unread.slice(0, Math.max(0, before))];
  }
  const found = said.requires.flatMap((name) => files.get(name) ?? []);
  return said.requires.every((name) => files.has(name)) ? found : [...found, ...unread];
}

/** Who makes the modules of a target. */
interface Makers {
  /** The file that tells that a module was made: its own, or its source's object. */
  readonly files: ReadonlyMap<string, string>;
  /** Where modules are, or would be. */
  readonly paths: ReadonlyMap<string, string>;
  readonly bySource: ReadonlyMap<string, SourceModules>;
  /** Objects of sources that could not be read, and those sources, in their order. */
  readonly unread: readonly string[];
  readonly unreadSources: readonly string[];
  /** Objects of sources that need no module from outside. */
  readonly settled: readonly string[];
}

const makers = new WeakMap<ResolvedTarget, Makers>();

function makersOf(context: PlanContext, resolved: ResolvedTarget): Makers | undefined {
  const known = makers.get(resolved);
  if (known !== undefined) return known;
  if (!usesModules(context, resolved.target)) return undefined;
  const { given, generated } = compileUnits(context, resolved);
  const rulesOf = ({ family }: CompileUnit): ModuleRules | undefined =>
    rulesFor(context, resolved.target, family.toolchain.language);
  const units = [...generated, ...given].filter((unit) => rulesOf(unit) !== undefined);
  const bySource = new Map(
    (resolved.target.modules ?? []).flatMap((said) =>
      sourcePaths(context, resolved.target, said).map((path) => [path, said] as const),
    ),
  );
  const files = new Map<string, string>();
  const paths = new Map<string, string>();
  const all = [...bySource.values()].flatMap((said) => [...said.provides, ...said.providesPerhaps]);
  for (const unit of units) {
    const { source, object } = unit;
    const said = bySource.get(source.path);
    const rules = rulesOf(unit);
    if (said === undefined || rules === undefined) continue;
    const folder = moduleFolder(context, resolved, { rules, names: all });
    for (const name of [...said.provides, ...said.providesPerhaps])
      paths.set(name, `${folder}/${rules.file(name)}`);
    for (const name of said.provides) files.set(name, paths.get(name) ?? object);
    for (const name of said.providesPerhaps) files.set(name, object);
  }
  const unread = units.filter(({ source }) => !bySource.has(source.path));
  const intrinsic = new Set(units.flatMap((unit) => rulesOf(unit)?.intrinsic ?? []));
  const made: Makers = {
    files,
    paths,
    bySource,
    unread: unread.map(({ object }) => object),
    unreadSources: unread.map(({ source }) => source.path),
    settled: settledObjects(units, { bySource, intrinsic }),
  };
  makers.set(resolved, made);
  return made;
}

/** Objects whose modules are all made by others of these: they can never wait for what could not be read. */
function settledObjects(
  units: readonly CompileUnit[],
  {
    bySource,
    intrinsic,
  }: {
    readonly bySource: ReadonlyMap<string, SourceModules>;
    readonly intrinsic: ReadonlySet<string>;
  },
): readonly string[] {
  const names = new Set(intrinsic);
  let left = units.filter(({ source }) => bySource.has(source.path));
  const settled: string[] = [];
  for (;;) {
    const free = left.filter(({ source }) =>
      bySource.get(source.path)?.requires.every((name) => names.has(name)),
    );
    if (free.length === 0) return settled;
    left = left.filter((unit) => !free.includes(unit));
    for (const { source, object } of free) {
      settled.push(object);
      const said = bySource.get(source.path);
      for (const name of [...(said?.provides ?? []), ...(said?.providesPerhaps ?? [])])
        names.add(name);
    }
  }
}

function sourcePaths(
  context: PlanContext,
  target: BuildTarget,
  { source, input }: SourceModules,
): readonly string[] {
  if (source.kind !== 'generated') return itemFiles(context, target, source);
  const list = context.model.generatedLists.get(source.list);
  return generatorRuns(context, target, list)[input]?.outputs ?? [];
}

/** How a target's sources of a language speak of modules; undefined where they speak of none. */
function rulesFor(
  context: PlanContext,
  target: BuildTarget,
  language: Language,
): ModuleRules | undefined {
  const rules = familyFor(context, target, language)?.compile.modules;
  if (rules?.wanted === undefined) return rules;
  return target.modules?.some((said) => said.language === language) ? rules : undefined;
}

function usesModules(context: PlanContext, target: BuildTarget): boolean {
  return target.languages.some((language) => rulesFor(context, target, language) !== undefined);
}

/** All libraries with modules that a target takes in, and targets whose objects it takes, each once. */
function linkedTargets(context: PlanContext, resolved: ResolvedTarget): readonly ResolvedTarget[] {
  const known = linkedOf.get(resolved);
  if (known !== undefined) return known;
  const found = new Set<ResolvedTarget>();
  const visit = ({ linkWith, linkWhole, objects }: ResolvedTarget): void => {
    const owners = objects.flatMap((item) => (item.kind === 'extracted' ? [item.target] : []));
    for (const id of [...[...linkWith, ...linkWhole].map(({ target }) => target), ...owners]) {
      if (context.model.targets.get(id).kind !== 'build') continue;
      const library = resolveTarget(context, id);
      if (found.has(library) || library === resolved) continue;
      found.add(library);
      visit(library);
    }
  };
  visit(resolved);
  const linked = [...found].filter(({ target }) => usesModules(context, target));
  linkedOf.set(resolved, linked);
  return linked;
}

const linkedOf = new WeakMap<ResolvedTarget, readonly ResolvedTarget[]>();
