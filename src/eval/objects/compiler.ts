import type { Toolchain } from '../../model/toolchain.ts';
import { type ObjectValue, objectType } from '../value.ts';

/** What `meson.get_compiler()` gives. */
export interface CompilerObject extends ObjectValue {
  readonly toolchain: Toolchain;
}
export const compilerType = objectType<CompilerObject>('Compiler');
