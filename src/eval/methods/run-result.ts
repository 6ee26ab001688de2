import { type MethodTable, methodOf } from '../declare.ts';
import { type RunResultObject, runResultType } from '../objects/run-result.ts';

const method = methodOf<RunResultObject>();

export const runResultMethods: MethodTable = {
  type: runResultType,
  doc: 'How a command of `run_command()` ended.',
  methods: [
    method({
      name: 'returncode',
      doc: 'Its exit code.',
      returns: 'int',
      run: (_call, { code }) => code,
    }),
    method({
      name: 'stdout',
      doc: 'What it printed.',
      returns: 'str',
      run: (_call, { stdout }) => stdout,
    }),
    method({
      name: 'stderr',
      doc: 'What it complained of.',
      returns: 'str',
      run: (_call, { stderr }) => stderr,
    }),
  ],
};
