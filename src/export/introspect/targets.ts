import { basename, isAbsolute, join, relative } from 'node:path/posix';
import { unreachable } from '../../base/assert.ts';
import type { FileRef } from '../../model/file.ts';
import type { InstallPlan } from '../../model/install-plan.ts';
import type { Model } from '../../model/model.ts';
import type { Compilation, PlannedTarget } from '../../model/planned-target.ts';
import type { CommandWord, CustomTarget, Item, Target, TargetId } from '../../model/target.ts';
import { isDocumentationTest } from './documentation-test.ts';
import { isFurtherSource, preprocessedTogether } from './preprocessed.ts';

/** `intro-targets.json`: each target with its files, its compilations and where it is installed. */
export function introspectTargets(
  model: Model,
  planned: readonly PlannedTarget[],
  install: InstallPlan,
): readonly unknown[] {
  const installed = installedFiles(install);
  return planned
    .filter(({ id }) => {
      const target = model.targets.get(id);
      return !isDocumentationTest(target) && !isFurtherSource(target);
    })
    .map((made) => {
      const target = model.targets.get(made.id);
      const preprocessed = preprocessedTogether(model, target, (item) => itemPaths(model, item));
      const outputs = preprocessed?.outputs ?? outputNames(target, made);
      const isInstalled = 'install' in target && target.install !== undefined;
      const { subproject } = model.projects.get(target.project);
      return {
        name: target.name,
        id: target.introspectionId,
        type: preprocessed === undefined ? typeName(target) : 'compile',
        defined_in: absolute(model, target.definedIn),
        filename: outputs.map((path, at) => spelledOutput(join(model.buildRoot, path), target, at)),
        build_by_default: target.buildByDefault,
        target_sources: preprocessed?.sources ?? targetSources(model, target, made),
        extra_files:
          target.kind === 'build' ? target.extraFiles.map((file) => absolute(model, file)) : [],
        subproject: subproject || null,
        dependencies: preprocessed?.dependencies ?? made.dependencies,
        depends: dependencyIds(model, target),
        ...forWindows(model, target),
        installed: isInstalled,
        ...(isInstalled && {
          install_filename: outputs.flatMap(
            (path): readonly (string | null)[] => installed.get(basename(path)) ?? [null],
          ),
        }),
      };
    });
}

/** An output as build files name it: `.` is a custom target's own folder. */
function spelledOutput(path: string, target: Target, at: number): string {
  return target.kind === 'custom' && target.outputs[at] === '.' ? `${path}/.` : path;
}

/** Where each file goes, with the links that lead to it. */
function installedFiles({ prefix, items }: InstallPlan): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  const whole = (path: string): string => (isAbsolute(path) ? path : join(prefix, path));
  for (const item of items) {
    if (item.kind === 'target') {
      const name = basename(item.from);
      places.set(name, [whole(join(item.directory, name))]);
    } else if (item.kind === 'symlink') {
      const list = places.get(basename(item.pointsTo));
      if (list === undefined) continue;
      list.push(whole(item.path));
      places.set(basename(item.path), list);
    }
  }
  return places;
}

function typeName(target: Target): string {
  return target.kind === 'build' ? target.type.replace('-', ' ') : target.kind;
}

/** The import library of a Windows library is not told of. */
function outputNames(target: Target, { outputs, name, subdir }: PlannedTarget): readonly string[] {
  if (outputs.length === 0) return [join(subdir, name)];
  const hidden = target.kind === 'build' ? target.importLibrary : undefined;
  return outputs.filter((path) => hidden === undefined || basename(path) !== hidden);
}

function targetSources(model: Model, target: Target, made: PlannedTarget): readonly unknown[] {
  if (target.kind === 'custom') return [customSources(model, target)];
  return [
    ...made.compilations.map(compilationEntry),
    ...(made.linker === undefined
      ? []
      : [
          { linker: made.linker.command, parameters: made.linker.parameters.flatMap(twiceGrouped) },
        ]),
  ];
}

