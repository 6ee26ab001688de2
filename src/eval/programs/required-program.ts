import type { CommandWord } from '../../model/target.ts';
import type { Call } from '../call.ts';
import { type ProgramObject, programWord } from '../objects/program.ts';
import { findProgram } from './find-program.ts';

/** A program as the first word of a command; ends evaluation where it was not found. */
export function requiredWord(call: Call, program: ProgramObject): CommandWord {
  return programWord(program) ?? failWithout(call, program);
}

/** The command of a program of the host machine; ends evaluation where there is none, or it is still to be built. */
export function requiredCommand(call: Call, name: string): readonly string[] {
  const program = findProgram(call, { names: [name], machine: 'host', required: true });
  return program.found.kind === 'command' ? program.found.command : failWithout(call, program);
}

function failWithout(call: Call, { name }: ProgramObject): never {
  return call.fail(`Program '${name}' not found or not executable`);
}
