import { isAbsolute, join } from 'node:path/posix';
import { unreachable } from '../../base/assert.ts';
import type { BuildTarget, CommandWord, CustomTarget, TargetId } from '../../model/target.ts';
import type { PlanContext } from '../context.ts';
import { filesBeside } from '../link/files-beside.ts';
import { runtimeLibraries } from '../link/link-closure.ts';
import { absolutePath, filePath, spelledPath, targetFile, targetOutputs } from '../paths.ts';
import { buildTarget, resolveTarget } from '../resolve-target.ts';
import { startedWith } from './foreign.ts';

/** A command as it will be started, and the files it depends on. */
export interface ResolvedCommand {
  readonly argv: readonly string[];
  /** Programs and files named in it, and what those need to run. */
  readonly inputs: readonly string[];
}

/** What a word of a command is for: its first is what is started. */
export type WordPlace = 'program' | 'argument';

/** Puts paths where a command names files and targets; texts go through `replaceText`. */
export function resolveWords(
  context: PlanContext,
  words: readonly CommandWord[],
  replaceText: (text: string) => string,
): ResolvedCommand {
  const argv: string[] = [];
  const inputs: string[] = [];
  for (const [at, word] of words.entries()) {
    const resolved =
      word.kind === 'text'
        ? { argv: [replaceText(word.text)], inputs: [] }
        : resolveWord(context, word, at === 0 ? 'program' : 'argument');
    argv.push(...resolved.argv);
    inputs.push(...resolved.inputs);
  }
  return { argv, inputs };
}

function resolveWord(
  context: PlanContext,
  word: Exclude<CommandWord, { readonly kind: 'text' }>,
  place: WordPlace,
): ResolvedCommand {
  switch (word.kind) {
    case 'file': {
      const path = filePath(context.paths, word.file);
      // A bare name would be looked for in PATH.
      return {
        argv: [
          place === 'program'
            ? absolutePath(context.paths, path)
            : spelledPath(context.paths, word.file),
        ],
        inputs: [path],
      };
    }
    case 'program': {
      const script = word.command.findLast((part) => isAbsolute(part));
      return { argv: word.command, inputs: script === undefined ? [] : [script] };
    }
    case 'target':
      return resolveTargetWord(context, word, place);
    default:
      return unreachable(word);
  }
}

function resolveTargetWord(
  context: PlanContext,
  word: Extract<CommandWord, { readonly kind: 'target' }>,
  place: WordPlace,
): ResolvedCommand {
  const isProgram = place === 'program';
  const target = context.model.targets.get(word.target);
  if (target.kind !== 'build' && target.kind !== 'custom') return { argv: [], inputs: [] };
  const outputs = targetOutputs(target);
  const named = namedOutputs(context, word, target);
  // Programs are started by their whole path, and some tools look for what they are given in PATH.
  const absolute = target.kind === 'build' || isProgram;
  const argv = named.map((path) => (absolute ? absolutePath(context.paths, path) : path));
  return {
    argv: [...(isProgram ? startedWith(context, word, target) : []), ...argv],
    inputs: [...outputs, ...countsToo(context, word.target)],
  };
}

/** The files of a target that a word of a command stands for. */
export function namedOutputs(
  context: PlanContext,
  { output, target: id }: Extract<CommandWord, { readonly kind: 'target' }>,
  target: BuildTarget | CustomTarget,
): readonly string[] {
  const outputs = targetOutputs(target);
  if (typeof output === 'number') return [outputs[output] ?? targetFile(target)];
  const isWhole = output === 'all-beside' && target.kind === 'build';
  return [...outputs, ...(isWhole ? filesBeside(context, resolveTarget(context, id)) : [])];
}

/**
 * What counts beside the outputs of a target: shared libraries of a program, as what it does may change with
 * them although it is not linked again, and files that are a part of it; what says what is in a folder.
 */
export function countsToo(context: PlanContext, id: TargetId): readonly string[] {
  const target = context.model.targets.get(id);
  if (target.kind === 'custom') return target.contents === undefined ? [] : [target.contents];
  if (buildTarget(context, id)?.type !== 'executable') return [];
  return [
    ...runtimeLibraries(context, id).map(targetFile),
    ...filesBeside(context, resolveTarget(context, id)),
  ];
}

/** All files that targets make, for `depends`. */
export function outputsOf(context: PlanContext, ids: Iterable<TargetId>): readonly string[] {
  return [...ids].flatMap((id) => outputsOfOne(context, id));
}

function outputsOfOne(context: PlanContext, id: TargetId): readonly string[] {
  const target = context.model.targets.get(id);
  switch (target.kind) {
    case 'build':
    case 'custom':
      return [...targetOutputs(target), ...countsToo(context, id)];
    case 'alias':
      return outputsOf(context, target.targets);
    case 'run':
      return [];
    default:
      return unreachable(target);
  }
}

/** Templates for places: `@SOURCE_ROOT@`, `@BUILD_ROOT@`, `@CURRENT_SOURCE_DIR@`. */
export function replacePlaces(context: PlanContext, subdir: string, text: string): string {
  const { toSource } = context.paths;
  const current = isAbsolute(subdir) ? subdir : join(toSource, subdir);
  return text
    .replaceAll('@SOURCE_ROOT@', toSource)
    .replaceAll('@BUILD_ROOT@', '.')
    .replaceAll('@CURRENT_SOURCE_DIR@', current);
}
