import type { MethodTable } from '../declare.ts';
import type { Evaluation } from '../evaluation.ts';
import {
  executableType,
  jarType,
  sharedLibraryType,
  sharedModuleType,
  staticLibraryType,
  type TargetObject,
} from '../objects/target.ts';
import type { ObjectType } from '../value.ts';

/**
 * How messages show programs and libraries: `<ExecutableHolder prog@exe: prog>`. They have the methods of
 * build targets.
 */
export const namedTargets: readonly MethodTable[] = [
  executableType,
  staticLibraryType,
  sharedLibraryType,
  sharedModuleType,
  jarType,
].map(shownAs);

function shownAs(type: ObjectType<TargetObject>): MethodTable {
  return {
    type,
    doc: 'A program or library of this build.',
    methods: [],
    describe: ({ target }: TargetObject, { tables }: Evaluation) => {
      const row = tables.targets.get(target);
      const filename = row.kind === 'build' ? row.filename : '';
      return `<${type.name}Holder ${row.introspectionId}: ${filename}>`;
    },
  };
}
