import { basename, join, normalize } from 'node:path/posix';
import type { BuildTarget } from '../../../model/target.ts';
import type { Family } from '../../../toolchains/rules.ts';
import { basicArgs } from '../../compile/compile-args.ts';
import { familyFor, generatedSources } from '../../compile/compile-units.ts';
import { addAction, type PlanContext } from '../../context.ts';
import { recordCompilation } from '../../facts.ts';
import { itemFiles } from '../../items.ts';
import { ruleSuffix } from '../../machine-suffix.ts';
import { absolutePath, filePath, inSource, privateDir, targetFile } from '../../paths.ts';
import { buildTarget } from '../../resolve-target.ts';
import type { ResolvedTarget } from '../../resolved-target.ts';

/**
 * Adds the actions of an archive of classes: javac compiles all sources at once into a folder, as
 * nobody knows beforehand which classes a source makes, and `jar` packs the folder.
 */
export function planJar(context: PlanContext, resolved: ResolvedTarget): void {
  const { target } = resolved;
  const family = familyFor(context, target, 'java');
  if (family === undefined) return;
  const output = targetFile(target);
  const classes = join(privateDir(target), 'classes');
  const libraries = linkedJars(context, resolved);
  const sources = javaSources(context, resolved);
  const inputs = [...sources, ...libraries];
  const args = javaArgs(context, resolved, { family, classes, libraries });
  for (const path of sources)
    recordCompilation(context, resolved.id, {
      family,
      args,
      unit: { source: { path, built: false }, origin: 'given' },
    });
  addAction(context, {
    rule: `java_COMPILER${ruleSuffix(context, target)}`,
    description: `Compiling Java sources for ${output}`,
    work: {
      kind: 'command',
      argv: [...family.compile.command, ...args, ...sources],
      environment: [],
    },
    inputs,
    outputs: [classes],
    // A class that a source does not make any more shall not be packed.
    removeOutputsFirst: true,
  });
  planArchive(context, target, { classes, inputs, libraries });
}

function planArchive(
  context: PlanContext,
  target: BuildTarget,
  parts: {
    readonly classes: string;
    readonly inputs: readonly string[];
    readonly libraries: readonly string[];
  },
): void {
  const output = targetFile(target);
  const manifest = join(privateDir(target), 'META-INF', 'MANIFEST.MF');
  const path = parts.libraries.length === 0 ? '' : `Class-Path: ${parts.libraries.join(' ')}`;
  addAction(context, {
    rule: 'WRITE_FILE',
    description: `Writing ${manifest}`,
    work: { kind: 'write', path: manifest, content: `${path}\n` },
    inputs: [],
    outputs: [manifest],
  });
  const resources = planResources(context, target);
  const start = target.languageKeywords.get('main_class');
  const main = typeof start === 'string' ? start : '';
  addAction(context, {
    rule: 'java_LINKER',
    description: `Creating JAR ${output}`,
    work: {
      kind: 'command',
      argv: [
        ...['jar', main === '' ? 'cmf' : 'cmef', manifest],
        ...(main === '' ? [] : [main]),
        ...[output, '-C', parts.classes, '.'],
        ...(resources.files.length === 0 ? [] : ['-C', resources.folder, '.']),
      ],
      environment: [],
    },
    // What a folder holds is not looked into: the sources tell when the classes change.
    inputs: [manifest, parts.classes, ...parts.inputs, ...resources.files],
    outputs: [output],
    removeOutputsFirst: true,
  });
}

/** Resources lie in the archive as the build file says, so they are copied to a folder of that shape. */
function planResources(context: PlanContext, target: BuildTarget) {
  const folder = join(privateDir(target), 'resources');
  const files = (target.resources ?? []).flatMap((part) =>
    part.items
      .flatMap((item) => itemFiles(context, target, item))
      .map((from) => {
        const to = join(folder, part.folder, basename(from));
        addAction(context, {
          rule: 'COPY_FILE',
          description: `Copying ${from} to ${to}`,
          work: { kind: 'copy', from, to },
          inputs: [from],
          outputs: [to],
        });
        return to;
      }),
  );
  return { folder, files };
}

function javaArgs(
  context: PlanContext,
  resolved: ResolvedTarget,
  parts: {
    readonly family: Family;
    readonly classes: string;
    readonly libraries: readonly string[];
  },
): readonly string[] {
  const { family, classes, libraries } = parts;
  const { target } = resolved;
  const { sourceRoot, buildRoot } = context.paths;
  const searched = [
    inSource(context.paths, target.subdir),
    normalize(target.subdir),
    ...resolved.includes.flatMap((dirs) => [
      ...dirs.paths.flatMap((path) => [join(sourceRoot, path), join(buildRoot, path)]),
      ...dirs.buildPaths.map((path) => absolutePath(context.paths, path)),
    ]),
  ];
  return [
    ...basicArgs(context, resolved, family).toNative(),
    ...(target.compileArgs.get('java') ?? []),
    ...family.compile.output(classes),
    ...(libraries.length === 0 ? [] : ['-cp', libraries.join(':')]),
    ...['-sourcepath', searched.join(':')],
  ];
}

function javaSources(context: PlanContext, resolved: ResolvedTarget): readonly string[] {
  const given = resolved.sources.map((file) => filePath(context.paths, file));
  const generated = generatedSources(context, resolved)
    .map(({ path }) => path)
    .filter((path) => path.endsWith('.java'));
  return [...new Set([...given, ...generated])];
}

function linkedJars(context: PlanContext, { linkWith }: ResolvedTarget): readonly string[] {
  return linkWith.flatMap((item) => {
    const library = buildTarget(context, item.target);
    return library?.type === 'jar' ? [targetFile(library)] : [];
  });
}
