import { bool, listOf, object, oneOf, orNothing, str } from '../../argument-type.ts';
import { keyword, requiredKeyword } from '../../declare.ts';
import { texts } from '../../functions/common-keywords.ts';
import { dependencyType } from '../../objects/dependency.ts';
import { includeDirectoriesType } from '../../objects/include-directories.ts';
import {
  customTargetType,
  sharedLibraryType,
  staticLibraryType,
  type TargetObject,
} from '../../objects/target.ts';
import { executable, targetOf } from '../../targets/argument-types.ts';
import type { IncludeValue } from '../../targets/keywords/common.ts';
import { environment } from '../../targets/keywords/environment.ts';
import { install } from '../../targets/keywords/install.ts';
import { objectType } from '../../value.ts';
import { buildByDefault, extraArgs, scannedInput } from './keywords.ts';

export const girTargetType = objectType<TargetObject>('GirTarget', customTargetType);
export const typelibTargetType = objectType<TargetObject>('TypelibTarget', customTargetType);

/** What is described: a program or libraries. */
export const described = oneOf<TargetObject>(
  executable,
  targetOf(sharedLibraryType),
  targetOf(staticLibraryType),
);
const library = oneOf<TargetObject>(targetOf(sharedLibraryType), targetOf(staticLibraryType));

const installFlag = (doc: string) => keyword(orNothing(bool), undefined, doc, { since: '0.61.0' });
const installFolder = (doc: string, advice: string) =>
  keyword(orNothing(oneOf<string | boolean>(str, bool)), undefined, doc, {
    check: (value) => (value === true ? 'as boolean can only be false' : undefined),
    sinceValues: [
      {
        feature: 'value "False"',
        deprecated: { since: '0.61.0', instead: `Use ${advice} to disable installation` },
        used: (value) => value === false,
      },
    ],
  });

export const girKeywords = {
  install,
  build_by_default: { ...buildByDefault, since: '0.40.0' },
  extra_args: extraArgs,
  env: { ...environment, since: '1.2.0' },
  dependencies: keyword(listOf(object(dependencyType)), [], 'What it needs from elsewhere.'),
  doc_format: keyword(orNothing(str), undefined, 'How its comments are written.', {
    since: '1.8.0',
  }),
  export_packages: texts('Packages that users ask pkg-config for.'),
  fatal_warnings: keyword(bool, false, 'Warnings are errors.', { since: '0.55.0' }),
  header: texts('Headers that users include.'),
  identifier_prefix: texts('What names of types begin with.'),
  include_directories: keyword(
    listOf(oneOf<IncludeValue>(str, object(includeDirectoriesType))),
    [],
    'Where headers are looked for.',
  ),
  includes: keyword(
    listOf(oneOf<string | TargetObject>(str, object(girTargetType))),
    [],
    'Descriptions of other libraries that it needs.',
  ),
  install_gir: installFlag('Install the description.'),
  install_dir_gir: installFolder('Where the description is installed.', 'install_gir'),
  install_typelib: installFlag('Install the compiled description.'),
  install_dir_typelib: installFolder(
    'Where the compiled description is installed.',
    'install_typelib',
  ),
  link_with: keyword(listOf(library), [], 'Further libraries of this build.'),
  namespace: requiredKeyword(str, 'What its names belong to.'),
  nsversion: requiredKeyword(str, 'Version of that.'),
  sources: keyword(listOf(scannedInput), [], 'Sources and headers with comments.'),
  symbol_prefix: texts('What names of functions begin with.'),
};
