import { pythonRepr } from '../base/python-repr.ts';
import { err, ok, type Result } from '../base/result.ts';
import { compareVersions, versionMatches } from '../base/version.ts';
import { findInPath } from '../host/find-in-path.ts';
import { exitCode, pythonList, shellWords, startAsking } from './ask.ts';
import type { DependencyContext, DependencyRequest } from './context.ts';
import { type Attempt, absent, found } from './found.ts';

/** A program that tells how to build with a library: `sdl2-config`. */
export interface ConfigTool {
  readonly name: string;
  /** The name in messages and machine files; the first of `tools` when absent. */
  readonly toolName?: string;
  readonly tools: readonly string[];
  readonly versionArg?: string;
  /** Where in what it prints the version is; at its beginning when absent. */
  readonly versionIn?: RegExp;
  /** An argument that shows the tool works, where it has no `--version`. */
  readonly skipVersion?: string;
  readonly cflags: readonly string[];
  readonly libs: readonly string[];
  /** Its first word is the version, where what `--version` prints is not enough. */
  readonly exactVersion?: readonly string[];
  readonly language?: string;
}

/** A tool that answered. */
export interface RunningTool {
  readonly command: readonly string[];
  readonly version: string | undefined;
}

/** Looks for a dependency by its config tool. */
export function findWithConfigTool(
  context: DependencyContext,
  tool: ConfigTool,
  request: DependencyRequest,
): Attempt {
  const running = findTool(context, tool, request);
  if (running === undefined) return absent;
  // Without arguments a tool tells how it is called.
  const words = (args: readonly string[]): Result<readonly string[], string> =>
    args.length === 0 ? ok([]) : toolWords(context, running.command, args);
  const cflags = words(tool.cflags);
  const libs = words(tool.libs);
  for (const [told, stage] of [
    [cflags, 'compile_args'],
    [libs, 'link_args'],
  ] as const) {
    if (!told.ok && request.required)
      return {
        kind: 'failed',
        reason: `Could not generate ${stage} for ${tool.name}.\n${told.error}`,
      };
  }
  const exact =
    tool.exactVersion === undefined
      ? undefined
      : toolWords(context, running.command, tool.exactVersion);
  return found({
    name: tool.name,
    type: 'config-tool',
    machine: context.machine,
    version: exact?.ok === true ? exact.value[0] : running.version,
    compileArgs: cflags.ok ? cflags.value : [],
    linkArgs: libs.ok ? libs.value : [],
    language: tool.language,
    tool: running.command,
  });
}

/** The best of the tools that are there, by version; told to people. */
export function findTool(
  context: DependencyContext,
  tool: ConfigTool,
  request: DependencyRequest,
): RunningTool | undefined {
  const name = tool.toolName ?? tool.tools[0] ?? tool.name;
  let best: RunningTool | undefined;
  for (const command of toolCandidates(context, tool, name)) {
    const answer = toolVersion(context, tool, command);
    if (answer === undefined) continue;
    if (answer === '') {
      best = { command, version: undefined };
      break;
    }
    if (best === undefined || compareVersions(answer, best.version ?? '') > 0)
      best = { command, version: answer };
  }
  const wanted = request.version;
  const { version } = best ?? {};
  const fits =
    best !== undefined &&
    (version === undefined || wanted.every((requirement) => versionMatches(version, requirement)));
  context.log(`${name} found: ${fits ? yes(best) : no(version, wanted)}`);
  return fits ? best : undefined;
}

const yes = (tool: RunningTool | undefined): string =>
  `YES (${tool?.command.join(' ')}) ${tool?.version ?? ''}`.trimEnd();

function no(version: string | undefined, wanted: readonly string[]): string {
  if (wanted.length === 0) return 'NO';
  return version === undefined
    ? `NO need ${pythonList(wanted)}`
    : `NO found ${pythonRepr(version)} but need ${pythonList(wanted)}`;
}

function toolCandidates(
  { binary, cross, host }: DependencyContext,
  { tools }: ConfigTool,
  name: string,
): readonly (readonly string[])[] {
  const named = binary(name);
  if (named !== undefined) return [named];
  if (cross) return [];
  return tools.flatMap((program) => {
    const path = findInPath(host, program);
    return path === undefined ? [] : [[path]];
  });
}

/** A tool's version; empty when it works but does not say; undefined when it does not work. */
function toolVersion(
  context: DependencyContext,
  { versionArg = '--version', versionIn, skipVersion }: ConfigTool,
  command: readonly string[],
): string | undefined {
  const answer = startAsking(context, [...command, versionArg]).finish();
  const told = answer.stdout.trim();
  if (exitCode(answer) === 0 && versionIn !== undefined) return versionIn.exec(told)?.[0] ?? told;
  if (exitCode(answer) === 0) return plainVersion(told);
  if (skipVersion === undefined) return undefined;
  return exitCode(startAsking(context, [...command, skipVersion]).finish()) === 0
    ? plainVersion(told)
    : undefined;
}

function plainVersion(text: string): string {
  return (/^[0-9][0-9.]+/.exec(text)?.[0] ?? text).replace(/\.$/, '');
}

/** What a tool prints, as words. The error is what it complained of. */
export function toolWords(
  context: DependencyContext,
  command: readonly string[],
  args: readonly string[],
): Result<readonly string[], string> {
  const answer = startAsking(context, [...command, ...args]).finish();
  return exitCode(answer) === 0 ? ok(shellWords(answer.stdout)) : err(answer.stderr);
}

/** `get_variable(configtool: …)`. */
export function configToolVariable(
  context: DependencyContext,
  command: readonly string[],
  variable: string,
): string | undefined {
  const isQmake = /qmake[^/]*$/.test(command.at(-1) ?? '');
  const words = isQmake ? ['-query', variable] : [`--${variable}`];
  const answer = startAsking(context, [...command, ...words]).finish();
  return exitCode(answer) === 0 ? answer.stdout.trim() : undefined;
}
