import { plainError } from '../../diag/diagnostic.ts';
import type { BuildTarget } from '../../model/target.ts';
import type { Language } from '../../model/toolchain.ts';
import { familyOf } from '../../toolchains/family.ts';
import type { Family } from '../../toolchains/rules.ts';
import { type PlanContext, targetOptions, toolchainFor } from '../context.ts';
import { itemFiles } from '../items.ts';
import { traitsOf } from '../languages/traits.ts';
import { filePath, privateDir } from '../paths.ts';
import type { ResolvedTarget } from '../resolved-target.ts';
import { fileRole, isAssembly, suffixOf } from './file-kind.ts';
import { objectPath, type SourceFile } from './object-name.ts';

/** One compilation of a target: a source, whose compiler takes it, and the object it becomes. */
export interface CompileUnit {
  readonly source: SourceFile;
  readonly family: Family;
  readonly object: string;
  /** Where the source comes from, for the IDE files. */
  readonly origin: 'given' | 'generated' | 'unity';
}

/** A unity source and what it includes. */
export interface UnitySource {
  readonly unit: CompileUnit;
  readonly includes: readonly SourceFile[];
}

/** All compilations of a target, in the groups in which Meson compiles them. */
export interface CompileUnits {
  /** Of generated sources, which Meson compiles first. */
  readonly generated: readonly CompileUnit[];
  readonly given: readonly CompileUnit[];
  /** Of sources that another compiler writes first; of those that a target makes last, unlike the above. */
  readonly written: readonly CompileUnit[];
  readonly unity: readonly UnitySource[];
  /** Every source joined to a unity source, for the IDE files. */
  readonly joined: readonly SourceFile[];
}

/** How the sources of a target are compiled. Worked out once: many targets may take its objects. */
export function compileUnits(context: PlanContext, resolved: ResolvedTarget): CompileUnits {
  const known = worked.get(resolved);
  if (known !== undefined) return known;
  const units = allUnits(context, resolved);
  worked.set(resolved, units);
  return units;
}

const worked = new WeakMap<ResolvedTarget, CompileUnits>();

function allUnits(context: PlanContext, resolved: ResolvedTarget): CompileUnits {
  const given = resolved.sources.map((file) => ({
    path: filePath(context.paths, file),
    built: file.tree === 'build',
  }));
  const generated = generatedSources(context, resolved);
  return unitsOf(context, resolved, { given, generated });
}

/** Files that actions make and a target has among its sources, each once. */
export function generatedSources(
  context: PlanContext,
  resolved: ResolvedTarget,
): readonly SourceFile[] {
  const known = generatedOf.get(resolved);
  if (known !== undefined) return known;
  const paths = resolved.generated.flatMap((item) => itemFiles(context, resolved.target, item));
  const sources = [...new Set(paths)].map((path) => ({ path, built: true }));
  generatedOf.set(resolved, sources);
  return sources;
}

const generatedOf = new WeakMap<ResolvedTarget, readonly SourceFile[]>();

/** The same for some of a target's sources, as `extract_objects` names them. */
export function unitsOf(
  context: PlanContext,
  resolved: ResolvedTarget,
  sources: { readonly given: readonly SourceFile[]; readonly generated: readonly SourceFile[] },
): CompileUnits {
  const joins = isUnity(context, resolved.target);
  const joined: { readonly source: SourceFile; readonly family: Family }[] = [];
  const written = { generated: [] as CompileUnit[], given: [] as CompileUnit[] };
  const single = (list: readonly SourceFile[], origin: 'generated' | 'given'): CompileUnit[] =>
    list.flatMap((source) => {
      const role = fileRole(source.path);
      const given = origin === 'given' && role !== 'header' && takesSourcesAlone(resolved);
      const family =
        role === 'compiled' || given ? compilerFor(context, resolved, source.path) : undefined;
      if (role !== 'compiled') return [];
      if (family === undefined) return [];
      const traits = traitsOf(family.toolchain.language);
      if (traits.compilesWhole === true) return [];
      if (traits.written !== undefined) {
        const made = traits.written(context, resolved, source);
        written[origin].push(...writtenUnit(context, resolved, made));
        return [];
      }
      if (joins && !isAssembly(source.path) && traits.neverUnity !== true) {
        joined.push({ source, family });
        return [];
      }
      return [unit(context, resolved.target, { source, family, origin })];
    });
  const generated = single(sources.generated, 'generated');
  const given = single(sources.given, 'given');
  return {
    generated,
    given,
    written: [...written.given, ...written.generated],
    unity: unitySources(context, resolved, joined),
    joined: joined.map(({ source }) => source),
  };
}

