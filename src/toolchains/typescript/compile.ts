import { posix } from 'node:path';
import type { Files, Host } from '../../host/host.ts';
import { foldersOf, manifestsAbove, ownInputs } from './inputs.ts';
import { stagingFolder, takeFolder } from './made-folder.ts';
import type { Mirror } from './mirror.ts';
import { packageRule } from './package-rule.ts';
import { execute, faultOf, type ToolOutcome, written } from './tool-outcome.ts';
import type { CompileRun } from './tool-run.ts';
import { filesRead, outcomeOfTsc } from './tsc-output.ts';
import { compilerOption, configFiles } from './tsconfig.ts';

/** Has tsc write what a project's tsconfig asks for: JavaScript, declarations, maps. */
export function compile(host: Host, mirror: Mirror, run: CompileRun): ToolOutcome {
  const { project, folder, depfile } = run;
  const { files } = host;
  const { source } = mirror;
  const staging = stagingFolder(files, folder);
  if (!staging.ok) return faultOf(staging.error);
  const tsc = [
    ...['node_modules/.bin/tsc', '-p', project, '--noEmit', 'false', '--outDir', staging.value],
    // What others could go on from next time would lie among what is installed.
    ...['--incremental', 'false', ...composite(files, { source, project })],
    ...declarationDir(files, { source, project }, staging.value),
    ...['--listFiles', '--pretty', 'false'],
  ];
  const done = execute(host, mirror.mirror, tsc);
  const outcome = outcomeOfTsc(done, mirror);
  if (outcome.code !== 0) {
    files.remove(staging.value);
    return outcome;
  }
  const taken = takeFolder(files, folder, mirror);
  if (!taken.ok) return faultOf(taken.error, outcome);
  const inputs = ownInputs(files, mirror, filesRead(done));
  const settings = configFiles(files, source, project);
  const manifests = manifestsAbove(files, source, inputs);
  const all = [project, ...settings, ...inputs, ...foldersOf(inputs), ...manifests, ...taken.value];
  return written(host, { path: depfile, text: packageRule(folder.path, all, source) }, outcome);
}

interface Project {
  readonly source: string;
  readonly project: string;
}

/** A composite project always has declarations, and something to go on from. */
function composite(files: Files, project: Project): readonly string[] {
  const isComposite = compilerOption(files, project, 'composite')?.value === true;
  return isComposite ? ['--composite', 'false', '--declaration', 'true'] : [];
}

/** A folder that declarations have to themselves lies in the new folder as it did in the old one. */
function declarationDir(files: Files, project: Project, staging: string): readonly string[] {
  const [own, usual] = ['declarationDir', 'outDir'].map((name) => {
    const said = compilerOption(files, project, name);
    return typeof said?.value === 'string'
      ? posix.join(posix.dirname(said.config), said.value)
      : undefined;
  });
  if (own === undefined) return [];
  const inside = usual === undefined ? '' : posix.relative(usual, own);
  return ['--declarationDir', posix.join(staging, inside.startsWith('..') ? '' : inside)];
}
