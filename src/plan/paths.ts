import { isAbsolute, join, normalize, relative } from 'node:path/posix';
import type { FileRef } from '../model/file.ts';
import type { Model } from '../model/model.ts';
import type { BuildTarget, CustomTarget } from '../model/target.ts';

/** Where things lie, as commands that run in the build directory name them. */
export interface Paths {
  readonly sourceRoot: string;
  readonly buildRoot: string;
  /** From the build directory to the source directory: `..`. */
  readonly toSource: string;
}

/** The folders of a project, and the way from the build directory to the sources. */
export function pathsOf(model: Model): Paths {
  const { sourceRoot, buildRoot } = model;
  return { sourceRoot, buildRoot, toSource: relative(buildRoot, sourceRoot) || '.' };
}

/** A file as commands name it: relative to the build directory, or absolute where the build file was. */
export function filePath(paths: Paths, file: FileRef): string {
  if (file.tree === 'source') return inSource(paths, file.path);
  return builtPath(paths, file.path);
}

/** A file as commands of the project are given it: with the `..` that the build file wrote. */
export function spelledPath(paths: Paths, file: FileRef): string {
  return file.spelled === undefined ? filePath(paths, file) : `${paths.toSource}/${file.spelled}`;
}

/** A path of the source tree, as commands name it. */
export function inSource(paths: Paths, path: string): string {
  if (isAbsolute(path)) return builtPath(paths, path);
  return join(paths.toSource, path);
}

/** Files of the build tree have one name, however the build file wrote them. */
function builtPath(paths: Paths, path: string): string {
  const inside = `${paths.buildRoot}/`;
  return path.startsWith(inside) ? normalize(path.slice(inside.length)) : normalize(path);
}

/** A path as commands name it, made absolute. */
export function absolutePath(paths: Paths, path: string): string {
  return isAbsolute(path) ? path : join(paths.buildRoot, path);
}

/** A file, by its absolute path. */
export function absoluteFile(paths: Paths, file: FileRef): string {
  return absolutePath(paths, filePath(paths, file));
}

/** The main output of a target. */
export function targetFile(target: BuildTarget | CustomTarget): string {
  return namesOf(target).file;
}

/** All outputs of a target, the main one first. */
export function targetOutputs(target: BuildTarget | CustomTarget): readonly string[] {
  return namesOf(target).outputs;
}

/** Where objects and generated sources of a target go. */
export function privateDir(target: BuildTarget | CustomTarget): string {
  return namesOf(target).privateDir;
}

interface TargetNames {
  readonly file: string;
  readonly outputs: readonly string[];
  readonly privateDir: string;
}

/** Worked out once: a header that a custom target makes is named by each source of each of its users. */
function namesOf(target: BuildTarget | CustomTarget): TargetNames {
  const known = namesByTarget.get(target);
  if (known !== undefined) return known;
  const file = join(target.buildSubdir, mainOutput(target));
  const outputs =
    target.kind === 'build' ? [target.filename, ...target.extraOutputs] : target.outputs;
  const names = {
    file,
    outputs: outputs.map((name) => join(target.buildSubdir, name)),
    privateDir: `${file}.p`,
  };
  namesByTarget.set(target, names);
  return names;
}

const namesByTarget = new WeakMap<BuildTarget | CustomTarget, TargetNames>();

/** A shared library's interface; what links the library waits for this, not for the library. */
export function symbolsFile(target: BuildTarget): string {
  return join(privateDir(target), `${target.filename}.symbols`);
}

function mainOutput(target: BuildTarget | CustomTarget): string {
  return target.kind === 'build' ? target.filename : (target.outputs[0] ?? target.name);
}
