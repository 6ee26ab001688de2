import { basename, join } from 'node:path/posix';
import { plainError } from '../../../diag/diagnostic.ts';
import type { BuildTarget } from '../../../model/target.ts';
import type { Family } from '../../../toolchains/rules.ts';
import { basicArgs } from '../../compile/compile-args.ts';
import { familyFor, generatedSources, isUnity } from '../../compile/compile-units.ts';
import type { SourceFile } from '../../compile/object-name.ts';
import { addAction, type PlanContext, targetOptions } from '../../context.ts';
import { recordCompilation } from '../../facts.ts';
import { ruleSuffix } from '../../machine-suffix.ts';
import { filePath, inSource, privateDir, targetFile } from '../../paths.ts';
import { buildTarget } from '../../resolve-target.ts';
import type { ResolvedTarget } from '../../resolved-target.ts';
import { valaFiles, writtenC } from './files.ts';
import { targetGlib } from './target-glib.ts';

/** Adds the action that writes C, header and interface of all Vala sources of a target. */
export function planVala(context: PlanContext, resolved: ResolvedTarget): void {
  const { target } = resolved;
  const family = familyFor(context, target, 'vala');
  if (family === undefined) return;
  const { sources, interfaces, others } = valaSources(context, resolved);
  if (sources.length === 0) {
    context.diagnostics.push(
      plainError(`Vala library '${target.name}' has no Vala or Genie source files.`),
    );
    return;
  }
  const args = [...valaArgs(context, resolved, family), ...(target.compileArgs.get('vala') ?? [])];
  const libraries = libraryInterfaces(context, resolved);
  const inputs = [...interfaces, ...sources.map(({ path }) => path)];
  const files = valaFiles(target);
  const outputs = [
    ...sources.flatMap((source) => writtenC(context, resolved, source)?.path ?? []),
    ...[files.header, files.vapi, files.gir].flatMap((path) => path ?? []),
  ];
  for (const source of [...interfaces.map((path) => ({ path, built: true })), ...sources])
    recordCompilation(context, resolved.id, { family, args, unit: { source, origin: 'given' } });
  const { compile } = family;
  const depfile = compile.depfile && join(privateDir(target), `${target.name}.depfile`);
  addAction(context, {
    rule: `vala_COMPILER${ruleSuffix(context, target)}`,
    description: `Compiling Vala source ${inputs.join(' ')}`,
    work: {
      kind: 'command',
      argv: [
        ...compile.command,
        ...(depfile === undefined ? [] : (compile.depfile?.(outputs[0] ?? '', depfile) ?? [])),
        ...args,
        ...inputs,
        ...libraries,
      ],
      environment: [],
    },
    inputs: [...inputs, ...libraries, ...others],
    outputs,
    ...(depfile !== undefined && { depfile: { path: depfile, format: 'make' as const } }),
  });
}

/** Sources and interfaces, and what else is generated: resources may name files that the sources use. */
function valaSources(context: PlanContext, resolved: ResolvedTarget) {
  const given = resolved.sources.map((file) => ({
    path: filePath(context.paths, file),
    built: file.tree === 'build',
  }));
  const all: readonly SourceFile[] = [...given, ...generatedSources(context, resolved)];
  return {
    sources: all.filter(({ path }) => /\.(vala|gs)$/.test(path)),
    interfaces: all.map(({ path }) => path).filter((path) => path.endsWith('.vapi')),
    others: resourceArgs(context, resolved).files,
  };
}

function valaArgs(
  context: PlanContext,
  resolved: ResolvedTarget,
  family: Family,
): readonly string[] {
  const { target } = resolved;
  const files = valaFiles(target);
  const library = [files.header, files.vapi, files.gir].some((path) => path !== undefined);
  const beside = (path: string): string => join('..', basename(path));
  return [
    ...basicArgs(context, resolved, family).toNative(),
    ...targetGlib(context, target),
    ...family.compile.base(targetOptions(context, target)),
    ...['--directory', privateDir(target)],
    ...[
      '--basedir',
      target.subdir === ''
        ? `${inSource(context.paths, '')}/`
        : inSource(context.paths, target.subdir),
    ],
    ...(library ? ['--library', target.name] : []),
    ...(files.header === undefined ? [] : ['--header', files.header]),
    // Declarations would stand in each of the C sources that a unity source joins.
    ...(files.header !== undefined && isUnity(context, target) ? ['--use-header'] : []),
    ...(files.vapi === undefined ? [] : ['--vapi', beside(files.vapi)]),
    ...(files.gir === undefined
      ? []
      : ['--gir', beside(files.gir), ...sharedLibrary(context, target)]),
    ...resourceArgs(context, resolved).args,
  ];
}

/** A GIR file names the library that programs load. */
function sharedLibrary(context: PlanContext, target: BuildTarget): readonly string[] {
  const twin = target.twin === undefined ? undefined : buildTarget(context, target.twin);
  const shared = [target, twin].find((half) => half?.type === 'shared-library');
  return shared === undefined ? [] : ['--shared-library', basename(targetFile(shared))];
}

/** Resources compiled into the target: their templates are checked against the sources. */
function resourceArgs(context: PlanContext, resolved: ResolvedTarget) {
  const folders = new Set<string>();
  const args: string[] = [];
  const files: string[] = [];
  for (const item of resolved.generated) {
    if (item.kind !== 'output') continue;
    const target = context.model.targets.get(item.target);
    if (target.kind !== 'custom' || target.resources === undefined) continue;
    const { description, folders: places } = target.resources;
    args.push(`--gresources=${filePath(context.paths, description)}`);
    for (const place of places) folders.add(place);
    files.push(join(target.buildSubdir, target.outputs[item.output] ?? ''));
  }
  return { args: [...args, ...[...folders].map((folder) => `--gresourcesdir=${folder}`)], files };
}

/** The interfaces of libraries in Vala that the target links. */
function libraryInterfaces(context: PlanContext, resolved: ResolvedTarget): readonly string[] {
  const links = [...resolved.linkWith, ...resolved.linkWhole];
  const found = links.flatMap((item) => {
    const library = buildTarget(context, item.target);
    return library === undefined ? [] : (valaFiles(library).vapi ?? []);
  });
  return [...new Set(found)];
}
