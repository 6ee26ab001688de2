import { mesonVersion } from '../../../base/meson-version.ts';
import type { Call } from '../../call.ts';
import { type Deprecation, type Method, methodOf } from '../../declare.ts';
import { fileObject } from '../../objects/file.ts';
import { joinPath } from '../../paths.ts';
import type { ObjectValue, Value } from '../../value.ts';

const method = methodOf<ObjectValue>();

/** A question without arguments. */
function question(
  declaration: {
    readonly name: string;
    readonly doc: string;
    readonly since?: string;
    readonly deprecated?: Deprecation;
    readonly returns?: string;
    readonly label?: string;
  },
  answer: (call: Call) => Value,
): Method {
  return method({ returns: 'str', ...declaration, run: answer });
}

const project = ({ evaluation, scope }: Call) => evaluation.tables.projects.get(scope.project);
const below = (root: string, folder: string): string =>
  folder === '' ? root : joinPath(root, folder);

/** What `meson` says of the project and its folders. */
export const mesonProjectMethods: readonly Method[] = [
  question({ name: 'version', doc: 'The version of Meson that is spoken.' }, () => mesonVersion),
  question({ name: 'project_name', doc: 'The name of the project.' }, (call) => project(call).name),
  question({ name: 'project_version', doc: 'Its version.' }, (call) => project(call).version),
  question(
    {
      name: 'project_license',
      doc: 'Its licenses.',
      since: '0.45.0',
      label: 'meson.project_license()',
      returns: 'list[str]',
    },
    (call) => project(call).licenses,
  ),
  question(
    {
      name: 'project_license_files',
      doc: 'The files that hold them.',
      since: '1.1.0',
      label: 'meson.project_license_files()',
      returns: 'list[file]',
    },
    (call) => project(call).licenseFiles.map(fileObject),
  ),
  question(
    { name: 'is_subproject', doc: 'Whether it is one.', returns: 'bool' },
    ({ scope }) => scope.subproject !== '',
  ),
  question({ name: 'current_source_dir', doc: 'This folder.' }, ({ evaluation, scope }) =>
    below(evaluation.sourceRoot, scope.spelled.subdir),
  ),
  question(
    { name: 'current_build_dir', doc: 'This folder in the build tree.' },
    ({ evaluation, scope }) => below(evaluation.buildRoot, scope.spelled.buildSubdir),
  ),
  question(
    {
      name: 'source_root',
      doc: 'The top source folder.',
      deprecated: {
        since: '0.56.0',
        instead: 'use meson.project_source_root() or meson.global_source_root() instead.',
      },
    },
    ({ evaluation }) => evaluation.sourceRoot,
  ),
  question(
    {
      name: 'build_root',
      doc: 'The top build folder.',
      deprecated: {
        since: '0.56.0',
        instead: 'use meson.project_build_root() or meson.global_build_root() instead.',
      },
    },
    ({ evaluation }) => evaluation.buildRoot,
  ),
  question(
    { name: 'project_source_root', doc: "The project's folder.", since: '0.56.0' },
    ({ evaluation, scope }) => below(evaluation.sourceRoot, scope.rootDir),
  ),
  question(
    { name: 'project_build_root', doc: "The project's folder in the build tree.", since: '0.56.0' },
    ({ evaluation, scope }) => below(evaluation.buildRoot, scope.buildRootDir),
  ),
  question(
    { name: 'global_source_root', doc: 'The top source folder.', since: '0.58.0' },
    ({ evaluation }) => evaluation.sourceRoot,
  ),
  question(
    { name: 'global_build_root', doc: 'The top build folder.', since: '0.58.0' },
    ({ evaluation }) => evaluation.buildRoot,
  ),
];
