import type { Dependency } from '../../../model/dependency.ts';
import type { CommandWord } from '../../../model/target.ts';
import type { Call } from '../../call.ts';
import type { ProgramObject } from '../../objects/program.ts';
import { perEvaluation } from '../../per-evaluation.ts';
import { requiredWord } from '../../programs/required-program.ts';
import { packageRow } from '../package-row.ts';
import { gnomeTool } from './tool.ts';

/** The tools of GObject introspection and the package they come from. */
export interface Scanner {
  readonly package: Dependency;
  readonly scan: CommandWord;
  readonly compile: CommandWord;
  /** Whether the scanner knows an option. */
  readonly knows: (option: string) => boolean;
}

const found = perEvaluation((): { scanner?: Scanner } => ({}));

/** g-ir-scanner and what goes with it, looked for once. */
export function scannerOf(call: Call): Scanner {
  const state = found(call.evaluation);
  state.scanner ??= findScanner(call);
  return state.scanner;
}

function findScanner(call: Call): Scanner {
  const row = packageRow(call, {
    name: 'gobject-introspection-1.0',
    machine: 'host',
    required: true,
  });
  const scanner = gnomeTool(call, 'g-ir-scanner');
  const compiler = gnomeTool(call, 'g-ir-compiler');
  const word = (program: ProgramObject): CommandWord => requiredWord(call, program);
  let help: string | undefined;
  return {
    package: row,
    scan: word(scanner),
    compile: word(compiler),
    knows: (option) => {
      // One that is built here is new.
      if (scanner.found.kind !== 'command') return true;
      help ??= helpOf(call, scanner.found.command);
      return help.includes(option);
    },
  };
}

function helpOf({ evaluation }: Call, command: readonly string[]): string {
  const { processes, system } = evaluation.host;
  const { stdout } = processes.run({
    argv: [...command, '--help'],
    workingDirectory: system.workingDirectory,
    environment: system.environment,
  });
  return stdout;
}
