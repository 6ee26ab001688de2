import { unreachable } from '../../base/assert.ts';
import type { FileRef } from '../../model/file.ts';
import type { Item, TargetId } from '../../model/target.ts';
import type { Call } from '../call.ts';
import { type FileObject, fileType } from '../objects/file.ts';
import { type GeneratedListObject, generatedListType } from '../objects/generator.ts';
import { type ProgramObject, programType } from '../objects/program.ts';
import {
  type CustomTargetIndexObject,
  customTargetIndexType,
  type ExtractedObjectsObject,
  extractedObjectsType,
  type TargetObject,
} from '../objects/target.ts';
import { joinPath, normalPath, sourceFileAt } from '../paths.ts';
import { perEvaluation } from '../per-evaluation.ts';
import { isA } from '../value.ts';
import { missingFileHint } from './missing-file-hint.ts';
import { pathFault } from './sandbox.ts';

/** What build files give where sources, inputs or objects are wanted. */
export type SourceValue =
  | string
  | FileObject
  | TargetObject
  | CustomTargetIndexObject
  | GeneratedListObject
  | ExtractedObjectsObject
  | ProgramObject;

/** Sources as rows of the model have them: strings become files that must exist, targets their outputs. */
export function itemsOf(call: Call, sources: readonly SourceValue[]): readonly Item[] {
  return sources.flatMap((source) => itemsOfOne(call, source));
}

function itemsOfOne(call: Call, source: SourceValue): readonly Item[] {
  if (typeof source === 'string') return [fileItem(fileOf(call, source))];
  if (isA(source, fileType)) return [fileItem(source.file)];
  if (isA(source, generatedListType)) return [{ kind: 'generated', list: source.list }];
  if (isA(source, extractedObjectsType)) return [source.item];
  if (isA(source, programType)) return programItems(source);
  if (isA(source, customTargetIndexType))
    return [{ kind: 'output', target: source.target, output: source.output, indexed: true }];
  return outputItems(call, source.target);
}

export function fileItem(file: FileRef): Item {
  return { kind: 'file', file };
}

/** Every output of a target. */
export function outputItems({ evaluation }: Call, id: TargetId): readonly Item[] {
  const target = evaluation.tables.targets.get(id);
  const count = target.kind === 'custom' ? target.outputs.length : 1;
  return Array.from({ length: count }, (_, output) => ({ kind: 'output', target: id, output }));
}

function programItems({ found }: ProgramObject): readonly Item[] {
  switch (found.kind) {
    case 'target':
      return [{ kind: 'output', target: found.target, output: found.output }];
    case 'command':
      return [fileItem({ tree: 'source', path: found.path })];
    case 'no':
      return [];
    default:
      return unreachable(found);
  }
}

/**
 * The file a string names: one of this project's, that exists. Files of the build tree by name are warned of; so
 * are those of other projects with `anywhere`, which is refused otherwise.
 */
export function fileOf(
  call: Call,
  path: string,
  { anywhere = false }: { readonly anywhere?: boolean } = {},
): FileRef {
  const { evaluation, scope } = call;
  if (path.endsWith(' ')) call.fail(`'${path}' ends with a space. This is probably an error.`);
  const fault = pathFault(call, path);
  if (fault?.kind === 'built') {
    call.warn(fault.message);
    const absolute = normalPath(joinPath(evaluation.sourceRoot, scope.subdir, path));
    return { tree: 'build', path: absolute.slice(evaluation.buildRoot.length + 1) };
  }
  if (fault?.kind === 'outside') {
    if (!anywhere) call.fail(fault.message);
    call.usesBroken(
      'grabbing custom target depend_files from outside the current project',
      '1.12.0',
    );
  }
  return existingFile(call, path);
}

const warnedOfCapitals = perEvaluation(() => ({ done: false }));

function warnOfCapitals(call: Call): void {
  const warned = warnedOfCapitals(call.evaluation);
  if (!warned.done) call.unplaced.warn(capitals);
  warned.done = true;
}

const capitals = `You are using .C or .H files in your project. This is deprecated.
         Currently, Meson treats this as C++ code, but they
            used to be treated as C code.
         Note that the situation is a bit more complex if you are using the
         Visual Studio compiler, as it treats .C files as C code, unless you add
         the /TP compiler flag, but this is unreliable.
         See https://github.com/mesonbuild/meson/pull/8747 for the discussions.`;

/** The file of a string, whosever it is. */
export function existingFile(call: Call, path: string): FileRef {
  if (/\.[CH]$/.test(path)) warnOfCapitals(call);
  const { evaluation, scope } = call;
  // An absolute path stays one, wherever it leads: commands and objects are named after it.
  const file: FileRef = path.startsWith('/')
    ? { tree: 'source', path: normalPath(path) }
    : sourceFileAt(evaluation, scope, path);
  const absolute = normalPath(joinPath(evaluation.sourceRoot, file.path));
  if (!evaluation.host.files.isFile(absolute)) {
    const hint = missingFileHint(evaluation.host.files, absolute);
    call.fail(`File ${path} does not exist.`, hint === undefined ? {} : { hint });
  }
  return file;
}

/** Strings and files as files, each once. */
export function filesOf(call: Call, sources: readonly (string | FileObject)[]): readonly FileRef[] {
  const files = sources.map((source) =>
    typeof source === 'string' ? fileOf(call, source) : source.file,
  );
  return [...new Map(files.map((file) => [`${file.tree}:${file.path}`, file])).values()];
}
