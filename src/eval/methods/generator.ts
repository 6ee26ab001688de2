import type { Item, TargetId } from '../../model/target.ts';
import { listOf, oneOf, orNothing, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { atLeastOne, keyword, type MethodTable, methodOf } from '../declare.ts';
import type { FileObject } from '../objects/file.ts';
import {
  type GeneratedListObject,
  type GeneratorObject,
  generatedListType,
  generatorType,
} from '../objects/generator.ts';
import type { CustomTargetIndexObject, TargetObject } from '../objects/target.ts';
import { absolutePath, normalPath } from '../paths.ts';
import { customTarget, customTargetIndex, file, generatedList } from '../targets/argument-types.ts';
import { environment, environmentChanges } from '../targets/keywords/environment.ts';
import { isWithin } from '../targets/sandbox.ts';
import { itemsOf } from '../targets/sources.ts';

type Input = string | FileObject | TargetObject | CustomTargetIndexObject | GeneratedListObject;
type Made = TargetObject | CustomTargetIndexObject | GeneratedListObject;

const method = methodOf<GeneratorObject>();

export const generatorMethods: MethodTable = {
  type: generatorType,
  label: 'generator',
  doc: 'A command that makes files of each of many inputs.',
  methods: [
    method({
      name: 'process',
      doc: 'What the generator makes of some files.',
      rest: atLeastOne(
        'inputs',
        oneOf<Input>(str, file, customTarget, customTargetIndex, generatedList),
        'The files it is run for.',
      ),
      keywords: {
        preserve_path_from: keyword(
          orNothing(str),
          undefined,
          'Folders below this one are kept in the output.',
          { since: '0.45.0' },
        ),
        extra_args: keyword(listOf(str), [], 'Stands for @EXTRA_ARGS@.'),
        env: { ...environment, since: '1.3.0' },
        depends: keyword(
          listOf(oneOf<Made>(customTarget, customTargetIndex, generatedList)),
          [],
          'Targets that are made before.',
          { since: '1.12.0' },
        ),
      },
      returns: 'generated_list',
      run: (call, self, { rest: given, keywords }): GeneratedListObject => {
        const from = keptFolder(call, keywords.preserve_path_from);
        if (given.some((input) => typeof input !== 'string' && !('file' in input)))
          call.uses(
            'Calling generator.process with CustomTarget or Index of CustomTarget.',
            '0.57.0',
          );
        const inputs = itemsOf(call, given);
        if (from !== undefined) checkInside(call, from, inputs);
        const list = call.evaluation.tables.generatedLists.add({
          subdir: call.scope.subdir,
          program: self.program,
          arguments: self.arguments,
          outputs: self.outputs,
          inputs,
          extraArguments: keywords.extra_args,
          preservePathFrom: from,
          environment: environmentChanges(keywords.env),
          depfile: self.depfile,
          capture: self.capture,
          depends: [...self.depends, ...targetsOf(keywords.depends)],
        });
        return { type: generatedListType, list };
      },
    }),
  ],
};

function keptFolder(call: Call, given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  if (!given.startsWith('/'))
    call.fail('Preserve_path_from must be an absolute path for now. Sorry.');
  return normalPath(given);
}

function checkInside(call: Call, folder: string, inputs: readonly Item[]): void {
  for (const input of inputs) {
    if (input.kind === 'generated')
      call.fail(
        "generator.process: 'preserve_path_from' is not allowed if one input is a 'generated_list'.",
      );
    if (input.kind !== 'file') continue;
    if (!isWithin(folder, absolutePath(call.evaluation, input.file)))
      call.fail(
        'generator.process: When using preserve_path_from, all input files must be in a subdirectory of the given dir.',
      );
  }
}

function targetsOf(values: readonly Made[]): readonly TargetId[] {
  return values.flatMap((value) => ('target' in value ? [value.target] : []));
}
