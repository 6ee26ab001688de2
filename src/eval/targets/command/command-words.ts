import type { CommandWord, TargetId } from '../../../model/target.ts';
import type { Call } from '../../call.ts';
import { type FileObject, fileType } from '../../objects/file.ts';
import { type ProgramObject, programType, programWord } from '../../objects/program.ts';
import {
  type CustomTargetIndexObject,
  customTargetIndexType,
  type TargetObject,
} from '../../objects/target.ts';
import { findProgram } from '../../programs/find-program.ts';
import { isA } from '../../value.ts';
import type { CommandValue } from '../keywords/command.ts';

/** A command as the model has it. The first word is looked for as a program when it is text. */
export function commandOf(call: Call, values: readonly CommandValue[]): readonly CommandWord[] {
  return values.map((value, at) => {
    if (at > 0 || typeof value !== 'string') return wordOf(call, value);
    const wanted = { names: [value], machine: 'host', required: true, silent: true } as const;
    const program = findProgram(call, wanted);
    return wordOf(call, program);
  });
}

/** One word of a command. */
export function wordOf(call: Call, value: CommandValue): CommandWord {
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (isA(value, fileType)) return { kind: 'file', file: value.file };
  if (isA(value, programType)) {
    return programWord(value) ?? call.fail('Tried to use not-found external program in "command"');
  }
  if (isA(value, customTargetIndexType)) {
    call.uses('CustomTargetIndex for command argument', '0.60');
    return { kind: 'target', target: value.target, output: value.output, indexed: true };
  }
  return targetWord(value);
}

/** The first output of a target, and what starts it. */
function targetWord({ target, runner }: TargetObject): CommandWord {
  return { kind: 'target', target, output: 0, ...(runner === undefined ? {} : { runner }) };
}

/** The targets that are to be made before: programs that are targets among them. */
export function dependsOf(
  values: readonly (TargetObject | CustomTargetIndexObject | ProgramObject)[],
): readonly TargetId[] {
  return values.flatMap((value) => {
    if (!isA(value, programType)) return [value.target];
    return value.found.kind === 'target' ? [value.found.target] : [];
  });
}

/** Programs of the machine that a command depends on as files. */
export function programFiles(
  values: readonly (TargetObject | CustomTargetIndexObject | ProgramObject | FileObject)[],
) {
  return values.flatMap((value) =>
    isA(value, programType) && value.found.kind === 'command' && value.found.path.startsWith('/')
      ? [{ tree: 'source' as const, path: value.found.path }]
      : [],
  );
}
