import { bool, listOf, named, object, oneOf, orNothing, str } from '../../argument-type.ts';
import { keyword } from '../../declare.ts';
import { texts } from '../../functions/common-keywords.ts';
import { type DependencyObject, dependencyType } from '../../objects/dependency.ts';
import {
  type BothLibrariesObject,
  bothLibrariesType,
  type CustomTargetIndexObject,
  sharedLibraryType,
  staticLibraryType,
  type TargetObject,
} from '../../objects/target.ts';
import { customTarget, customTargetIndex, targetOf } from '../../targets/argument-types.ts';
import { strOrInt } from '../../targets/keywords/common.ts';
import { installDir } from '../../targets/keywords/install.ts';
import { variables } from './variables.ts';

export type LibraryValue =
  | string
  | DependencyObject
  | TargetObject
  | BothLibrariesObject
  | CustomTargetIndexObject;

export const mainLibrary = oneOf<TargetObject>(
  targetOf(sharedLibraryType),
  targetOf(staticLibraryType),
);
const libraries = keyword(
  listOf(
    named(
      oneOf<LibraryValue>(
        str,
        object(dependencyType),
        object(bothLibrariesType),
        object(sharedLibraryType),
        object(staticLibraryType),
        customTarget,
        customTargetIndex,
      ),
      ...['str', 'Dependency', 'SharedLibrary', 'StaticLibrary'],
      ...['CustomTarget', 'CustomTargetIndex'],
    ),
  ),
  [],
  'What users link: words, libraries, dependencies.',
);
const requires = keyword(
  listOf(
    named(
      oneOf<LibraryValue>(
        str,
        object(bothLibrariesType),
        object(sharedLibraryType),
        object(staticLibraryType),
        object(dependencyType),
      ),
      ...['str', 'SharedLibrary', 'StaticLibrary', 'Dependency'],
    ),
  ),
  [],
  'Other .pc files that are needed.',
);
const notEmpty = {
  check: (value: string | undefined) => (value === '' ? 'must not be an empty string' : undefined),
};

/** Keywords of `pkgconfig.generate()`. */
export const keywords = {
  d_module_versions: keyword(listOf(strOrInt), [], 'Versions of D.', { since: '0.43.0' }),
  install_dir: installDir,
  cflags_private: { ...texts('Flags for users that link statically.'), since: '1.9.0' },
  conflicts: texts('What it cannot be used with.'),
  dataonly: keyword(bool, false, 'There is nothing to compile or link.', {
    since: '0.54.0',
  }),
  description: keyword(orNothing(str), undefined, 'A sentence.'),
  extra_cflags: { ...texts('More flags for users.'), since: '0.42.0' },
  filebase: keyword(orNothing(str), undefined, 'Name of the file.', notEmpty),
  name: keyword(orNothing(str), undefined, 'Its name.', notEmpty),
  subdirs: texts('Folders of headers, below the one of all headers.'),
  url: keyword(str, '', 'Where to read of it.'),
  license: keyword(str, '', 'Its license.', { since: '1.9.0' }),
  version: keyword(orNothing(str), undefined, 'Its version.'),
  unescaped_uninstalled_variables: variables('Of the other file, as they are.', '0.59.0'),
  unescaped_variables: variables('Written as they are.', '0.59.0'),
  uninstalled_variables: variables('Of the other file.', '0.54.0', '0.56.0'),
  variables: variables('More variables.', '0.41.0', '0.56.0'),
  libraries,
  libraries_private: libraries,
  requires,
  requires_private: requires,
};