/** Meson prints a group of libraries as a group in a group. */
function twiceGrouped(word: string): readonly string[] {
  return word === '-Wl,--start-group' || word === '-Wl,--end-group' ? [word, word] : [word];
}

/** What matters to Visual Studio, on any system. */
function forWindows(model: Model, target: Target): Readonly<Record<string, unknown>> {
  if (target.kind !== 'build' || target.type === 'static-library' || target.type === 'jar')
    return {};
  const { vsModuleDefs } = target;
  const file = vsModuleDefs && itemPaths(model, vsModuleDefs)[0];
  // A file that is made is named from the build directory, any other from the source tree.
  const isMade = vsModuleDefs?.kind === 'output' || file?.startsWith(`${model.buildRoot}/`);
  return {
    ...(file !== undefined && {
      vs_module_defs: relative(isMade ? model.buildRoot : model.sourceRoot, file),
    }),
    win_subsystem: target.languageKeywords.get('win_subsystem') ?? 'console',
  };
}

function compilationEntry(compilation: Compilation): unknown {
  return {
    language: compilation.language,
    machine: compilation.machine,
    compiler: compilation.compiler,
    parameters: compilation.parameters,
    sources: compilation.sources,
    generated_sources: compilation.generatedSources,
    unity_sources: compilation.unitySources,
  };
}

/** A custom target's command and inputs, in the shape of a compilation. */
function customSources(model: Model, target: CustomTarget): unknown {
  return {
    language: 'unknown',
    compiler: target.command.flatMap((word) => shownWord(model, word)),
    parameters: [],
    sources: target.inputs
      // One output named alone (`target[0]`) is not told of, as Meson has it.
      .filter((item) => item.kind !== 'output' || item.indexed !== true)
      .flatMap((item) => itemPaths(model, item)),
    generated_sources: [],
  };
}

function shownWord(model: Model, word: CommandWord): readonly string[] {
  switch (word.kind) {
    case 'text':
      return [word.text];
    case 'program':
      return word.command;
    case 'file':
      return [absolute(model, word.file)];
    case 'target': {
      const target = model.targets.get(word.target);
      const { output } = word;
      if (word.indexed === true && typeof output === 'number')
        return itemPaths(model, { kind: 'output', target: word.target, output });
      if (target.kind === 'build') return [target.filename];
      return target.kind === 'custom' ? target.outputs : [];
    }
    default:
      return unreachable(word);
  }
}

function itemPaths(model: Model, item: Item): readonly string[] {
  if (item.kind === 'file') return [absolute(model, item.file)];
  if (item.kind !== 'output') return [];
  const target = model.targets.get(item.target);
  const names =
    target.kind === 'build' ? [target.filename] : target.kind === 'custom' ? target.outputs : [];
  const name = names[item.output];
  return name === undefined ? [] : [join(model.buildRoot, target.buildSubdir, name)];
}

/** Targets that a custom command or a run target names or waits for. */
function dependencyIds(model: Model, target: Target): readonly string[] {
  const idOf = (id: CustomTarget['depends'][number]): string =>
    model.targets.get(id).introspectionId;
  if (target.kind === 'alias') {
    // Of `both_libraries` the shared half stands for both.
    const isSecond = (id: TargetId): boolean => {
      const each = model.targets.get(id);
      if (each.kind !== 'build' || each.type !== 'static-library') return false;
      return each.twin !== undefined && target.targets.includes(each.twin);
    };
    return target.targets.filter((id) => !isSecond(id)).map(idOf);
  }
  if (target.kind === 'build') return [];
  const named = target.command.flatMap((word) => (word.kind === 'target' ? [word.target] : []));
  const waited = target.kind === 'run' ? target.depends : [];
  return [...waited, ...named].map(idOf);
}

/** A file's absolute path. */
export function absolute(model: Model, file: FileRef): string {
  if (isAbsolute(file.path)) return file.path;
  return join(file.tree === 'source' ? model.sourceRoot : model.buildRoot, file.path);
}
