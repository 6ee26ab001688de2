import { posix } from 'node:path';
import { exactInteger } from '../../base/exact-integer.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { FileFault, Files } from '../../host/host.ts';
import type { CrateTargetName } from '../../model/crate-target-name.ts';
import type { DistPlan } from '../../model/dist-plan.ts';
import type { InstallPlan } from '../../model/install-plan.ts';
import type { OptionDeprecation, OptionType, OptionValue } from '../../model/option.ts';
import type { StartedProgram } from '../../model/planned-target.ts';
import type { TestPlan } from '../../model/test-plan.ts';
import { checksum } from '../format/checksum.ts';
import {
  type CommandLineRecord,
  emptyRecord,
  formatCommandLine,
  parseCommandLine,
} from './cmd-line-file.ts';
import type { SetupInput } from './setup-inputs.ts';

/** What a setup leaves for the commands after it, beside the graph. */
export interface SetupState {
  readonly sourceRoot: string;
  readonly buildRoot: string;
  readonly project: { readonly name: string; readonly version: string };
  /** Which kaon wrote this; another one may read the build files differently. */
  readonly builder: string;
  /** The content of cmd_line.txt; other options ask for a new setup. */
  readonly commandLine: string;
  /** Files whose change asks for a new setup; absolute. */
  readonly inputs: readonly SetupInput[];
  readonly targets: readonly StoredTarget[];
  readonly tests: TestPlan;
  readonly install: InstallPlan;
  readonly dist: DistPlan;
  /** Options that commands after setup look at, and all that `configure` lists. */
  readonly options: readonly StoredOption[];
  /** Variables beside those that Cargo heeds which the setup hangs on, as they were: null where unset. */
  readonly variables?: Readonly<Record<string, string | null>>;
}

/** A target as `compile NAME` and lists name it. */
export interface StoredTarget {
  readonly name: string;
  /** As Meson's introspection says: `executable`, `static_library`, `custom`, `run`, `alias`, … */
  readonly type: string;
  readonly subdir: string;
  /** What to ask the executor for: files or the name of a goal. */
  readonly goals: readonly string[];
  /** Relative to the build directory; empty for run and alias targets. */
  readonly outputs: readonly string[];
  readonly program?: StartedProgram;
  readonly crateTarget?: CrateTargetName;
}

/** An option with the value that it has in this build directory. */
export interface StoredOption {
  /** `sub:build.name`. */
  readonly name: string;
  readonly value: OptionValue;
  /** Of an option that asks the top project's, as introspection has it. */
  readonly ownValue?: OptionValue;
  readonly section: string;
  readonly description: string;
  readonly choices: readonly string[];
  readonly type: OptionType;
  readonly deprecated?: StoredDeprecation;
}

/** An option's deprecation in a form that can be written. */
export type StoredDeprecation =
  | Exclude<OptionDeprecation, { readonly kind: 'replaced-values' }>
  | {
      readonly kind: 'replaced-values';
      readonly replacements: readonly (readonly [value: string, instead: string])[];
    };

/** Changes whenever what is written below changes its shape. */
const format = 7;

/** Where a build directory keeps what only the build tool reads; Meson's name. */
export const privateFolder = 'meson-private';

/** The mark of a configured build directory, as other tools look for it. */
export function isConfigured(files: Files, buildRoot: string): boolean {
  return (
    files.isFile(`${buildRoot}/${privateFolder}/coredata.dat`) || files.isFile(statePath(buildRoot))
  );
}

/** Where the graph of a build directory is stored. */
export function graphPath(buildRoot: string): string {
  return `${buildRoot}/${privateFolder}/kaon-graph.bin`;
}

/** Where the command lines are that the directory was set up with. */
export function commandLinePath(buildRoot: string): string {
  return `${buildRoot}/${privateFolder}/cmd_line.txt`;
}

/** Not in the private folder: whoever removes that to set up anew (QEMU's `configure`) has built all the same. */
export function logPath(buildRoot: string): string {
  return `${buildRoot}/.kaon_log`;
}

/** What kaon alone writes, under its lock. */
export function privateFiles(buildRoot: string): readonly string[] {
  return [statePath(buildRoot), graphPath(buildRoot), logPath(buildRoot)];
}

function statePath(buildRoot: string): string {
  return `${buildRoot}/${privateFolder}/kaon-setup.json`;
}

/** How Meson's own file of that name begins. */
const pickled = 0x80;
const ownMark = 'This directory was configured by kaon.\n';

/** Writes the state, and last the mark that it is whole. */
export function saveSetup(
  files: Files,
  state: SetupState,
  commandLine: CommandLineRecord,
): Result<void, FileFault> {
  const { buildRoot } = state;
  const folder = files.makeDirectory(`${buildRoot}/${privateFolder}`);
  if (!folder.ok) return folder;
  const line = saveCommandLine(files, buildRoot, commandLine);
  if (!line.ok) return line;
  const stored = files.replace(statePath(buildRoot), stateText(state));
  if (!stored.ok) return stored;
  const mark = `${buildRoot}/${privateFolder}/coredata.dat`;
  return files.replace(mark, ownMark);
}

/** JSON has no large integers: they are written as texts. */
function writableOption(option: StoredOption): unknown {
  if (option.type.kind !== 'integer') return option;
  const text = (value: unknown) => (typeof value === 'bigint' ? String(value) : value);
  const { value, type } = option;
  return {
    ...option,
    value: text(value),
    type: { ...type, min: text(type.min), max: text(type.max) },
  };
}

