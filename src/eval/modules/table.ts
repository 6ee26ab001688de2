import type { Module } from '../declare.ts';

/** Every module that `import()` knows. A new one is one file and one line. */
export const modules: readonly Module[] = [];
