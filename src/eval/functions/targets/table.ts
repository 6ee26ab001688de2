import type { Builtin } from '../../declare.ts';
import { installData, installHeaders, installMan } from '../install/install-files.ts';
import { installEmptydir, installSubdir, installSymlink } from '../install/install-folders.ts';
import { benchmark, test } from '../tests/test.ts';
import { addTestSetup } from '../tests/test-setup.ts';
import {
  bothLibraries,
  buildTarget,
  executable,
  jar,
  library,
  sharedLibrary,
  sharedModule,
  staticLibrary,
} from './build-targets.ts';
import { customTarget } from './custom-target.ts';
import { declareDependency } from './declare-dependency.ts';
import { generator } from './generator.ts';
import { aliasTarget, runTarget } from './run-target.ts';
import { structuredSources } from './structured-sources.ts';
import { vcsTag } from './vcs-tag.ts';

/** The functions that declare what is built, tested and installed. */
export const targetFunctions: readonly Builtin[] = [
  executable,
  staticLibrary,
  sharedLibrary,
  sharedModule,
  bothLibraries,
  library,
  buildTarget,
  jar,
  customTarget,
  runTarget,
  aliasTarget,
  generator,
  structuredSources,
  declareDependency,
  vcsTag,
  test,
  benchmark,
  addTestSetup,
  installData,
  installHeaders,
  installMan,
  installSubdir,
  installEmptydir,
  installSymlink,
];
