import { oneOf, str } from '../../argument-type.ts';
import { builtin, positional, requiredKeyword } from '../../declare.ts';
import { type GeneratorObject, generatorType } from '../../objects/generator.ts';
import { type ProgramObject, programType } from '../../objects/program.ts';
import type { TargetObject } from '../../objects/target.ts';
import { executable, nonEmptyListOf } from '../../targets/argument-types.ts';
import { dependsOf, wordOf } from '../../targets/command/command-words.ts';
import { capture, depends, depfile, program } from '../../targets/keywords/command.ts';
import { isA } from '../../value.ts';

export const generator = builtin({
  name: 'generator',
  doc: 'A command that makes files of each of many inputs.',
  positional: [
    positional(
      'program',
      oneOf<TargetObject | ProgramObject>(executable, program),
      'The program that is run.',
    ),
  ],
  keywords: {
    arguments: requiredKeyword(nonEmptyListOf(str), 'Its arguments, with templates.'),
    output: requiredKeyword(nonEmptyListOf(str), 'Names of what it makes, with templates.'),
    depfile,
    depends,
    capture: { ...capture, since: '0.43.0' },
  },
  returns: 'generator',
  run: (call, { positional: [tool], keywords }): GeneratorObject => {
    for (const output of keywords.output) {
      if (!/@(BASENAME|PLAINNAME)@/.test(output))
        call.fail('Every element of "output" must contain @BASENAME@ or @PLAINNAME@.');
      if (output.includes('/')) call.fail('"output" must not contain a directory separator.');
    }
    if (keywords.output.length > 1 && keywords.output.some((name) => name.includes('@OUTPUT@')))
      call.fail('Tried to use @OUTPUT@ in a rule with more than one output.');
    if (isA(tool, programType) && tool.found.kind === 'no')
      call.fail('Tried to use not-found external program as generator');
    return {
      type: generatorType,
      program: wordOf(call, tool),
      arguments: keywords.arguments,
      outputs: keywords.output,
      depfile: keywords.depfile,
      capture: keywords.capture,
      depends: dependsOf(keywords.depends),
    };
  },
});
