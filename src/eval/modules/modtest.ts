import { builtin, type Module } from '../declare.ts';

/** Meson's module `modtest`: for trying out whether modules can be imported. */
export const modtestModule: Module = {
  name: 'modtest',
  doc: 'For trying out whether modules can be imported.',
  functions: [
    builtin({
      name: 'print_hello',
      doc: 'Prints a line.',
      returns: 'void',
      run: ({ evaluation }) => {
        evaluation.log('Hello from a Meson module');
        return undefined;
      },
    }),
  ],
};
