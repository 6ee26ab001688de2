import { posix } from 'node:path';
import { pathBelow } from '../../base/path-below.ts';
import type { Diagnostic } from '../../diag/diagnostic.ts';
import type { Source } from '../../diag/source.ts';
import { parse } from '../../lang/parse.ts';
import type { Statement, Tree } from '../../lang/tree.ts';
import type { FileRef } from '../../model/file.ts';
import type { Evaluation } from '../evaluation.ts';
import { EvaluationError, failAt, SubdirDone } from '../evaluation-error.ts';
import type { ProjectScope } from '../project-scope.ts';
import { readWatched } from '../watch-file.ts';
import { brokenText } from './broken-text.ts';
import { currentPlace, type Frame, newFrame } from './frame.ts';
import { runBlock } from './statement.ts';

/** A build file's text, under the path that messages show; its reading makes it a file to watch. */
export function readSource(evaluation: Evaluation, path: string): Source {
  const { host, tables } = evaluation;
  const shown = shownPath(host.system.workingDirectory, path);
  const file: FileRef = { tree: 'source', path: pathBelow(evaluation.sourceRoot, path) ?? path };
  const text = readWatched(evaluation, path, file);
  if (text.ok) return { path: shown, text: text.value };
  tables.buildFiles.set(path, file);
  const bytes = host.files.readBytes(path);
  const broken = bytes.ok ? brokenText(bytes.value) : undefined;
  if (broken === undefined)
    return failAt(
      { source: { path: shown, text: '' }, span: { start: 0, end: 0 } },
      text.error.reason,
    );
  const { at, message } = broken;
  return failAt(
    { source: { path: shown, text: broken.text }, span: { start: at, end: at + 1 } },
    `Build file failed to parse as unicode: ${message}`,
    { hint: 'Save it as UTF-8.' },
  );
}

/** Relative to where kaon was started, as Meson shows it, up as well as down. */
export function shownPath(workingDirectory: string, path: string): string {
  return posix.relative(workingDirectory, path);
}

/** The tree of a build file; ends evaluation where the text has errors, and tells the further ones too. */
export function parseSource(evaluation: Evaluation, source: Source): Tree {
  const testcases =
    evaluation.host.system.environment['MESON_RUNNING_IN_PROJECT_TESTS'] !== undefined;
  const { tree, diagnostics } = parse(source, { testcases });
  const errors: Diagnostic[] = [];
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity === 'error') errors.push(diagnostic);
    else evaluation.report(diagnostic);
  }
  const [first, ...others] = errors;
  if (first === undefined) return tree;
  checkVersionOfBroken(evaluation, source, tree);
  throw new EvaluationError(first, others);
}

/** A file that asks for a newer language is refused for that, not for what we cannot read of it. */
function checkVersionOfBroken(evaluation: Evaluation, source: Source, tree: Tree): void {
  const [first] = tree.statements;
  const wanted = mesonVersionOf(first);
  if (wanted === undefined) return;
  const complaint = evaluation.versionComplaint(wanted.text);
  if (complaint !== undefined) failAt({ source, span: wanted.span }, complaint);
}

/** The literal `meson_version:` of a `project()` call. */
export function mesonVersionOf(statement: Statement | undefined) {
  if (statement?.kind !== 'expression' || statement.expression.kind !== 'call') return undefined;
  const { name, args } = statement.expression;
  const value = args.keywords.find((keyword) => keyword.name === 'meson_version')?.value;
  if (name !== 'project' || value?.kind !== 'string') return undefined;
  return { text: value.value, span: value.span };
}

/** Runs the statements of a build file, until its end or `subdir_done()`. */
export function runTree(frame: Frame, statements: Tree['statements']): void {
  try {
    const end = runBlock(frame, statements);
    if (end !== 'end')
      failAt(currentPlace(frame), `${end} is only allowed inside of a foreach loop.`);
  } catch (error) {
    if (error instanceof RangeError)
      failAt(currentPlace(frame), 'A value is too long, or nested too deep.');
    if (!(error instanceof SubdirDone)) throw error;
  }
}

/** Reads and runs a build file of a project: `subdir()`. */
export function runBuildFile(evaluation: Evaluation, scope: ProjectScope, path: string): void {
  runSource(evaluation, scope, readSource(evaluation, path));
}

/** Runs the text of a build file, wherever it comes from. */
export function runSource(evaluation: Evaluation, scope: ProjectScope, source: Source): void {
  const tree = parseSource(evaluation, source);
  runTree(newFrame(evaluation, scope, source), tree.statements);
}
