import type { MethodTable, Module } from '../declare.ts';
import { fsModule } from './fs.ts';
import { keyvalModule } from './keyval.ts';
import { sourceFilesMethods, sourceSetMethods, sourcesetModule } from './sourceset.ts';

/** Every module that `import()` knows. A new one is one file and one line. */
export const modules: readonly Module[] = [fsModule, keyvalModule, sourcesetModule];

/** Methods of the objects that modules give. */
export const moduleMethods: readonly MethodTable[] = [sourceSetMethods, sourceFilesMethods];
