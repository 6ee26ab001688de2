import { displayLanguage, sourceKind } from '../../toolchains/languages.ts';
import type { Family } from '../../toolchains/rules.ts';
import { addAction, type PlanContext } from '../context.ts';
import { recordCompilation } from '../facts.ts';
import { itemFiles } from '../items.ts';
import { traitsOf } from '../languages/traits.ts';
import { ruleSuffix } from '../machine-suffix.ts';
import { absolutePath } from '../paths.ts';
import { buildTarget, resolveTarget } from '../resolve-target.ts';
import type { ResolvedTarget } from '../resolved-target.ts';
import { compileArgs, usesPrecompiledHeader } from './compile-args.ts';
import { type CompileUnit, compileUnits, generatedSources } from './compile-units.ts';
import { fileRole } from './file-kind.ts';
import { standardModule } from './import-std.ts';
import { moduleEdges, moduleSearchArgs } from './modules.ts';
import { headerFor, planPrecompiledHeaders } from './precompiled-header.ts';

/** Adds an action for each source of a target; tells the objects they make, in the order they are linked. */
export function planSources(
  context: PlanContext,
  resolved: ResolvedTarget,
  givenObjects: readonly string[],
): readonly string[] {
  const units = compileUnits(context, resolved);
  const headers = generatedHeaders(context, resolved);
  const ready = generatedSources(context, resolved)
    .map((source) => source.path)
    .filter((path) => fileRole(path) === 'object');
  const compile = unitPlanner(context, resolved, headers);
  for (const unit of units.generated) compile(unit);
  if (usesPrecompiledHeader(context, resolved)) planPrecompiledHeaders(context, resolved, headers);
  for (const unit of units.written) compile(unit);
  for (const unit of units.given) compile(unit);
  for (const { unit, includes } of units.unity) {
    addAction(context, {
      rule: 'WRITE_FILE',
      description: `Writing ${unit.source.path}`,
      work: {
        kind: 'write',
        path: unit.source.path,
        content: includes
          .map((source) => `#include<${absolutePath(context.paths, source.path)}>\n`)
          .join(''),
      },
      inputs: [],
      outputs: [unit.source.path],
    });
    compile(
      unit,
      units.joined.map((source) => source.path),
    );
  }
  return [
    ...ready,
    ...units.generated.map((unit) => unit.object),
    ...givenObjects,
    ...units.written.map((unit) => unit.object),
    ...units.given.map((unit) => unit.object),
    ...units.unity.map(({ unit }) => unit.object),
    ...new Set(
      [...units.generated, ...units.written, ...units.given].flatMap(
        ({ family }) => standardModule(context, resolved, family).objects,
      ),
    ),
  ];
}

/** Compiles one unit; arguments are worked out once for each language. */
function unitPlanner(
  context: PlanContext,
  resolved: ResolvedTarget,
  headers: readonly string[],
): (unit: CompileUnit, joined?: readonly string[]) => void {
  const { target } = resolved;
  const argsByFamily = new Map<Family, readonly string[]>();
  const edgesOf = moduleEdges(context, resolved);
  return (unit, joined = []) => {
    const { family, object, source } = unit;
    const args =
      argsByFamily.get(family) ??
      compileArgs(context, resolved, family)
        .add(moduleSearchArgs(context, resolved))
        .add(standardModule(context, resolved, family).args)
        .toNative();
    const edges = edgesOf(unit);
    argsByFamily.set(family, args);
    const { compile, toolchain } = family;
    // Tools for people's languages are told nothing of LLVM's.
    const isLlvmIr = sourceKind(source.path).kind === 'llvm-ir';
    if (!isLlvmIr) recordCompilation(context, resolved.id, { family, args, unit, joined });
    const depfile =
      compile.depfile === undefined ? undefined : `${object}.${compile.depfileSuffix ?? 'd'}`;
    const header = headerFor(context, resolved, family);
    addAction(context, {
      rule: `${isLlvmIr ? 'llvm_ir' : toolchain.language}_COMPILER${ruleSuffix(context, target)}`,
      description: `Compiling ${displayLanguage(toolchain.language)} object ${object}`,
      work: {
        kind: 'command',
        argv: compile.line({
          args: [...args, ...edges.args],
          source: source.path,
          output: object,
          ...(depfile !== undefined && { depfile }),
        }),
        environment: [],
        ...(family.argumentSyntax === 'gcc' && {
          response: { path: `${object}.rsp`, from: compile.command.length, quoting: 'gcc' },
        }),
      },
      inputs: [
        source.path,
        ...(header === undefined ? [] : [header.output]),
        ...joined.filter((path) => unit.origin === 'unity' && isBuilt(context, path)),
        ...edges.inputs,
        ...standardModule(context, resolved, family).inputs,
      ],
      orderOnly: headers,
      outputs: [object, ...edges.outputs],
      ...(depfile !== undefined && { depfile: { path: depfile, format: 'make' as const } }),
    });
  };
}

/** Sources that actions make must be there before the unity source that includes them is compiled. */
function isBuilt(context: PlanContext, path: string): boolean {
  return !path.startsWith('/') && !path.startsWith(`${context.paths.toSource}/`);
}

/** Headers that must be made before any source is compiled: which ones each includes is known only then. */
function generatedHeaders(context: PlanContext, resolved: ResolvedTarget): readonly string[] {
  const own = generatedSources(context, resolved)
    .map((source) => source.path)
    .filter((path) => ['header', 'other'].includes(fileRole(path)) || isRead(path));
  return [...new Set([...libraryHeaders(context, resolved), ...own])];
}

/** Whether compiling other sources reads this one. */
function isRead(path: string): boolean {
  const kind = sourceKind(path);
  return kind.kind === 'source' && traitsOf(kind.language).readsSources === true;
}

/** Headers from generators, the target's own and those of the libraries it links. Worked out once. */
function libraryHeaders(context: PlanContext, resolved: ResolvedTarget): ReadonlySet<string> {
  const known = headersOf.get(resolved);
  if (known !== undefined) return known;
  const headers = new Set<string>();
  // Set before the libraries are asked, so that a cycle of links would end.
  headersOf.set(resolved, headers);
  for (const language of resolved.target.languages)
    for (const path of traitsOf(language).headers?.(resolved.target) ?? []) headers.add(path);
  for (const item of resolved.generated) {
    if (item.kind !== 'generated') continue;
    for (const path of itemFiles(context, resolved.target, item))
      if (fileRole(path) === 'header') headers.add(path);
  }
  for (const item of [...resolved.linkWith, ...resolved.linkWhole]) {
    const type = buildTarget(context, item.target)?.type;
    if (type !== 'static-library' && type !== 'shared-library') continue;
    const below = libraryHeaders(context, resolveTarget(context, item.target));
    for (const path of below) headers.add(path);
  }
  return headers;
}

const headersOf = new WeakMap<ResolvedTarget, ReadonlySet<string>>();
