import { type Place, plainError } from '../../diag/diagnostic.ts';
import type { Source } from '../../diag/source.ts';
import { parse } from '../../lang/parse.ts';
import type { Tree } from '../../lang/tree.ts';
import type { Target } from '../../model/target.ts';
import {
  isMade,
  isPlainWorkspace,
  plainBuildFile,
  withoutPlaceIn,
} from '../cargo/plain-workspace.ts';
import type { Evaluation } from '../evaluation.ts';
import { EvaluationError, failAt, failPlainly } from '../evaluation-error.ts';
import { mesonVersionOf, parseSource, readSource, runTree } from '../interpreter/build-file.ts';
import { newFrame } from '../interpreter/frame.ts';
import { runStatement } from '../interpreter/statement.ts';
import { rangeOf } from '../interpreter/version-range.ts';
import type { ProjectScope } from '../project-scope.ts';

/** A project whose root build file is to be read. */
export interface ProjectToRun {
  /** Empty for the top project. */
  readonly subproject: string;
  /** Relative to the source root, or absolute. */
  readonly rootDir: string;
  readonly buildRootDir: string;
  /** Absolute. */
  readonly directory: string;
  /** Asked for with `native: true`. */
  readonly forBuildMachine?: boolean;
  /** Stands for the build file that is not there: made from Cargo's manifests. */
  readonly buildFile?: Source;
  /** Which may name files of the build tree. */
  readonly namesBuilt?: boolean;
}

/** Reads a project's build files: first `project()`, then the rest. */
export function runProject(evaluation: Evaluation, project: ProjectToRun): ProjectScope {
  const scope = newScope(evaluation, project);
  const source = project.buildFile ?? rootBuildFile(evaluation, project.directory);
  if (source.text !== '' && source.text.trim() === '')
    failAt(startOf(source), 'Builder file is empty.');
  const tree = parseSource(evaluation, source);
  const early = mesonVersionOf(tree.statements[0]);
  const complaint = early === undefined ? undefined : evaluation.versionComplaint(early.text);
  if (early !== undefined && complaint !== undefined)
    failAt({ source, span: early.span }, complaint);
  // The arguments of project() may use features too.
  if (early !== undefined)
    scope.mesonVersion.target = { kind: 'range', range: rangeOf([early.text]) };
  checkFirst(evaluation, project.directory, { source, tree });
  const [first, ...others] = tree.statements;
  const frame = newFrame(evaluation, scope, source);
  // Warnings of project() itself are not among those that Meson counts.
  if (first !== undefined) evaluation.nested(scope.subproject, () => runStatement(frame, first));
  try {
    runTree(frame, others);
  } catch (error) {
    throw isMade(source) ? withoutPlaceIn(source, error) : error;
  }
  // Those of all projects up to here, as Meson counts them.
  evaluation.log(`Build targets in project: ${countTargets(evaluation)}`);
  evaluation.features.summarise(scope);
  return scope;
}

/** Tests of documentation are rows, but nothing that is built. */
function countTargets({ tables }: Evaluation): number {
  const isDoctest = (target: Target) => target.kind === 'build' && target.rust?.doctest === true;
  return [...tables.targets.values()].filter((target) => !isDoctest(target)).length;
}

function rootBuildFile(evaluation: Evaluation, directory: string): Source {
  const path = `${directory}/meson.build`;
  if (isPlainWorkspace(evaluation, directory)) return plainBuildFile(evaluation, directory);
  if (!evaluation.host.files.isFile(path)) failPlainly(`Missing Meson file in ${path}`);
  return readSource(evaluation, path);
}

function newScope(evaluation: Evaluation, project: ProjectToRun): ProjectScope {
  const row = evaluation.tables.projects.add({
    name: '',
    subproject: project.subproject,
    version: 'undefined',
    licenses: [],
    licenseFiles: [],
    sourceDir: project.rootDir,
    buildDir: project.buildRootDir,
    languages: [],
    args: new Map(),
    ...(project.forBuildMachine === true && { forBuildMachine: true }),
  });
  return {
    project: row,
    subproject: project.subproject,
    forBuildMachine: project.forBuildMachine ?? false,
    rootDir: project.rootDir,
    buildRootDir: project.buildRootDir,
    subdir: project.rootDir,
    buildSubdir: project.buildRootDir,
    spelled: { subdir: project.rootDir, buildSubdir: project.buildRootDir },
    ...(project.namesBuilt === true && { namesBuilt: true }),
    variables: new Map(),
    mesonVersion: {
      required: undefined,
      target: { kind: 'not-read' },
      declared: false,
      names: new Set(),
    },
  };
}

function isProject(tree: Tree): boolean {
  const [first] = tree.statements;
  return (
    first?.kind === 'expression' &&
    first.expression.kind === 'call' &&
    first.expression.name === 'project'
  );
}

/** Before the first character. */
function startOf(source: Source): Place {
  return { source, span: { start: 0, end: 0 } };
}

function checkFirst(
  evaluation: Evaluation,
  directory: string,
  { source, tree }: { readonly source: Source; readonly tree: Tree },
): void {
  if (tree.statements.length === 0) {
    failAt(startOf(source), 'No statements in code.', {
      hint: "A build file begins with project('name', 'c')",
    });
  }
  if (isProject(tree)) return;
  const error = 'first statement must be a call to project()';
  const root = rootAbove(evaluation, directory);
  const message =
    root === undefined
      ? `Invalid source tree: ${error}`
      : `Not the project root: ${error}\n\nDid you mean to run meson from the directory: "${root}"?`;
  const span = tree.statements[0]?.span ?? { start: 0, end: 0 };
  const related = [{ place: { source, span }, message: 'the first statement is here' }];
  throw new EvaluationError({ ...plainError(message), related });
}

/** The nearest folder above, through folders with build files, that begins a project. */
function rootAbove({ host }: Evaluation, directory: string): string | undefined {
  for (let at = directory; at !== '/' && at !== ''; ) {
    at = at.slice(0, at.lastIndexOf('/')) || '/';
    const text = host.files.readText(`${at}/meson.build`);
    if (!text.ok) return undefined;
    if (isProject(parse({ path: at, text: text.value }).tree)) return at;
  }
  return undefined;
}
