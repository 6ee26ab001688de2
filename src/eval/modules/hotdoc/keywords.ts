import { bool, listOf, object, oneOf, orNothing, str } from '../../argument-type.ts';
import { type KeywordValues, keyword, requiredKeyword } from '../../declare.ts';
import { texts } from '../../functions/common-keywords.ts';
import { type DependencyObject, dependencyType } from '../../objects/dependency.ts';
import type { FileObject } from '../../objects/file.ts';
import {
  type CustomTargetIndexObject,
  customTargetType,
  sharedLibraryType,
  staticLibraryType,
  type TargetObject,
} from '../../objects/target.ts';
import { customTarget, customTargetIndex, file, targetOf } from '../../targets/argument-types.ts';
import { objectType } from '../../value.ts';

/** What `hotdoc.generate_doc()` gives. */
export const hotdocTargetType = objectType<TargetObject>('HotdocTarget', customTargetType);

export type HotdocFile = string | FileObject | TargetObject | CustomTargetIndexObject;
const oneFile = oneOf<HotdocFile>(str, file, customTarget, customTargetIndex);

export type HotdocDependency = DependencyObject | TargetObject | CustomTargetIndexObject;

export const hotdocKeywords = {
  sitemap: requiredKeyword(oneFile, 'Which pages there are, and their order.'),
  index: requiredKeyword(oneFile, 'The first page.'),
  project_version: requiredKeyword(str, 'The version that is told of.'),
  html_extra_theme: keyword(orNothing(str), undefined, 'A folder with a theme.'),
  include_paths: texts('Folders where files that pages name are looked for.'),
  dependencies: keyword(
    listOf(
      oneOf<HotdocDependency>(
        object(dependencyType),
        targetOf(staticLibraryType),
        targetOf(sharedLibraryType),
        customTarget,
        customTargetIndex,
      ),
    ),
    [],
    'What the sources include.',
  ),
  depends: keyword(
    listOf(oneOf<TargetObject | CustomTargetIndexObject>(customTarget, customTargetIndex)),
    [],
    'Targets that are made before.',
    { since: '0.64.1' },
  ),
  gi_c_source_roots: texts('Folders with C sources that are introspected.'),
  extra_assets: texts('Folders that are copied beside the pages.'),
  extra_extension_paths: texts("Folders with extensions of hotdoc's."),
  subprojects: keyword(listOf(object(hotdocTargetType)), [], 'Manuals that are part of this one.'),
  install: keyword(bool, false, 'Install the manual.'),
  build_by_default: keyword(bool, false, 'Made when nothing is named.'),
};

export type HotdocValues = KeywordValues<typeof hotdocKeywords>;
