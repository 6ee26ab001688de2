import { realPath } from '../../host/real-path.ts';
import { anything, listOf, str } from '../argument-type.ts';
import { memberFile } from '../cargo/cargo-build-files.ts';
import { builtin, keyword, positional } from '../declare.ts';
import { SubdirDone } from '../evaluation-error.ts';
import { runBuildFile, runSource } from '../interpreter/build-file.ts';
import { isFound } from '../interpreter/call-builtin.ts';
import { Limits } from '../interpreter/limits.ts';
import { joinPath, normalPath } from '../paths.ts';
import { perEvaluation } from '../per-evaluation.ts';
import { missingBuildFileHint } from '../targets/missing-file-hint.ts';

/** Folders that were entered: none is twice. Real paths by subproject. */
const visited = perEvaluation(() => new Set<string>());

export const subdir = builtin({
  name: 'subdir',
  doc: "Reads the build file of a folder, which shares this one's variables.",
  positional: [positional('folder', str, 'The folder, relative to this one.')],
  keywords: {
    if_found: keyword(
      { ...listOf(anything), names: ['array[object]'] },
      [],
      'Reads it only if all of these were found.',
      {
        since: '0.44.0',
      },
    ),
  },
  returns: 'void',
  run: (call, { positional: [folder], keywords: { if_found: wanted } }) => {
    const { evaluation, scope } = call;
    if (folder.includes('..')) call.fail('Subdir contains ..');
    if (scope.subdir === '' && folder === evaluation.subprojectDir)
      call.fail('Must not go into subprojects dir with subdir(), use subproject() instead.');
    if (scope.subdir === '' && folder.startsWith('meson-'))
      call.fail('The "meson-" prefix is reserved and cannot be used for top-level subdir().');
    if (folder === '')
      call.fail("The argument given to subdir() is the empty string ''. This is prohibited.");
    if (folder.startsWith('/')) call.fail('Subdir argument must be a relative path.');
    for (const one of wanted) {
      const found = isFound(call, one);
      if (found === undefined)
        call.fail('subdir keyword argument "if_found" Objects must have a found() method');
      if (!found) return undefined;
    }
    const { subdir: from, buildSubdir: buildFrom, spelled } = scope;
    const next = normalPath(joinPath(scope.subdir, folder));
    const spelledNext = joinPath(spelled.subdir, folder);
    const path = normalPath(joinPath(evaluation.sourceRoot, next));
    const file = `${path}/meson.build`;
    // Two folders may share a build file by a link.
    const key = `${scope.subproject}\0${realPath(evaluation.host.files, path)}`;
    if (visited(evaluation).has(key))
      call.fail(`Tried to enter directory "${spelledNext}", which has already been visited.`);
    visited(evaluation).add(key);
    if (next.split('/').length > Limits.nesting + scope.rootDir.split('/').length)
      call.fail('Folders are nested too deep.');
    evaluation.host.files.makeDirectory(joinPath(evaluation.buildRoot, scope.buildSubdir, folder));
    const made = memberFile(call, scope, next);
    if (made === undefined && !evaluation.host.files.isFile(file)) {
      const hint = missingBuildFileHint(evaluation.host.files, path);
      const message = `Nonexistent build file '${joinPath(spelledNext, 'meson.build')}'`;
      call.fail(message, hint === undefined ? {} : { hint });
    }
    scope.subdir = next;
    scope.buildSubdir = normalPath(joinPath(scope.buildSubdir, folder));
    scope.spelled = {
      subdir: spelledNext,
      buildSubdir: joinPath(spelled.buildSubdir, folder),
    };
    try {
      if (made === undefined) runBuildFile(evaluation, scope, file);
      else runSource(evaluation, scope, made);
    } finally {
      scope.subdir = from;
      scope.buildSubdir = buildFrom;
      scope.spelled = spelled;
    }
    return undefined;
  },
});

export const subdirDone = builtin({
  name: 'subdir_done',
  doc: 'Ends the reading of this build file.',
  since: '0.46.0',
  returns: 'void',
  run: () => {
    throw new SubdirDone();
  },
});
