import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import { type Diagnostic, plainError } from '../../diag/diagnostic.ts';
import { functions } from '../../eval/functions/table.ts';
import { parse } from '../../lang/parse.ts';
import type { Session } from '../session.ts';
import { printAst } from './print-ast.ts';
import { sourceOptions } from './source-options.ts';
import {
  type SourceProject,
  sourceDependencies,
  sourceLanguages,
  sourceProject,
  sourceTargets,
} from './source-targets.ts';
import { interpretStatically, type StaticProject } from './static-interpreter.ts';

/** What can be told of a project that is not set up, by the name of `introspect`'s option. */
export interface SourceIntrospection {
  readonly ast: () => unknown;
  readonly buildoptions: () => unknown;
  readonly dependencies: () => unknown;
  readonly scan_dependencies: () => unknown;
  readonly projectinfo: () => unknown;
  readonly targets: () => unknown;
}

/** Looks through the project of a `meson.build`, given as the user wrote its path, or tells what Meson would refuse. */
export function introspectSource(
  { host }: Session,
  buildFile: string,
): Result<SourceIntrospection, readonly Diagnostic[]> {
  const { files, system } = host;
  const shownRoot = posix.dirname(buildFile);
  const root = posix.resolve(system.workingDirectory, shownRoot);
  const read = (path: string): string | undefined => {
    const text = files.readText(posix.join(root, path));
    return text.ok ? text.value : undefined;
  };
  const testcases = system.environment['MESON_RUNNING_IN_PROJECT_TESTS'] !== undefined;
  const options = { testcases, functions: new Set(functions.map(({ name }) => name)) };
  const top = interpretStatically(read, options);
  if (top === undefined) return err([plainError(`Missing Meson file in ${buildFile}`)]);
  if (top.faults.length > 0) return err(top.faults);
  const project = sourceProject(top.calls);
  if (project === undefined)
    return err([plainError('Not the project root: first statement must be a call to project()')]);
  const subprojectDir = subprojectDirOf(top);
  const names = folders(files, posix.join(root, subprojectDir));
  const subprojects = names.flatMap((name) => {
    const folder = posix.join(subprojectDir, name);
    const found = interpretStatically((path) => read(posix.join(folder, path)), options);
    // One that cannot be set up may be optional.
    const own = found?.faults.length === 0 ? sourceProject(found.calls) : undefined;
    return found === undefined || own === undefined ? [] : [{ name, folder, found, project: own }];
  });
  const dependencies = () => sourceDependencies(top.calls);
  return ok({
    ast: () => {
      const source = { path: buildFile, text: read('meson.build') ?? '' };
      return printAst(source, parse(source, { testcases }).tree);
    },
    buildoptions: () =>
      sourceOptions(host, {
        languages: [
          ...new Set(
            [top, ...subprojects.map(({ found }) => found)].flatMap((each) =>
              sourceLanguages(each.calls),
            ),
          ),
        ],
        options: optionFile(read, ''),
        subprojects: new Map(
          subprojects.map(({ name, folder }) => [name, optionFile(read, folder)]),
        ),
      }),
    dependencies,
    scan_dependencies: dependencies,
    projectinfo: () =>
      projectInfo({ project, subprojects, subprojectDir, all: buildFiles(files, root) }),
    targets: () => sourceTargets(root, shownRoot === '.' ? '' : shownRoot, top.calls),
  });
}

function optionFile(
  read: (path: string) => string | undefined,
  folder: string,
): string | undefined {
  return read(posix.join(folder, 'meson.options')) ?? read(posix.join(folder, 'meson_options.txt'));
}

function subprojectDirOf({ calls }: StaticProject): string {
  const call = calls.find(({ name }) => name === 'project');
  const given = call?.keywords.get('subproject_dir');
  return typeof given === 'string' ? given : 'subprojects';
}

type Files = Session['host']['files'];

function folders(files: Files, path: string): readonly string[] {
  const listed = files.list(path);
  if (!listed.ok) return [];
  return listed.value.filter((name) => files.isDirectory(`${path}/${name}`));
}

const buildFileNames = new Set(['meson.build', 'meson.options', 'meson_options.txt']);

/** Every build and option file below a folder, relative to it. */
function buildFiles(files: Files, root: string, folder = ''): readonly string[] {
  const listed = files.list(posix.join(root, folder));
  if (!listed.ok) return [];
  const own = listed.value.filter((name) => buildFileNames.has(name));
  const inner = listed.value.filter(
    (name) => files.lstat(posix.join(root, folder, name))?.kind === 'directory',
  );
  return [
    ...own.map((name) => posix.join(folder, name)),
    ...inner.flatMap((name) => buildFiles(files, root, posix.join(folder, name))),
  ];
}

function projectInfo(made: {
  readonly project: SourceProject;
  readonly subprojects: readonly { name: string; folder: string; project: SourceProject }[];
  readonly subprojectDir: string;
  readonly all: readonly string[];
}): unknown {
  let rest = made.all;
  const subprojects = made.subprojects.map(({ name, folder, project }) => {
    const own = rest.filter((path) => path.startsWith(`${folder}/`));
    rest = rest.filter((path) => !path.startsWith(`${folder}/`));
    return { ...project, name, buildsystem_files: own };
  });
  return {
    ...made.project,
    subprojects,
    buildsystem_files: rest,
    subproject_dir: made.subprojectDir,
  };
}
