import { mesonVersion } from '../../../base/meson-version.ts';
import type { Call } from '../../call.ts';
import { type Deprecation, type Method, methodOf } from '../../declare.ts';
import { fileObject } from '../../objects/file.ts';
import { joinPath } from '../../paths.ts';
import type { ObjectValue, Value } from '../../value.ts';

const method = methodOf<ObjectValue>();

/** A question without arguments. */
function question(
  name: string,
  doc: string,
  answer: (call: Call) => Value,
  more: {
    readonly since?: string;
    readonly deprecated?: Deprecation;
    readonly returns?: string;
    readonly label?: string;
  } = {},
): Method {
  return method({ name, doc, returns: 'str', ...more, run: answer });
}

const project = ({ evaluation, scope }: Call) => evaluation.tables.projects.get(scope.project);
const below = (root: string, folder: string): string =>
  folder === '' ? root : joinPath(root, folder);

/** What `meson` says of the project and its folders. */
export const mesonProjectMethods: readonly Method[] = [
  question('version', 'The version of Meson that is spoken.', () => mesonVersion),
  question('project_name', 'The name of the project.', (call) => project(call).name),
  question('project_version', 'Its version.', (call) => project(call).version),
  question('project_license', 'Its licenses.', (call) => project(call).licenses, {
    since: '0.45.0',
    label: 'meson.project_license()',
    returns: 'list[str]',
  }),
  question(
    'project_license_files',
    'The files that hold them.',
    (call) => project(call).licenseFiles.map(fileObject),
    { since: '1.1.0', label: 'meson.project_license_files()', returns: 'list[file]' },
  ),
  question('is_subproject', 'Whether it is one.', ({ scope }) => scope.subproject !== '', {
    returns: 'bool',
  }),
  question('current_source_dir', 'This folder.', ({ evaluation, scope }) =>
    below(evaluation.sourceRoot, scope.spelled.subdir),
  ),
  question('current_build_dir', 'This folder in the build tree.', ({ evaluation, scope }) =>
    below(evaluation.buildRoot, scope.spelled.buildSubdir),
  ),
  question('source_root', 'The top source folder.', ({ evaluation }) => evaluation.sourceRoot, {
    deprecated: {
      since: '0.56.0',
      instead: 'use meson.project_source_root() or meson.global_source_root() instead.',
    },
  }),
  question('build_root', 'The top build folder.', ({ evaluation }) => evaluation.buildRoot, {
    deprecated: {
      since: '0.56.0',
      instead: 'use meson.project_build_root() or meson.global_build_root() instead.',
    },
  }),
  question(
    'project_source_root',
    "The project's folder.",
    ({ evaluation, scope }) => below(evaluation.sourceRoot, scope.rootDir),
    { since: '0.56.0' },
  ),
  question(
    'project_build_root',
    "The project's folder in the build tree.",
    ({ evaluation, scope }) => below(evaluation.buildRoot, scope.buildRootDir),
    { since: '0.56.0' },
  ),
  question(
    'global_source_root',
    'The top source folder.',
    ({ evaluation }) => evaluation.sourceRoot,
    { since: '0.58.0' },
  ),
  question('global_build_root', 'The top build folder.', ({ evaluation }) => evaluation.buildRoot, {
    since: '0.58.0',
  }),
];
