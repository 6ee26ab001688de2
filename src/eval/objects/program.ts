import { unreachable } from '../../base/assert.ts';
import type { CommandWord, TargetId } from '../../model/target.ts';
import { type ObjectValue, objectType } from '../value.ts';

/** What `find_program()` gives: a program of the machine, a script, or a target that overrides it. */
export interface ProgramObject extends ObjectValue {
  /** The name it was asked for. */
  readonly name: string;
  readonly found:
    | { readonly kind: 'no' }
    | { readonly kind: 'command'; readonly command: readonly string[]; readonly path: string }
    | { readonly kind: 'target'; readonly target: TargetId; readonly output: number };
  /** Asked of the program when first needed; undefined when it tells none. */
  readonly version: () => string | undefined;
}
export const programType = objectType<ProgramObject>('ExternalProgram');

/** The program as the first word of a command, or undefined when it was not found. */
export function programWord(program: ProgramObject): CommandWord | undefined {
  switch (program.found.kind) {
    case 'no':
      return undefined;
    case 'command':
      return { kind: 'program', command: program.found.command };
    case 'target':
      return { kind: 'target', target: program.found.target, output: program.found.output };
    default:
      return unreachable(program.found);
  }
}
