import { isTexts, parseJson } from '../../base/parse-json.ts';
import { RecentMap } from '../../base/recent-map.ts';
import { sha256Of } from '../../base/sha256.ts';
import type { ActionResult, Digest, OutputFile } from '../../cache/action-cache.ts';
import type { Action, Command } from '../../graph/graph.ts';
import type { FileStat } from '../../host/host.ts';
import { hashFile, hexOf } from '../../store/format/file-content.ts';
import type { ContentId } from '../../store/log/action-record.ts';
import { type BuildContext, declaredInputs, programPath, recentFiles } from '../build-context.ts';
import { hostPath } from '../build-place.ts';
import { actionKey, audienceOf, commandText, variableParts } from '../command-text.ts';
import { hangsOnMore } from '../inputs/beyond-depfile.ts';
import { rivals } from '../inputs/include-rivals.ts';
import type { Performed } from './perform-action.ts';

/** Milliseconds: what is made faster is made again as fast as it is looked up. */
export const worthwhileMs = 20;

/** No more words than that stand before the compiler that is meant. */
const mostLaunchers = 3;

/** How many lists of discovered inputs are kept for one command and its declared inputs. */
const mostLists = 8;

/**
 * An action whose result may be taken from a cache: its command tells all that it reads, by a depfile.
 * What it reads is known only once it ran, so a result is found in two steps: by the command and its
 * declared inputs come the lists of files that it read then, and by the content of these the result.
 */
export function isCacheable(context: BuildContext, action: Action): boolean {
  const { work, depfile, pool, outputsOptional, leavesMore } = action;
  if (context.cache === undefined || action.alwaysRun) return false;
  if (outputsOptional === true || leavesMore === true) return false;
  if (work.kind !== 'command' || depfile?.format !== 'make') return false;
  if (pool !== undefined && context.graph.pools.get(pool).console) return false;
  return !work.argv.some((word) => writesMore.test(word));
}

/**
 * Compilers told so write or read files that nobody names: notes for coverage, profiles, debug
 * information apart, and what rustc remembers to compile a little less the next time.
 */
const writesMore =
  /^(?:--coverage|-ftest-coverage|-fprofile-.*|-gsplit-dwarf|-[fg]?save-temps.*|-fdump-.*|-Cprofile-.*|(?:-C)?incremental=.*)$/;

/** What a tool said. */
export type Said = Pick<Extract<Performed, { kind: 'succeeded' }>, 'output' | 'diagnostics'>;

/** Makes an action's outputs and depfile from the cache; what its tool said then, or nothing where that cannot be. */
export async function restoreAction(
  context: BuildContext,
  action: Action,
): Promise<Said | undefined> {
  const { cache } = context;
  if (cache === undefined || action.work.kind !== 'command') return undefined;
  const command = commandDigest(context, action, action.work);
  const lists = await cache.result(command);
  for (const read of readLists(lists?.stdoutRaw)) {
    const result = await cache.result(actionDigest(context, action, { command, read }));
    if (result !== undefined && (await giveOut(context, action, result))) {
      return { output: result.stdoutRaw, diagnostics: result.stderrRaw };
    }
  }
  return undefined;
}

/** Remembers an action that was just recorded. */
export async function keepAction(
  context: BuildContext,
  action: Action,
  { output, diagnostics }: Said,
): Promise<void> {
  const { cache, log, graph } = context;
  if (cache === undefined || action.work.kind !== 'command') return;
  // What waited for the action starts first.
  await undefined;
  const record = log.action(actionKey(graph, action));
  if (record === undefined) return;
  // What the depfile says of the environment is not part of the digest.
  if (record.environment.length > 0) return;
  const read = record.discovered.map((id) => log.content(id).path);
  if (hangsOnMore(context, action, read)) return;
  const outputFiles: OutputFile[] = [];
  for (const path of keptPaths(context, action)) {
    const output = outputFile(context, path);
    if (output === undefined) return;
    const { stat, ...file } = output;
    if (!(await cache.takeIn(file.digest, hostPath(context.place, path), stat))) return;
    outputFiles.push(file);
  }
  const command = commandDigest(context, action, action.work);
  await cache.remember(actionDigest(context, action, { command, read }), {
    outputFiles,
    stdoutRaw: output,
    ...(diagnostics ? { stderrRaw: diagnostics } : {}),
  });
  const before = readLists((await cache.result(command))?.stdoutRaw);
  const others = before.filter((list) => list.join('\0') !== read.join('\0'));
  const lists = [read, ...others].slice(0, mostLists);
  await cache.remember(command, { outputFiles: [], stdoutRaw: JSON.stringify(lists) });
}

