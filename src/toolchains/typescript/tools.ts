import { posix } from 'node:path';
import type { Host } from '../../host/host.ts';
import { bundle } from './bundle.ts';
import { check } from './check.ts';
import { compile } from './compile.ts';
import { installPackages } from './install-packages.ts';
import { type Mirror, refreshMirror } from './mirror.ts';
import { packageRule } from './package-rule.ts';
import { runOther } from './run-other.ts';
import { testFile } from './test-file.ts';
import { execute, faultOf, outcomeOf, type ToolOutcome, written } from './tool-outcome.ts';
import type { InstallRun, ToolRun } from './tool-run.ts';

/** Runs a tool; its own output is the outcome's, with paths relative to the package. */
export function runTool(host: Host, mirror: Mirror, run: ToolRun): ToolOutcome {
  const fresh = refreshMirror(host.files, mirror);
  if (!fresh.ok) return faultOf(fresh.error);
  switch (run.kind) {
    case 'install':
      return install(host, mirror, run);
    case 'check':
      return check(host, mirror, run);
    case 'bundle':
      return bundle(host, mirror, run);
    case 'compile':
      return compile(host, mirror, run);
    case 'run':
      return runOther(host, mirror, run);
    case 'test':
      return testFile(host, mirror, run);
  }
}

function install(
  host: Host,
  mirror: Mirror,
  { folders, scripts, stamp, depfile }: InstallRun,
): ToolOutcome {
  const digests: string[] = [];
  const inputs: string[] = [];
  for (const folder of folders) {
    const done = installPackages(host, { ...mirror, folder, scripts }, (argv, at) =>
      outcomeOf(execute(host, at, argv), 'npm'),
    );
    if ('code' in done) return done;
    digests.push(done.digest);
    inputs.push(...done.inputs);
  }
  const isThere = (name: string): boolean =>
    folders.some((each) =>
      host.files.isDirectory(posix.join(mirror.mirror, each, 'node_modules', name)),
    );
  const missing = scripts.find((name) => !isThere(name));
  if (missing !== undefined)
    return {
      code: 1,
      output: `kaon: No package of the lock file is named ${missing}: see "scripts" in the build file\n`,
    };
  const rule = packageRule(stamp, inputs, mirror.source);
  const known = written(host, { path: depfile, text: rule }, { code: 0, output: '' });
  return known.code === 0
    ? written(host, { path: stamp, text: `${digests.join('\n')}\n` }, known)
    : known;
}
