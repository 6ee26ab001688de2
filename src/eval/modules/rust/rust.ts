import type { Module } from '../../declare.ts';
import { rustBindgen } from './bindgen.ts';
import { rustCbindgen } from './cbindgen.ts';
import { rustCompilerTarget } from './compiler-target.ts';
import { rustProcMacro } from './proc-macro.ts';
import { rustSystemDependency } from './system-dependency.ts';
import { rustDoctest, rustTest } from './test.ts';
import { rustWorkspace } from './workspace.ts';

/** Meson's module `rust`: tests, bindings, procedural macros, and Cargo workspaces. */
export const rustModule: Module = {
  name: 'rust',
  doc: 'Tests, bindings, procedural macros and Cargo workspaces of Rust projects.',
  since: '0.57.0',
  stabilized: '1.0.0',
  functions: [
    rustTest,
    rustDoctest,
    rustBindgen,
    rustCbindgen,
    rustCompilerTarget,
    rustProcMacro,
    rustSystemDependency,
    rustWorkspace,
  ],
};