function readOption(option: StoredOption): StoredOption {
  const { type, value } = option;
  if (type.kind !== 'integer') return option;
  // A text is what `writableOption` wrote.
  const limits = Object.entries({ min: type.min, max: type.max }).flatMap(([name, limit]) =>
    limit === undefined ? [] : [[name, exactInteger(String(limit))] as const],
  );
  return {
    ...option,
    value: exactInteger(String(value)),
    type: { kind: 'integer', ...Object.fromEntries(limits) },
  };
}

/** What other versions of kaon may read of a state, on a line before it. */
interface StateHead {
  readonly format: number;
  readonly checksum: number;
  readonly sourceRoot: string;
}

function stateText(state: SetupState): string {
  const body = JSON.stringify({ ...state, options: state.options.map(writableOption) });
  const { sourceRoot } = state;
  const head: StateHead = { format, checksum: checksum(Buffer.from(body)), sourceRoot };
  return stateLines(head, body);
}

function stateLines(head: StateHead, body: string): string {
  return `${JSON.stringify(head)}\n${body}`;
}

/** The text of a state, a letter for each byte, with other words in it; undefined where it is none, or has no other words. */
export function movedState(
  text: string,
  moved: (body: string) => string | undefined,
): string | undefined {
  const end = text.indexOf('\n');
  if (!/^\{"format":\d+,"checksum":\d+,/.test(text) || end === -1) return undefined;
  const before = text.slice(end + 1);
  const head = JSON.parse(text.slice(0, end)) as StateHead; // as stateText wrote it
  if (head.checksum !== checksum(Buffer.from(before, 'latin1'))) return undefined;
  const body = moved(before);
  if (body === undefined) return undefined;
  return stateLines({ ...head, checksum: checksum(Buffer.from(body, 'latin1')) }, body);
}

/** Why a state cannot be used; setting up again mends it. */
export interface SetupFault {
  readonly kind: 'missing' | 'other-version' | 'damaged' | 'moved';
  /** Where it can be told all the same. */
  readonly sourceRoot?: string;
}

/** What the last setup of a build directory left; `buildRoot` is its real path. */
export function loadSetup(files: Files, buildRoot: string): Result<SetupState, SetupFault> {
  const fault = (kind: SetupFault['kind'], sourceRoot = sourceRootOf(files, buildRoot)) =>
    err(sourceRoot === undefined ? { kind } : { kind, sourceRoot });
  const text = files.readText(statePath(buildRoot));
  if (!text.ok) return fault(text.error.kind === 'missing' ? 'missing' : 'damaged');
  const end = text.value.indexOf('\n');
  const body = text.value.slice(end + 1);
  try {
    const head = JSON.parse(text.value.slice(0, end)) as Partial<StateHead>; // looked at below
    if (head.format !== format) {
      const { sourceRoot = '' } = head;
      return fault('other-version', files.isDirectory(sourceRoot) ? sourceRoot : undefined);
    }
    if (head.checksum !== checksum(Buffer.from(body))) return fault('damaged');
    const state = JSON.parse(body) as SetupState; // as saveSetup wrote it
    if (state.buildRoot !== buildRoot)
      return fault('moved', sourceRootNow(files, state, buildRoot));
    return ok({ ...state, options: state.options.map(readOption) });
  } catch {
    return fault('damaged');
  }
}

/**
 * Where the sources of a build directory are that was moved or copied: where they were, when it is still
 * among them, else as they lay to it.
 */
function sourceRootNow(files: Files, before: SetupState, buildRoot: string): string {
  const { sourceRoot } = before;
  if (`${buildRoot}/`.startsWith(`${sourceRoot}/`) && files.isDirectory(sourceRoot)) {
    return sourceRoot;
  }
  const beside = posix.resolve(buildRoot, posix.relative(before.buildRoot, sourceRoot));
  return ['meson.build', 'Cargo.toml'].some((name) => files.isFile(`${beside}/${name}`))
    ? beside
    : sourceRoot;
}

/** As introspection tells; of a directory that Meson itself set up nothing, as it is not ours. */
export function sourceRootOf(files: Files, buildRoot: string): string | undefined {
  const mark = files.readBytes(`${buildRoot}/${privateFolder}/coredata.dat`);
  if (mark.ok && mark.value[0] === pickled) return undefined;
  const text = files.readText(`${buildRoot}/meson-info/meson-info.json`);
  if (!text.ok) return undefined;
  try {
    const info = JSON.parse(text.value) as { directories?: { source?: unknown } };
    const source = info.directories?.source;
    return typeof source === 'string' ? source : undefined;
  } catch {
    return undefined;
  }
}

/** Writes the command lines that a build directory was set up with, in Meson's format. */
export function saveCommandLine(
  files: Files,
  buildRoot: string,
  record: CommandLineRecord,
): Result<void, FileFault> {
  return files.replace(commandLinePath(buildRoot), formatCommandLine(record));
}

/** Reads cmd_line.txt; one that is missing or cannot be read says nothing. */
export function loadCommandLine(files: Files, buildRoot: string): CommandLineRecord {
  const text = files.readText(commandLinePath(buildRoot));
  return text.ok ? parseCommandLine(text.value) : emptyRecord;
}
