import type { MachineChoice } from '../../../model/machine.ts';
import type { ProgramObject } from '../../objects/program.ts';
import { type ObjectValue, objectType } from '../../value.ts';

/** What `codegen.lex()` and `codegen.yacc()` give. */
export interface CodeGeneratorObject extends ObjectValue {
  /** The implementation: `flex`, `bison`, …. */
  readonly name: string;
  readonly program: ProgramObject;
  readonly machine: MachineChoice;
}
export const lexType = objectType<CodeGeneratorObject>('LexGenerator');
export const yaccType = objectType<CodeGeneratorObject>('YaccGenerator');
