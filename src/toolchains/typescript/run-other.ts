import { posix } from 'node:path';
import { ok, type Result } from '../../base/result.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { FileFault, Files, Host } from '../../host/host.ts';
import { inSource } from './in-source.ts';
import { foldersOf } from './inputs.ts';
import { stagingFolder, takeFolder } from './made-folder.ts';
import type { Mirror } from './mirror.ts';
import { packageRule } from './package-rule.ts';
import { packageTree } from './package-tree.ts';
import { execute, faultOf, outcomeOf, type ToolOutcome, written } from './tool-outcome.ts';
import type { OtherRun } from './tool-run.ts';

/** Runs any program of the packages. What it reads it does not tell: that is all of the package then. */
export function runOther(host: Host, mirror: Mirror, run: OtherRun): ToolOutcome {
  const { files } = host;
  const { made, stamp, depfile, workdir } = run;
  const staging = 'path' in made ? stagingFolder(files, made) : undefined;
  if (staging?.ok === false) return faultOf(staging.error);
  const outputs = 'path' in made ? [staging?.value ?? ''] : made;
  const [name = '', ...words] = run.command;
  const program = programNamed(host, mirror, { name, workdir });
  const argv = [program, ...words.map((word) => withOutputs(word, outputs))];
  const done = outcomeOf(execute(host, posix.join(mirror.mirror, workdir), argv), name);
  const outcome = { code: done.code, output: shown(done.output, { made, mirror }) };
  if (outcome.code !== 0) {
    if (staging !== undefined) files.remove(staging.value);
    return outcome;
  }
  const missing = outputs.find((path) => !isMade(files, path));
  if (missing !== undefined) {
    const what = 'path' in made ? made.path : missing;
    const output = `${outcome.output}kaon: ${name} ended well, but did not make ${what}. Its command says by @OUTPUT@ where.\n`;
    return { code: 1, output };
  }
  const inputs = allInputs(files, mirror.source);
  if (!inputs.ok) return faultOf(inputs.error, outcome);
  if (!('path' in made)) {
    const rule = packageRule(made[0] ?? stamp ?? '', inputs.value, mirror.source);
    const told = written(host, { path: depfile, text: rule }, outcome);
    return stamp === undefined ? told : written(host, { path: stamp, text: '' }, told);
  }
  const taken = takeFolder(files, made, mirror);
  if (!taken.ok) return faultOf(taken.error, outcome);
  const rule = packageRule(made.path, [...inputs.value, ...taken.value], mirror.source);
  return written(host, { path: depfile, text: rule }, outcome);
}

/** The files of the package, and its folders, as a file that comes is one more. */
function allInputs(files: Files, source: string): Result<readonly string[], FileFault> {
  const tree = packageTree(files, source);
  if (!tree.ok) return tree;
  const read = tree.value
    .filter(({ kind, path }) => kind !== 'folder' && !isBuildFile(path))
    .map(({ path }) => path);
  return ok([...read, ...foldersOf(read)]);
}

/** A folder was made empty before, and has something in it then. */
function isMade(files: Files, path: string): boolean {
  const names = files.isDirectory(path) ? files.list(path) : undefined;
  return names?.ok === true ? names.value.length > 0 : files.exists(path);
}

/** What it said, with the names that people know. */
function shown(
  text: string,
  { made, mirror }: { readonly made: OtherRun['made']; readonly mirror: Mirror },
): string {
  const said = inSource(text, mirror);
  if (!('path' in made)) return said;
  const name = posix.basename(made.path);
  return said.replaceAll(`${name}.new/`, `${name}/`);
}

/** Those decide how tools are called, and so are known already. */
function isBuildFile(path: string): boolean {
  return ['meson.build', 'meson.options', 'meson_options.txt'].includes(posix.basename(path));
}

/** As a script of package.json finds it: what the nearest packages bring, then what the system has. */
function programNamed(
  { files, system }: Host,
  { mirror }: Mirror,
  { name, workdir }: { readonly name: string; readonly workdir: string },
): string {
  for (let at = workdir; ; at = posix.dirname(at)) {
    const path = posix.join(mirror, at, 'node_modules/.bin', name);
    if (files.isFile(path)) return path;
    if (at === '.' || at === '/') break;
  }
  return findInPath({ files, system }, name) ?? name;
}

function withOutputs(word: string, outputs: readonly string[]): string {
  return word.replace(/@MADE(\d+)@/g, (whole, at: string) => outputs[Number(at)] ?? whole);
}
