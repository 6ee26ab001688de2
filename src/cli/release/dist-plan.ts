import { posix } from 'node:path';
import type { DistPlan, DistSubproject } from '../../model/dist-plan.ts';
import type { Model, Project } from '../../model/model.ts';
import type { Target } from '../../model/target.ts';
import type { PlannedScripts } from '../../plan/plan.ts';

/** What a release archive of a project needs to know, once its build files have been read. */
export function distPlan(model: Model, scripts: PlannedScripts): DistPlan {
  const { sourceRoot } = model;
  const subprojects = new Map<string, DistSubproject>();
  for (const project of model.projects.values()) {
    if (project.subproject === '' || subprojects.has(project.subproject)) continue;
    subprojects.set(project.subproject, subprojectOf(sourceRoot, project));
  }
  const folder = `${sourceRoot}/${model.subprojectDir ?? 'subprojects'}/`;
  const locks = model.buildFiles
    .map(({ path }) => posix.resolve(sourceRoot, path))
    .filter((path) => posix.basename(path) === 'Cargo.lock')
    .filter((path) => path.startsWith(`${sourceRoot}/`) && !path.startsWith(folder));
  const npm = [...model.targets.values()].flatMap(packageFolder);
  const { system, cpu } = model.machines.host;
  const [top] = model.projects.values();
  return {
    scripts: scripts.dist,
    subprojects: [...subprojects.values()],
    npmPackages: [...new Set(npm)].filter((path) => `${path}/`.startsWith(`${sourceRoot}/`)),
    cargoLocks: [...new Set(locks)],
    licenses: top?.licenses ?? [],
    subprojectDir: model.subprojectDir ?? 'subprojects',
    machine: `${system}-${cpu}`,
  };
}

function subprojectOf(sourceRoot: string, project: Project): DistSubproject {
  return {
    name: project.subproject,
    directory: posix.resolve(sourceRoot, project.sourceDir),
    subdir: project.buildDir,
    version: project.version,
    licenses: project.licenses,
  };
}

/** Folders whose npm packages a target installs: `internal typescript install --source ROOT … --folder FOLDER …`. */
function packageFolder(target: Target): readonly string[] {
  if (target.kind !== 'custom') return [];
  const words = target.command.map((word) => (word.kind === 'text' ? word.text : ''));
  const at = words.indexOf('--source');
  const isInstall = words.slice(0, at).join(' ').endsWith('internal typescript install');
  const root = words[at + 1];
  if (at <= 0 || !isInstall || root === undefined) return [];
  return words.flatMap((word, index) =>
    word === '--folder' ? [posix.join(root, words[index + 1] ?? '')] : [],
  );
}
