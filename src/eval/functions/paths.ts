import type { IncludeDirectories } from '../../model/file.ts';
import { bool, int, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { builtin, keyword, optional, positional, rest } from '../declare.ts';
import { fileObject } from '../objects/file.ts';
import { includeDirectoriesType } from '../objects/include-directories.ts';
import { rangeType } from '../objects/range.ts';
import { joinPath, normalPath } from '../paths.ts';
import { fileOf } from '../targets/sources.ts';

export const files = builtin({
  name: 'files',
  doc: 'Files of this folder, that must exist.',
  rest: rest('paths', str, 'Paths relative to this folder.'),
  returns: 'list[file]',
  run: (call, { rest: paths }) =>
    paths.map((path) => ({ ...fileObject(fileOf(call, path)), written: path })),
});

export const joinPaths = builtin({
  name: 'join_paths',
  doc: 'Joins path segments.',
  rest: rest('parts', str, 'Segments; an absolute one starts anew.', { min: 1 }),
  returns: 'str',
  run: (_call, { rest: parts }) => joinPath(...parts).replaceAll('\\', '/'),
});

export const range = builtin({
  name: 'range',
  doc: 'Numbers to go through, as of Python.',
  since: '0.58.0',
  positional: [
    positional('start', int, 'The first; or the end, where it is the only argument.'),
    optional('stop', int, 'The end, itself not among them.'),
    optional('step', int, 'The distance of one to the next.'),
  ],
  returns: 'range',
  run: (call, { positional: [first, second, third] }) => {
    const [start, stop] = second === undefined ? [0, first] : [first, second];
    const step = third ?? 1;
    if (start < 0) call.fail('start cannot be negative');
    if (stop < start) call.fail('stop cannot be less than start');
    if (step < 1) call.fail('step must be >=1');
    return { type: rangeType, start, stop, step };
  },
});

export const includeDirectories = builtin({
  name: 'include_directories',
  doc: 'Folders in which compilers look for headers.',
  rest: rest('folders', str, 'Folders relative to this one.'),
  keywords: { is_system: keyword(bool, false, 'Headers of others: no warnings.') },
  returns: 'inc',
  run: (call, { rest: folders, keywords: { is_system: system } }) => ({
    type: includeDirectoriesType,
    directories: includeFolders(call, folders, system),
    written: { subdir: call.scope.subdir, folders },
  }),
});

const absoluteInSource = `Tried to form an absolute path to a dir in the source tree.
You should not do that but use relative paths instead, for
directories that are part of your project.

To get include path to any directory relative to the current dir do

incdir = include_directories(dirname)

After this incdir will contain both the current source dir as well as the
corresponding build dir. It can then be used in any subdirectory and
Meson will take care of all the busywork to make paths work.

Dirname can even be '.' to mark the current directory. Though you should
remember that the current source and build directories are always
put in the include directories by default so you only need to do
include_directories('.') if you intend to use the result in a
different subdirectory.

Note that this error message can also be triggered by
external dependencies being installed within your source
tree - it's not recommended to do this.
`;

/** Include directories as a build file names them, checked to exist. */
export function includeFolders(
  call: Call,
  folders: readonly string[],
  system: boolean,
): IncludeDirectories {
  const { evaluation, scope } = call;
  const { files: disk } = evaluation.host;
  const paths = folders.map((folder) => {
    if (folder === evaluation.sourceRoot || folder.startsWith(`${evaluation.sourceRoot}/`))
      call.fail(absoluteInSource);
    const path = normalPath(joinPath(scope.subdir, folder));
    const built = normalPath(joinPath(scope.buildSubdir, folder));
    if (
      !disk.isDirectory(joinPath(evaluation.sourceRoot, path)) &&
      !disk.isDirectory(joinPath(evaluation.buildRoot, built))
    )
      call.fail(`Include dir ${folder} does not exist.`);
    return path;
  });
  return { paths, system, sourceOnly: false, buildPaths: [] };
}
