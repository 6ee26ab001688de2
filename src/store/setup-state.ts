import { err, ok, type Result } from '../base/result.ts';
import type { FileFault, Files } from '../host/host.ts';
import type { DistPlan } from '../model/dist-plan.ts';
import type { InstallPlan } from '../model/install-plan.ts';
import type { TestPlan } from '../model/test-plan.ts';
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
}

export interface StoredOption {
  /** `sub:build.name`. */
  readonly name: string;
  readonly value: string | boolean | number | readonly string[];
  readonly section: string;
  readonly description: string;
  readonly choices: readonly string[];
}

/** Changes whenever what is written below changes its shape. */
const format = 2;

export const privateFolder = 'meson-private';

/** The mark of a configured build directory, as other tools look for it. */
export function isConfigured(files: Files, buildRoot: string): boolean {
  return files.isFile(`${buildRoot}/${privateFolder}/coredata.dat`);
}

export function graphPath(buildRoot: string): string {
  return `${buildRoot}/${privateFolder}/kaon-graph.bin`;
}

export function commandLinePath(buildRoot: string): string {
  return `${buildRoot}/${privateFolder}/cmd_line.txt`;
}

export function logPath(buildRoot: string): string {
  return `${buildRoot}/${privateFolder}/kaon-actions.log`;
}

/** What kaon alone writes, under its lock. */
export function privateFiles(buildRoot: string): readonly string[] {
  return [statePath(buildRoot), graphPath(buildRoot), logPath(buildRoot)];
}

function statePath(buildRoot: string): string {
  return `${buildRoot}/${privateFolder}/kaon-setup.json`;
}

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
  const stored = files.replace(statePath(buildRoot), JSON.stringify({ format, state }));
  if (!stored.ok) return stored;
  const mark = `${buildRoot}/${privateFolder}/coredata.dat`;
  return files.replace(mark, 'This directory was configured by kaon.\n');
}

/** Why a state cannot be used; setting up again mends it. */
export type SetupFault = { readonly kind: 'missing' | 'other-version' | 'damaged' };

export function loadSetup(files: Files, buildRoot: string): Result<SetupState, SetupFault> {
  const text = files.readText(statePath(buildRoot));
  if (!text.ok) return err({ kind: 'missing' });
  try {
    // What was written by saveSetup of the same format has this shape.
    const stored = JSON.parse(text.value) as { format?: number; state: SetupState };
    return stored.format === format ? ok(stored.state) : err({ kind: 'other-version' });
  } catch {
    return err({ kind: 'damaged' });
  }
}

export function saveCommandLine(
  files: Files,
  buildRoot: string,
  record: CommandLineRecord,
): Result<void, FileFault> {
  return files.replace(commandLinePath(buildRoot), formatCommandLine(record));
}

export function loadCommandLine(files: Files, buildRoot: string): CommandLineRecord {
  const text = files.readText(commandLinePath(buildRoot));
  return text.ok ? parseCommandLine(text.value) : emptyRecord;
}
