import { posix } from 'node:path';
import { changedEnvironment } from '../base/environment.ts';
import { pythonRepr } from '../base/python-repr.ts';
import { err, ok, type Result } from '../base/result.ts';
import { quoteWords } from '../base/shell-words.ts';
import type { Host } from '../host/host.ts';
import type { DistPlan } from '../model/dist-plan.ts';

export interface DistScripts {
  readonly plan: DistPlan;
  /** Where the archive's content lies. */
  readonly root: string;
  readonly sourceRoot: string;
  readonly buildRoot: string;
  /** Subprojects that are in the archive, by name, and their folder below the root. */
  readonly included: ReadonlyMap<string, string>;
  /** For `MESONREWRITE`. */
  readonly self: readonly string[];
  readonly timeSeconds: number;
  readonly print: (line: string) => void;
}

/** Runs what `meson.add_dist_script` added: scripts may change what will be in the archive. */
export async function runDistScripts(
  host: Host,
  { plan, root, included, self, timeSeconds, print, ...roots }: DistScripts,
): Promise<Result<void, string>> {
  for (const { subproject, argv, environment } of plan.scripts) {
    const subdir = subproject === '' ? '' : included.get(subproject);
    if (subdir === undefined) continue;
    const name = pythonRepr(argv.join(' '));
    print(`Running custom dist script ${name}`);
    const told = {
      SOURCE_DATE_EPOCH: String(timeSeconds),
      ...host.system.environment,
      MESON_DIST_ROOT: root,
      MESON_SOURCE_ROOT: roots.sourceRoot,
      MESON_BUILD_ROOT: roots.buildRoot,
      MESONREWRITE: quoteWords([...self, 'rewrite']),
      MESON_PROJECT_DIST_ROOT: posix.join(root, subdir),
      MESON_PROJECT_SOURCE_ROOT: posix.join(roots.sourceRoot, subdir),
      MESON_PROJECT_BUILD_ROOT: posix.join(roots.buildRoot, subdir),
    };
    const { ended, stdout, stderr } = await host.processes.spawn({
      argv,
      workingDirectory: roots.buildRoot,
      environment: changedEnvironment(told, environment),
    }).done;
    for (const output of [stdout, stderr]) if (output !== '') print(output.trimEnd());
    if (ended.kind === 'not-started')
      return err(`Failed to run dist script ${name}: ${ended.reason}`);
    if (ended.kind !== 'exited' || ended.code !== 0) return err('Dist script errored out');
  }
  return ok(undefined);
}