/** Whether each source is for a compiler: some languages take other files along. */
function takesSourcesAlone({ languages }: ResolvedTarget): boolean {
  return languages.every((language) => {
    const { compilesWhole, written } = traitsOf(language);
    return compilesWhole !== true && written === undefined;
  });
}

function writtenUnit(
  context: PlanContext,
  resolved: ResolvedTarget,
  source: SourceFile | undefined,
): readonly CompileUnit[] {
  const family = source && compilerFor(context, resolved, source.path);
  if (source === undefined || family === undefined) return [];
  return [unit(context, resolved.target, { source, family, origin: 'generated' })];
}

function unit(
  context: PlanContext,
  target: BuildTarget,
  parts: Omit<CompileUnit, 'object'>,
): CompileUnit {
  const { source, family } = parts;
  const suffix = family.compile.objectSuffix;
  return { ...parts, object: objectPath(context.paths, target, { source, suffix }) };
}

/** The compiler of a source: the first of the target's languages that takes its suffix. */
function compilerFor(
  context: PlanContext,
  resolved: ResolvedTarget,
  path: string,
): Family | undefined {
  const suffix = suffixOf(path);
  for (const language of resolved.languages) {
    const family = familyFor(context, resolved.target, language);
    if (family?.compile.suffixes.includes(suffix)) return family;
  }
  const inSource = `${context.paths.toSource}/`;
  const shown = path.startsWith(inSource) ? path.slice(inSource.length) : path;
  const { name, definedIn } = resolved.target;
  const hint = `It is one of the sources of "${name}" in ${definedIn.path}.`;
  context.diagnostics.push(plainError(`No specified compiler can handle file ${shown}`, hint));
  return undefined;
}

/** The compiler of a language for a target, with its rules. */
export function familyFor(
  context: PlanContext,
  target: BuildTarget,
  language: Language,
): Family | undefined {
  const toolchain = toolchainFor(context, target, language);
  return toolchain === undefined ? undefined : familyOf(toolchain);
}

/** Whether sources of a target are joined (option `unity`). */
export function isUnity(context: PlanContext, target: BuildTarget): boolean {
  const value = targetOptions(context, target)('unity');
  if (value === 'subprojects') return context.model.projects.get(target.project).subproject !== '';
  return value === 'on';
}

function unitySources(
  context: PlanContext,
  resolved: ResolvedTarget,
  joined: readonly { readonly source: SourceFile; readonly family: Family }[],
): readonly UnitySource[] {
  const size = Number(targetOptions(context, resolved.target)('unity_size') ?? 4);
  const byFamily = new Map<Family, SourceFile[]>();
  for (const { source, family } of joined)
    byFamily.set(family, [...(byFamily.get(family) ?? []), source]);
  return [...byFamily].flatMap(([family, sources]) => {
    const count = Math.ceil(sources.length / size);
    return Array.from({ length: count }, (_, number) => {
      const suffix = family.compile.suffixes[0] ?? '';
      const name = `${resolved.target.name}-unity${number}.${suffix}`;
      const source = { path: `${privateDir(resolved.target)}/${name}`, built: true };
      return {
        unit: unit(context, resolved.target, { source, family, origin: 'unity' }),
        includes: sources.slice(number * size, (number + 1) * size),
      };
    });
  });
}
