import { listOf, object, oneOf } from '../../argument-type.ts';
import { keyword, requiredKeyword } from '../../declare.ts';
import {
  buildTargetType,
  type CustomTargetIndexObject,
  customTargetType,
  type TargetObject,
} from '../../objects/target.ts';
import { typescriptDependenciesType } from '../../objects/typescript.ts';
import { customTargetIndex } from '../../targets/argument-types.ts';

export const packages = requiredKeyword(
  object(typescriptDependenciesType),
  'The packages to work with, from `dependencies()`.',
);

export const depends = keyword(
  listOf(
    oneOf<TargetObject | CustomTargetIndexObject>(
      object(customTargetType),
      customTargetIndex,
      object(buildTargetType),
    ),
  ),
  [],
  'Targets to build first. What custom targets make is imported from the folder `generated` of the package.',
);
