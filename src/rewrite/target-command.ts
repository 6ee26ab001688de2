import { posix } from 'node:path';
import { unreachable } from '../base/assert.ts';
import { stringLiteral } from '../lang/string-literal.ts';
import type { RewriteCommand } from './command.ts';
import { findTarget, targetId } from './find.ts';
import { addFiles, removeFiles } from './target-files.ts';
import type { TracedTarget } from './trace-project.ts';
import { entriesOf, type Traced } from './traced.ts';
import type { Work } from './work.ts';

type TargetCommand = Extract<RewriteCommand, { readonly type: 'target' }>;

/** Changes a target, or tells of it. */
export function runTargetCommand(work: Work, command: TargetCommand): void {
  const { target: name, operation } = command;
  work.log(`Processing target ${name} operation ${operation}`);
  const target = findTarget(work, name);
  if (target === 'several') return;
  if (operation === 'target_add') {
    if (target === undefined) addTarget(work, command);
    else work.fail(`Can not add target ${name} because it already exists`);
    return;
  }
  if (target === undefined) {
    work.fail(`Unknown target ${name}`);
    return;
  }
  const paths = command.sources.map((source) => projectPath(work, source));
  switch (operation) {
    case 'src_add':
      addFiles(work, target, { which: 'sources', paths });
      break;
    case 'extra_files_add':
      addFiles(work, target, { which: 'extraFiles', paths });
      break;
    case 'src_rm':
      removeFiles(work, target, { which: 'sources', paths });
      break;
    case 'extra_files_rm':
      removeFiles(work, target, { which: 'extraFiles', paths });
      break;
    case 'target_rm':
      removeTarget(work, target);
      break;
    case 'info':
      tellTarget(work, target);
      break;
    default:
      unreachable(operation);
  }
}

/** A path relative to the project: one that exists is taken as it is seen from here. */
function projectPath({ files, from }: Work, source: string): string {
  const path = posix.resolve(from, source);
  const isHere = posix.isAbsolute(source) || files.disk.exists(path);
  return posix.relative(files.root, isHere ? path : posix.join(files.root, source));
}

function addTarget(
  work: Work,
  { target, target_type: type, subdir, sources }: TargetCommand,
): void {
  const base = target.replace(/[- ]/g, '_');
  const variable = `${base}_${type === 'executable' ? 'exe' : 'lib'}`;
  const list = sources.map(stringLiteral).join(', ');
  const lines = [
    `${base}_sources = files(${list})`,
    `${variable} = ${type}(${stringLiteral(target)}, ${base}_sources)`,
  ];
  work.append(posix.join(subdir, 'meson.build'), `${lines.join('\n')}\n`);
}

function removeTarget(work: Work, { file, node, name, statement }: TracedTarget): void {
  if (statement === undefined) {
    work.fail(`Removing the target ${name} is too complicated: its call is part of another`);
    return;
  }
  work.log(`  -- Removing target ${name}`);
  const { text } = file.source;
  const lineStart = text.lastIndexOf('\n', statement.span.start - 1) + 1;
  const found = text.indexOf('\n', node.span.end);
  const lineEnd = found === -1 ? text.length : found + 1;
  const around =
    text.slice(lineStart, statement.span.start) + text.slice(statement.span.end, lineEnd);
  const isAlone = /^\s*(#.*)?\s*$/.test(around);
  const span = isAlone ? { start: lineStart, end: lineEnd } : statement.span;
  work.edit(file, [{ span, text: '' }]);
}

function tellTarget(work: Work, target: TracedTarget): void {
  const list = (value: Traced | undefined): readonly string[] =>
    value === undefined
      ? []
      : entriesOf(value, target.file.folder).map(({ path, folder }) =>
          path === undefined ? 'unknown' : posix.relative('/', posix.resolve('/', folder, path)),
        );
  const { name, sources, extraFiles } = target;
  const info = { name, sources: list(sources), extra_files: list(extraFiles) };
  work.tell('target', targetId(target), info);
}
