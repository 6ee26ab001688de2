import { versionMatches } from '../../base/version.ts';
import type { FileRef } from '../../model/file.ts';
import { outdatedWrap, wrapFeatures } from '../../wrap/dated-wrap.ts';
import { mayPromote } from '../../wrap/request.ts';
import { loadWraps, mergeWraps, type WrapSet } from '../../wrap/wrap-set.ts';
import { exactListOf, listOf, object, oneOf, orNothing, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { addLockedCrates } from '../cargo/cargo-lock.ts';
import { isPlainWorkspace, plainOptions } from '../cargo/plain-workspace.ts';
import { builtin, keyword, positional, rest } from '../declare.ts';
import { EvaluationError } from '../evaluation-error.ts';
import { readSource } from '../interpreter/build-file.ts';
import { newFrame } from '../interpreter/frame.ts';
import { makeCall } from '../interpreter/make-call.ts';
import { rangeOf } from '../interpreter/version-range.ts';
import { addLanguages, validLanguages } from '../languages/add-languages.ts';
import { takeStandardLibraries } from '../languages/standard-libraries.ts';
import { type FileObject, fileType } from '../objects/file.ts';
import { readOptionFile } from '../options/option-file.ts';
import type { GivenOptions } from '../options/option-key.ts';
import { absolutePath, joinPath, normalPath } from '../paths.ts';
import { calledOptions } from '../subprojects/called-options.ts';
import { wrapModeOf } from '../subprojects/wrap-mode.ts';
import { fileOf } from '../targets/sources.ts';
import { readWatched } from '../watch-file.ts';
import { optionsKeyword, readOptions } from './common-keywords.ts';

const versionType = {
  ...oneOf<string | FileObject | readonly FileObject[]>(
    str,
    object(fileType),
    exactListOf(object(fileType)),
  ),
  names: ['str', 'File', 'list'],
};

/** `project()`: the first statement of a project's first build file. */
export const project = builtin({
  name: 'project',
  doc: 'Names the project and its languages.',
  positional: [positional('name', str, 'The name of the project.')],
  rest: rest('languages', str, 'Languages it is written in.'),
  keywords: {
    default_options: optionsKeyword,
    meson_version: keyword(orNothing(str), undefined, 'Which versions of Meson it is written for.'),
    version: keyword(versionType, 'undefined', 'Its version, or the file that holds it.', {
      check: (value) =>
        Array.isArray(value) && value.length !== 1
          ? 'when passed as array must have a length of 1'
          : undefined,
    }),
    license: keyword(orNothing(listOf(str)), undefined, 'SPDX names of its licenses.'),
    license_files: keyword(listOf(str), [], 'Files that hold the licenses.', { since: '1.1.0' }),
    subproject_dir: keyword(str, 'subprojects', 'Folder of subprojects.'),
  },
  returns: 'void',
  run: (call, { positional: [name], rest: languages, keywords }) => {
    const { evaluation, scope } = call;
    if (name.includes(':')) call.fail(`Project name '${name}' must not contain ':'`);
    const valid = validLanguages(call, languages, { required: true });
    takeMesonVersion(call, keywords.meson_version);
    if (scope.mesonVersion.declared) call.fail('Second call to project().');
    scope.mesonVersion.declared = true;
    addOptions(call);
    initializeOptions(call, readOptions(keywords.default_options));
    checkBackend(call);
    const version = projectVersion(call, keywords.version);
    if (keywords.license === undefined && keywords.license_files.length > 0)
      call.fail('Project `license` name must be specified when `license_files` is set');
    const row = evaluation.tables.projects.get(scope.project);
    evaluation.tables.projects.replace(scope.project, {
      ...row,
      name,
      version,
      licenses: keywords.license ?? ['unknown'],
      licenseFiles: keywords.license_files.map((path): FileRef => fileOf(call, path)),
    });
    takeSubprojectDir(call, keywords.subproject_dir);
    addLockedCrates(call);
    evaluation.log(`Project name: ${name}`);
    evaluation.log(`Project version: ${version}`);
    addLanguages(call, valid, { required: true, machine: 'host' });
    addLanguages(call, valid, { required: false, machine: 'build' });
    if (scope.subproject === '') takeStandardLibraries(call);
    return undefined;
  },
});

/** kaon builds by itself; of the project files that Meson writes for others there are those for ninja. */
function checkBackend(call: Call): void {
  const backend = call.evaluation.options.get({
    name: 'backend',
    subproject: undefined,
    machine: 'host',
  });
  if (backend === 'ninja' || backend === 'none') return;
  if (backend === 'vs')
    call.fail(
      'Could not detect Visual Studio: Environment variable VSINSTALLDIR is not set!\nAre you running meson from the Visual Studio Developer Command Prompt?',
    );
  if (backend === 'xcode')
    call.fail('Could not detect Xcode. Please install it if you wish to use the Xcode backend.');
  call.fail(`Could not find ${String(backend)}: kaon writes no files for it.`, {
    hint: 'kaon builds by itself, and --backend=ninja writes a build.ninja',
  });
}

function takeMesonVersion(call: Call, required: string | undefined): void {
  const { mesonVersion } = call.scope;
  mesonVersion.required = required;
  if (!required) {
    mesonVersion.target = { kind: 'none' };
    return;
  }
  const complaint = call.evaluation.versionComplaint(required);
  if (complaint !== undefined) call.fail(complaint);
  mesonVersion.target = { kind: 'range', range: rangeOf([required]) };
}

/** The options that the project declares in its option file. */
function addOptions(call: Call): void {
  const { evaluation, scope } = call;
  const { files } = evaluation.host;
  const root = normalPath(joinPath(evaluation.sourceRoot, scope.rootDir));
  const modern = `${root}/meson.options`;
  const old = `${root}/meson_options.txt`;
  const [hasModern, hasOld] = [files.exists(modern), files.exists(old)];
  if (hasModern && hasOld) {
    const [a, b] = [files.readText(modern), files.readText(old)];
    // A link, or what an archive makes of one.
    if (!a.ok || !b.ok || a.value !== b.value)
      call.fail('meson.options and meson_options.txt both exist, but are not the same file.');
  } else if (hasModern) {
    evaluation.features.use(scope, {
      kind: 'new',
      feature: 'meson.options file',
      since: '1.1',
      extra: 'Use meson_options.txt instead',
    });
  }
  const isPlain = scope.subproject === '' && isPlainWorkspace(evaluation, root);
  if (!hasModern && !hasOld && !isPlain) return;
  const source = isPlain ? plainOptions(root) : readSource(evaluation, hasModern ? modern : old);
  const frame = newFrame(evaluation, scope, source);
  const declared = readOptionFile(source, ({ span }, spans) => {
    frame.current = { kind: 'name', span };
    return makeCall(frame, 'option', spans);
  });
  evaluation.options.addProjectOptions(scope.subproject, declared);
}

function initializeOptions(call: Call, project: GivenOptions): void {
  const { evaluation, scope } = call;
  const sources = { project, ...evaluation.given };
  if (scope.subproject === '') evaluation.options.initializeTop(sources, call);
  else {
    const given = calledOptions(evaluation).get(scope.subproject);
    evaluation.options.initializeSubproject(
      scope.subproject,
      { ...sources, call: given ?? readOptions([]) },
      call,
    );
  }
}

function projectVersion(call: Call, given: string | FileObject | readonly FileObject[]): string {
  if (typeof given === 'string') return given;
  const file = 'type' in given ? given : given[0];
  if (file === undefined) return 'undefined';
  call.uses('version from file', '0.57.0');
  const path = absolutePath(call.evaluation, file.file);
  const text = readWatched(call.evaluation, path, file.file);
  if (!text.ok) return call.fail('Version file not found.');
  const lines = text.value.split('\n');
  if (lines.length === 2 && lines[1] === '') lines.pop();
  if (lines.length !== 1) call.fail('Version file must contain exactly one line of text.');
  return lines[0] ?? '';
}

function takeSubprojectDir(call: Call, folder: string): void {
  const { evaluation, scope } = call;
  if (folder.startsWith('/')) call.fail('Subproject_dir must not be an absolute path.');
  if (folder.startsWith('.')) call.fail('Subproject_dir must not begin with a period.');
  if (folder.includes('..')) call.fail('Subproject_dir must not contain a ".." segment.');
  const top = scope.subproject === '';
  if (top) evaluation.subprojectDir = folder;
  if (!top && !mayPromote(wrapModeOf(evaluation))) return;
  const path = normalPath(joinPath(evaluation.sourceRoot, scope.rootDir, folder));
  if (evaluation.wraps.loaded.has(path)) return;
  const loaded = loadWraps(evaluation.host, path, joinPath(scope.rootDir, folder));
  if (!loaded.ok) {
    const [first, ...others] = loaded.error;
    if (first !== undefined) throw new EvaluationError(first, others);
    return;
  }
  for (const warning of loaded.value.warnings) evaluation.report(warning);
  tellDated(call, loaded.value);
  // What the top project brings comes before what kaon brings; subprojects come last.
  evaluation.wraps = top
    ? mergeWraps(loaded.value, evaluation.wraps)
    : mergeWraps(evaluation.wraps, loaded.value);
}

/** What the wraps of a project use that older Mesons do not know, and what is out of use. */
function tellDated({ evaluation, scope }: Call, { packages }: WrapSet): void {
  for (const { wrap } of packages.values()) {
    if (wrap === undefined) continue;
    for (const { feature, since, place } of wrapFeatures(wrap)) {
      const related = [{ place, message: 'here' }];
      evaluation.features.use(scope, { kind: 'new', feature, since, related });
    }
    const outdated = outdatedWrap(wrap);
    if (outdated !== undefined) evaluation.report(outdated);
  }
}

/** Whether our language meets a requirement of the project. */
export function complainOfVersion(ours: string, required: string): string | undefined {
  return versionMatches(ours, required)
    ? undefined
    : `Meson version is ${ours} but project requires ${required}`;
}
