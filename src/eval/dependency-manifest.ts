import { posix } from 'node:path';
import { spacedJsonText } from '../base/json-text.ts';
import type { FileRef } from '../model/file.ts';
import type { Project } from '../model/model.ts';
import type { Evaluation } from './evaluation.ts';
import { joinPath } from './paths.ts';
import { perEvaluation } from './per-evaluation.ts';

/** Where the list of projects and licenses is to be installed, as `install_dependency_manifest` says. */
export const manifestName = perEvaluation((): { path?: string } => ({}));

/**
 * Installs the list of all projects with their licenses, and the licenses beside it: where a build
 * file or the option `licensedir` asks for it.
 */
export function installDependencyManifest(evaluation: Evaluation): void {
  const { host, buildRoot, options, tables } = evaluation;
  const licenses = options.find({ name: 'licensedir', subproject: undefined, machine: 'host' });
  const inOption =
    typeof licenses === 'string' && licenses !== '' ? joinPath(licenses, 'depmf.json') : undefined;
  const path = manifestName(evaluation).path ?? inOption;
  if (path === undefined) return;
  const projects = [...tables.projects.values()];
  const content = {
    type: 'dependency manifest',
    version: '1.0',
    projects: Object.fromEntries(
      projects.map((project) => [
        project.name,
        {
          version: project.version,
          license: project.licenses,
          license_files: project.licenseFiles.map((file) => licenseName(project, file)),
        },
      ]),
    ),
  };
  host.files.makeDirectory(buildRoot);
  host.files.replace(`${buildRoot}/depmf.json`, spacedJsonText(content));
  addFiles(evaluation, '', [[{ tree: 'build', path: 'depmf.json' }, path]]);
  for (const project of projects)
    addFiles(
      evaluation,
      project.subproject,
      project.licenseFiles.map((file) => [
        file,
        joinPath(posix.dirname(path), licenseName(project, file)),
      ]),
    );
}

/** A license keeps its path below the project's folder; one from outside is placed inside. */
function licenseName({ sourceDir }: Project, { path }: FileRef): string {
  const inside = posix
    .relative(sourceDir, path)
    .split('/')
    .filter((part) => part !== '..');
  return joinPath(sourceDir, inside.join('/'));
}

function addFiles(
  { tables }: Evaluation,
  subproject: string,
  files: readonly (readonly [FileRef, string])[],
): void {
  if (files.length === 0) return;
  const destinations = files.map(([, to]) => to);
  tables.installs.push({
    kind: 'data',
    shownAs: 'depmf',
    subproject,
    files: files.map(([file]) => file),
    destinations,
    placeholders: destinations.map((to) => joinPath('{prefix}', to)),
    mode: undefined,
    tag: 'devel',
    followSymlinks: undefined,
  });
}
