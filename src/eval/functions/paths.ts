import { bool, exactInt, str } from '../argument-type.ts';
import { atLeastOne, builtin, keyword, optional, positional, rest } from '../declare.ts';
import { fileObject } from '../objects/file.ts';
import { includeDirectoriesType } from '../objects/include-directories.ts';
import { rangeType } from '../objects/range.ts';
import { joinTexts } from '../option-texts.ts';
import { directoriesAt } from '../targets/build/include-directories.ts';
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
  quietSince: '0.36.0',
  doc: 'Joins path segments.',
  rest: atLeastOne('parts', str, 'Segments; an absolute one starts anew.'),
  returns: 'str',
  run: ({ evaluation }, { rest: parts }) => joinTexts(evaluation, parts),
});

export const range = builtin({
  name: 'range',
  doc: 'Numbers to go through, as of Python.',
  since: '0.58.0',
  positional: [
    positional('start', exactInt, 'The first; or the end, where it is the only argument.'),
    optional('stop', exactInt, 'The end, itself not among them.'),
    optional('step', exactInt, 'The distance of one to the next.'),
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
    directories: directoriesAt(call, folders, { system }),
    written: { subdir: call.scope.subdir, folders },
  }),
});
