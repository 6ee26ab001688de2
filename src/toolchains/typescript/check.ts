import { posix } from 'node:path';
import type { Files, Host } from '../../host/host.ts';
import { foldersOf, manifestsAbove, ownInputs } from './inputs.ts';
import type { Mirror } from './mirror.ts';
import { packageRule } from './package-rule.ts';
import { execute, type ToolOutcome, written } from './tool-outcome.ts';
import type { CheckRun } from './tool-run.ts';
import { filesRead, outcomeOfTsc } from './tsc-output.ts';
import { configFiles, referencedProjects, type TsProject } from './tsconfig.ts';

/** Checks the types of a project, and of those that it references. */
export function check(
  host: Host,
  { source, mirror, generated = [] }: Mirror,
  { project, stamp, depfile, buildInfo }: CheckRun,
): ToolOutcome {
  const projects = referencedProjects(host.files, source, project);
  const configs = projects.length < 2 ? [project] : eachAlone(host.files, mirror, projects);
  const runs = configs.map((config, index) => {
    const tsc = [
      ...['node_modules/.bin/tsc', '-p', config, '--noEmit', '--emitDeclarationOnly', 'false'],
      '--listFiles',
      ...['--incremental', '--tsBuildInfoFile', index === 0 ? buildInfo : `${buildInfo}.${index}`],
      ...['--pretty', 'false'],
    ];
    const done = execute(host, mirror, tsc);
    return { done, read: filesRead(done) };
  });
  const outcomes = runs.map(({ done }) => outcomeOfTsc(done, { source, mirror }));
  const outcome = {
    code: outcomes.find(({ code }) => code !== 0)?.code ?? 0,
    // What two projects read is told once.
    output: [...new Set(outcomes.flatMap(({ output }) => output.split(/(?<=\n)/)))].join(''),
  };
  if (outcome.code !== 0) return outcome;
  const paths = runs.flatMap(({ read }) => read);
  const inputs = ownInputs(host.files, { source, mirror, generated }, paths);
  const settings = projects.flatMap(({ config }) => configFiles(host.files, source, config));
  const manifests = manifestsAbove(host.files, source, inputs);
  const all = [project, ...settings, ...inputs, ...foldersOf(inputs), ...manifests];
  const known = written(host, { path: depfile, text: packageRule(stamp, all, source) }, outcome);
  return known.code === 0 ? written(host, { path: stamp, text: '' }, known) : known;
}

/**
 * What tsc is given for several projects. It checks none that another only references, and wants to see
 * what it would have written for that one: so each is checked by itself, from its sources, as if it were
 * alone.
 */
function eachAlone(
  files: Files,
  mirror: string,
  projects: readonly TsProject[],
): readonly string[] {
  return projects
    .filter(({ isEmpty }) => !isEmpty)
    .map(({ config, isComposite, isParent }) => {
      // Beside it, so that types are found where it finds them.
      const folder = posix.dirname(config);
      const own = posix.join(folder, `.kaon-${posix.basename(config)}`);
      const rootDir = posix.relative(folder, '.') || '.';
      // References are not inherited; what a project is composite for is, in its declarations.
      const declared = isComposite ? { composite: false, declaration: true } : {};
      const alone = {
        extends: `./${posix.basename(config)}`,
        compilerOptions: { ...declared, rootDir },
        ...(isParent && { references: [] }),
      };
      files.replace(posix.join(mirror, own), `${JSON.stringify(alone)}\n`);
      return own;
    });
}
