import type { CommandWord, GeneratedListId, TargetId } from '../../model/target.ts';
import { type ObjectValue, objectType } from '../value.ts';

/** `generator()`: a command for each of many inputs. */
export interface GeneratorObject extends ObjectValue {
  readonly program: CommandWord;
  readonly arguments: readonly string[];
  readonly outputs: readonly string[];
  readonly depfile: string | undefined;
  readonly capture: boolean;
  readonly depends: readonly TargetId[];
}
export const generatorType = objectType<GeneratorObject>('Generator');

/** What `process()` gives. */
export interface GeneratedListObject extends ObjectValue {
  readonly list: GeneratedListId;
}
export const generatedListType = objectType<GeneratedListObject>('GeneratedList');
