import type { Started } from '../../../toolchains/checks/memory.ts';
import type { RunOutcome } from '../../../toolchains/checks/sources.ts';
import { type MethodTable, methodOf } from '../../declare.ts';
import { type ObjectValue, objectType, Pending } from '../../value.ts';

/** What `compiler.run()` gives: how a program that was tried ended. */
export interface RunResultObject extends ObjectValue {
  readonly outcome: Started<RunOutcome>;
}
export const runResultType = objectType<RunResultObject>('RunResult');

const method = methodOf<RunResultObject>();

export const runResultMethods: MethodTable = {
  type: runResultType,
  doc: 'How a program that `compiler.run()` tried ended.',
  methods: [
    method({
      name: 'returncode',
      doc: 'What the program returned.',
      returns: 'int',
      run: (_call, { outcome }) => new Pending(() => outcome.finish().code),
    }),
    method({
      name: 'compiled',
      doc: 'Whether it compiled.',
      returns: 'bool',
      run: (_call, { outcome }) => new Pending(() => outcome.finish().compiled),
    }),
    method({
      name: 'stdout',
      doc: 'What it printed.',
      returns: 'str',
      run: (_call, { outcome }) => new Pending(() => outcome.finish().stdout),
    }),
    method({
      name: 'stderr',
      doc: 'What it printed as errors.',
      returns: 'str',
      run: (_call, { outcome }) => new Pending(() => outcome.finish().stderr),
    }),
  ],
};
