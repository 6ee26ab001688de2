import { posix } from 'node:path';
import { parseJsonObject } from '../../base/parse-json.ts';
import type { Files, Host } from '../../host/host.ts';
import { ownInputs, settingsAbove } from './inputs.ts';
import { stagingFolder, takeFolder } from './made-folder.ts';
import type { Mirror } from './mirror.ts';
import { packageRule } from './package-rule.ts';
import { nameSources } from './source-map.ts';
import { execute, faultOf, outcomeOf, type ToolOutcome, written } from './tool-outcome.ts';
import type { BundleRun } from './tool-run.ts';

/** Bundles by esbuild: into one file, or all that it makes of its entries into a folder. */
export function bundle(host: Host, mirror: Mirror, run: BundleRun): ToolOutcome {
  const { entries, made, depfile, options } = run;
  const { files } = host;
  const staging = typeof made === 'string' ? undefined : stagingFolder(files, made);
  if (staging?.ok === false) return faultOf(staging.error);
  const metafile = `${depfile}.json`;
  const esbuild = [
    ...[esbuildProgram(files, mirror.mirror), ...entries, '--bundle', '--log-level=warning'],
    staging === undefined ? `--outfile=${String(made)}` : `--outdir=${staging.value}`,
    ...[`--metafile=${metafile}`, ...options],
  ];
  const outcome = outcomeOf(execute(host, mirror.mirror, esbuild), 'esbuild');
  if (outcome.code !== 0) {
    if (staging !== undefined) files.remove(staging.value);
    return outcome;
  }
  const meta = files.readText(metafile);
  if (!meta.ok) return faultOf(meta.error, outcome);
  const own = ownInputs(files, mirror, metafileInputs(meta.value));
  const inputs = [...own, ...settingsAbove(files, mirror.source, own)];
  if (typeof made === 'string') {
    nameSources(files, `${made}.map`, mirror);
    return written(
      host,
      { path: depfile, text: packageRule(made, inputs, mirror.source) },
      outcome,
    );
  }
  const taken = takeFolder(files, made, mirror);
  if (!taken.ok) return faultOf(taken.error, outcome);
  const rule = packageRule(made.path, [...inputs, ...taken.value], mirror.source);
  return written(host, { path: depfile, text: rule }, outcome);
}

/**
 * The program itself where it is there: what npm starts, for want of install scripts, is a script around it
 * that ends each failure with a trace of its own.
 */
function esbuildProgram(files: Files, mirror: string): string {
  const folder = 'node_modules/@esbuild';
  const systems = files.list(posix.join(mirror, folder));
  const programs = (systems.ok ? systems.value : [])
    .map((name) => `${folder}/${name}/bin/esbuild`)
    .filter((path) => files.isFile(posix.join(mirror, path)));
  return programs.length === 1 && programs[0] !== undefined
    ? programs[0]
    : 'node_modules/.bin/esbuild';
}

/** The inputs of an esbuild metafile, relative to the folder it ran in. */
export function metafileInputs(text: string): readonly string[] {
  return Object.keys(parseJsonObject(text)?.['inputs'] ?? {});
}