/** The outputs, and the depfile that names what they were made of. */
function keptPaths({ graph }: BuildContext, { outputs, depfile }: Action): readonly string[] {
  const made = outputs.map((id) => graph.files.get(id));
  return depfile === undefined || made.includes(depfile.path) ? made : [...made, depfile.path];
}

/** With what it was when it was digested. */
function outputFile(
  context: BuildContext,
  path: string,
): (OutputFile & { readonly stat: FileStat }) | undefined {
  const { host, place } = context;
  const whole = hostPath(place, path);
  const stat = host.files.lstat(whole);
  if (stat?.kind !== 'file') return undefined;
  const hash = hexHash(context, path);
  const isExecutable = (stat.mode & 0o111) !== 0;
  if (hash === undefined || (context.files.isKnown(path) && context.files.hasChanged(path)))
    return undefined;
  return { path, digest: { hash, sizeBytes: stat.size }, isExecutable, stat };
}

/** Outputs were read when the action was recorded; its depfile was not. */
function hexHash({ host, place, files, log }: BuildContext, path: string): string | undefined {
  if (files.isKnown(path)) return hexOf(log.content(files.content(path)).hash);
  const hash = hashFile(host.files, hostPath(place, path));
  return hash.ok ? hexOf(hash.value) : undefined;
}

/** Who else wrote into the cache may have named any files: no others than the action's are written. */
async function giveOut(
  context: BuildContext,
  action: Action,
  { outputFiles }: ActionResult,
): Promise<boolean> {
  const { cache, place } = context;
  const wanted = new Set(keptPaths(context, action));
  if (outputFiles.some(({ path }) => !wanted.delete(path)) || wanted.size > 0) return false;
  for (const file of outputFiles) {
    if (!(await cache?.giveOut(file, hostPath(place, file.path)))) return false;
  }
  return true;
}

/** The command, where it runs, and what it is told to read. Debug information names the build directory. */
function commandDigest(context: BuildContext, action: Action, work: Command): Digest {
  const { graph, host, place } = context;
  const { platform, machine } = host.system;
  const parts = [
    `${platform} ${machine}`,
    place.buildDirectory,
    hexOf(commandText(graph, action, host.system.environment).digest),
    ...variableParts(work),
    ...work.argv.slice(0, 1),
    ...audienceOf(action),
    ...declaredInputs(context, action).map((path) => contentLine(context, path)),
    ...behindLauncher(context, action, work),
  ];
  return digestOf(parts.join('\n'));
}

function actionDigest(
  context: BuildContext,
  action: Action,
  { command, read }: { readonly command: Digest; readonly read: readonly string[] },
): Digest {
  const contents = read.map((path) => contentLine(context, path));
  return digestOf([command.hash, ...contents, ...rivals(context, action, read)].join('\n'));
}

/** The compiler behind a launcher (`ccache cc …`), which is no input of the action. */
function behindLauncher(context: BuildContext, action: Action, work: Command): readonly string[] {
  const option = work.argv.findIndex((word, at) => at > 0 && word.startsWith('-'));
  return work.argv.slice(1, Math.max(1, Math.min(option, mostLaunchers))).flatMap((name) => {
    const path = programPath(context, action, { name, folder: work.cwd });
    return path === undefined ? [] : [contentLine(context, path)];
  });
}

/** By what a path holds: most headers are read by many actions. */
const contentLines = new WeakMap<BuildContext, RecentMap<ContentId, string>>();

function contentLine(context: BuildContext, path: string): string {
  const { files, log } = context;
  const lines = contentLines.get(context) ?? new RecentMap<ContentId, string>(recentFiles);
  contentLines.set(context, lines);
  const id = files.content(path);
  const before = lines.get(id);
  if (before !== undefined) return before;
  const { hash, executable } = log.content(id);
  const line = `${path}\0${hexOf(hash)}${executable ? ' x' : ''}`;
  lines.set(id, line);
  return line;
}

function digestOf(text: string): Digest {
  const hash = sha256Of(text);
  return { hash, sizeBytes: Buffer.byteLength(text) };
}

/** Lists of paths as JSON; what is damaged are none. */
function readLists(text: string | undefined): readonly (readonly string[])[] {
  const told = text === undefined ? undefined : parseJson(text);
  return Array.isArray(told) ? told.filter(isTexts) : [];
}
