import type { CustomTarget } from '../../model/target.ts';
import type { Call } from '../call.ts';
import { type MethodTable, methodOf } from '../declare.ts';
import type { Evaluation } from '../evaluation.ts';
import {
  type CustomTargetIndexObject,
  customTargetIndexType,
  customTargetType,
  type TargetObject,
} from '../objects/target.ts';
import { joinPath, normalPath } from '../paths.ts';
import { force } from '../value.ts';

const method = methodOf<TargetObject>();
const indexMethod = methodOf<CustomTargetIndexObject>();

function rowOf({ evaluation }: Call, target: TargetObject['target']): CustomTarget {
  // Only custom targets have objects of these types.
  return evaluation.tables.targets.get(target) as CustomTarget;
}

function outputPath(call: Call, target: TargetObject['target'], output: number): string {
  const row = rowOf(call, target);
  const name = row.outputs[output] ?? '';
  return normalPath(joinPath(call.evaluation.buildRoot, row.buildSubdir, name));
}

function indexOf(target: TargetObject, output: number): CustomTargetIndexObject {
  return { type: customTargetIndexType, target: target.target, output };
}

export const customTargetMethods: MethodTable = {
  type: customTargetType,
  doc: 'Files that a command makes.',
  describe: ({ target }: TargetObject, { tables }: Evaluation) =>
    `<CustomTargetHolder ${tables.targets.get(target).introspectionId}: >`,
  methods: [
    method({
      name: 'full_path',
      doc: 'Where its first output is, absolute.',
      returns: 'str',
      run: (call, self) => outputPath(call, self.target, 0),
    }),
    method({
      name: 'to_list',
      doc: 'Each of its outputs.',
      since: '0.54.0',
      label: 'custom_target.to_list',
      returns: 'list[custom_idx]',
      run: (call, self) => rowOf(call, self.target).outputs.map((_, at) => indexOf(self, at)),
    }),
  ],
  index: (call, self: TargetObject, given) => {
    const row = rowOf(call, self.target);
    const index = force(given);
    const count = row.outputs.length;
    if (typeof index !== 'number') return call.fail('Custom target index must be an integer.');
    const at = index < 0 ? index + count : index;
    if (at < 0 || at >= count)
      call.fail(
        `Index ${index} out of bounds of custom target ${row.name} output of size ${count}.`,
      );
    return indexOf(self, at);
  },
};

export const customTargetIndexMethods: MethodTable = {
  type: customTargetIndexType,
  doc: 'One output of a custom target.',
  methods: [
    indexMethod({
      name: 'full_path',
      doc: 'Where it is, absolute.',
      since: '0.54.0',
      label: 'custom_target[i].full_path',
      returns: 'str',
      run: (call, { target, output }) => outputPath(call, target, output),
    }),
  ],
};
