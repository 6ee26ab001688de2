import { unreachable } from '../../base/assert.ts';
import { changedEnvironment, type EnvironmentChange } from '../../base/environment.ts';
import { quoteWord } from '../../base/shell-words.ts';
import { object, oneOf, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { type CompilerObject, compilerType } from '../objects/compiler.ts';
import { type FileObject, fileType } from '../objects/file.ts';
import { type ProgramObject, programType } from '../objects/program.ts';
import { type RunResultObject, runResultType } from '../objects/run-result.ts';
import { executableType, type TargetObject } from '../objects/target.ts';
import { overridesOf } from '../overrides.ts';
import { absolutePath, joinPath, normalPath } from '../paths.ts';
import { isA } from '../value.ts';
import { watchFile } from '../watch-file.ts';
import { programPath, searchProgram } from './search-program.ts';

/** A word of a command that runs while the build files are read. */
export type NowWord = TargetObject | ProgramObject | CompilerObject | FileObject | string;

/** Targets are taken to say that they cannot run yet. */
export const nowWord = oneOf<NowWord>(
  object(executableType),
  { ...object(programType), names: ['Program'] },
  object(compilerType),
  object(fileType),
  str,
);

/** The words of a command as a process gets them; those that name files where it runs are watched. */
export function commandLine(
  call: Call,
  [command, ...args]: readonly NowWord[],
  where: Pick<RunNow, 'inBuildFolder'> = {},
): readonly string[] {
  const first = command === undefined ? [] : commandWords(call, command);
  const argv = [...first, ...args.map((one) => argumentWord(call, one))];
  // Of the program its own file: not what runs a script.
  const folder = workingFolder(call, where);
  for (const one of [programPath(call.evaluation.host, first), ...argv.slice(first.length)])
    watchFile(call.evaluation, normalPath(joinPath(folder, one)));
  return argv;
}

function commandWords(call: Call, command: NowWord): readonly string[] {
  const { evaluation, scope } = call;
  if (isA(command, executableType)) return refuseTarget(call, command);
  if (isA(command, programType)) {
    switch (command.found.kind) {
      case 'no':
        return call.fail(`command '${command.name}' not found or not executable`);
      case 'command':
        return command.found.command;
      case 'target':
        return refuseTarget(call, command.found, command);
      default:
        return unreachable(command.found);
    }
  }
  if (isA(command, compilerType)) return compilerCommand(call, command);
  const path = isA(command, fileType) ? absolutePath(evaluation, command.file) : String(command);
  const here = normalPath(joinPath(evaluation.sourceRoot, scope.subdir));
  return (
    searchProgram(evaluation.host, path, [here]) ??
    call.fail(`Program or command '${path}' not found or not executable`)
  );
}

function argumentWord(call: Call, argument: NowWord): string {
  if (typeof argument === 'string') return argument;
  if (isA(argument, fileType)) return absolutePath(call.evaluation, argument.file);
  if (isA(argument, executableType)) return refuseTarget(call, argument);
  if (isA(argument, programType)) {
    if (argument.found.kind === 'no')
      return call.fail(`command '${argument.name}' not found or not executable`);
    return argument.found.kind === 'command'
      ? argument.found.path
      : refuseTarget(call, argument.found, argument);
  }
  call.uses('Compiler object as a variadic argument to `run_command`', '0.61.0');
  return isA(argument, compilerType)
    ? programPath(call.evaluation.host, compilerProgram(call, argument))
    : '';
}

/** A compiler as it compiles, ccache before it; its program by its path, as compilers tell how they were called. */
function compilerCommand(call: Call, compiler: CompilerObject): readonly string[] {
  const { wrapper, command } = compiler.toolchain;
  return [...compilerProgram(call, compiler), ...[...wrapper, ...command].slice(1)];
}

function compilerProgram(call: Call, { toolchain }: CompilerObject): readonly string[] {
  const [program = ''] = [...toolchain.wrapper, ...toolchain.command];
  return (
    searchProgram(call.evaluation.host, program, []) ??
    call.fail(`Program '${program}' not found or not executable`)
  );
}

/** What is built later cannot run now. */
function refuseTarget(
  call: Call,
  { target }: { readonly target: TargetObject['target'] },
  program?: ProgramObject,
): never {
  const { name } = call.evaluation.tables.targets.get(target);
  for (const machine of ['build', 'host'] as const)
    for (const [key, override] of overridesOf(call.evaluation, machine).programs)
      if (
        override === program ||
        (override.found.kind === 'target' && override.found.target === target)
      )
        call.fail(
          `Program '${key}' was overridden with the compiled executable '${name}' and therefore cannot be used during configuration`,
        );
  return call.fail(
    `Program '${name}' is a compiled executable and therefore cannot be used during configuration`,
  );
}

/** How a command is run while the build files are read. */
export interface RunNow {
  readonly check: boolean;
  readonly capture: boolean;
  readonly console?: boolean;
  readonly changes: readonly EnvironmentChange[];
  /** Runs in the build folder of this build file, not in its source folder. */
  readonly inBuildFolder?: boolean;
}

function workingFolder(
  { evaluation: { sourceRoot, buildRoot }, scope }: Call,
  { inBuildFolder }: Pick<RunNow, 'inBuildFolder'>,
): string {
  return normalPath(
    inBuildFolder === true
      ? joinPath(buildRoot, scope.buildSubdir)
      : joinPath(sourceRoot, scope.subdir),
  );
}

/**
 * Runs a program during setup, with the variables that Meson's manual promises for `run_command()`, and
 * waits for it.
 */
export function runNow(call: Call, argv: readonly string[], how: RunNow): RunResultObject {
  const { evaluation, scope } = call;
  const { host, sourceRoot, buildRoot } = evaluation;
  const workingDirectory = workingFolder(call, how);
  const shown = argv.map(quoteWord).join(' ');
  evaluation.detail(`Running command: ${shown}`);
  const { ended, stdout, stderr } = host.processes.run({
    argv,
    workingDirectory,
    environment: changedEnvironment(
      {
        ...host.system.environment,
        MESON_SOURCE_ROOT: sourceRoot,
        MESON_BUILD_ROOT: buildRoot,
        MESON_SUBDIR: scope.subdir,
        MESONINTROSPECT: [...evaluation.self, 'introspect'].map(quoteWord).join(' '),
      },
      how.changes,
    ),
  });
  if (ended.kind === 'not-started') call.fail(`Could not execute command \`${shown}\`.`);
  const code = ended.kind === 'exited' ? ended.code : -1;
  evaluation.detail(`--- stdout ---\n${stdout}\n--- stderr ---\n${stderr}\n`);
  if (how.console === true)
    for (const text of [stdout, stderr]) if (text !== '') evaluation.log(text.replace(/\n$/, ''));
  if (how.check && code !== 0)
    call.fail(`Command \`${shown}\` failed with status ${code}.`, {
      ...(stderr.trim() === '' ? {} : { hint: `It said: ${lastLines(stderr)}` }),
    });
  const clean = (text: string): string => (how.capture ? text.replaceAll('\r\n', '\n') : '');
  return { type: runResultType, code, stdout: clean(stdout), stderr: clean(stderr) };
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-5).join('\n        ');
}
