import { unreachable } from '../../base/assert.ts';
import type { Call } from '../call.ts';
import { type MethodTable, methodOf } from '../declare.ts';
import { EvaluationError } from '../evaluation-error.ts';
import { type ProgramObject, programType } from '../objects/program.ts';
import { absolutePath, joinPath } from '../paths.ts';

const method = methodOf<ProgramObject>();

export const programMethods: MethodTable = {
  type: programType,
  doc: 'A program, as `find_program()` gives it.',
  label: 'Program',
  describe: (self: ProgramObject) => {
    const command = self.found.kind === 'command' ? self.found.command : [];
    const list = command.map((word) => `'${word}'`).join(', ');
    return `<ExternalProgram '${self.name}' -> [${list}]>`;
  },
  methods: [
    method({
      name: 'found',
      doc: 'Whether there is one.',
      returns: 'bool',
      run: (_call, { found }) => found.kind !== 'no',
    }),
    method({
      name: 'path',
      doc: 'Its path.',
      deprecated: { since: '0.55.0', instead: 'use Program.full_path() instead' },
      returns: 'str',
      run: (call, self) => fullPath(call, self),
    }),
    method({
      name: 'full_path',
      doc: 'Its path.',
      since: '0.55.0',
      returns: 'str',
      run: (call, self) => fullPath(call, self),
    }),
    method({
      name: 'version',
      doc: 'The version it says it is.',
      since: '0.62.0',
      returns: 'str',
      run: (call, self) => {
        if (isExecutable(call, self)) call.uses('Program.version with an executable', '1.9.0');
        if (self.found.kind === 'no')
          return call.fail('Unable to get the version of a not-found external program');
        try {
          return self.version() ?? 'undefined';
        } catch (error) {
          if (error instanceof EvaluationError) return 'unknown';
          throw error;
        }
      },
    }),
    method({
      name: 'cmd_array',
      doc: 'Its command, word by word.',
      since: '1.10.0',
      returns: 'list[str]',
      run: (call, self) =>
        self.found.kind === 'command' ? self.found.command : [fullPath(call, self)],
    }),
  ],
};

function isExecutable({ evaluation }: Call, { found }: ProgramObject): boolean {
  return found.kind === 'target' && evaluation.tables.targets.get(found.target).kind === 'build';
}

function fullPath(call: Call, { found }: ProgramObject): string {
  switch (found.kind) {
    case 'no':
      return call.fail('Unable to get the path of a not-found external program');
    case 'command':
      return found.path;
    case 'target': {
      const { evaluation } = call;
      const target = evaluation.tables.targets.get(found.target);
      const name =
        target.kind === 'build'
          ? target.filename
          : target.kind === 'custom'
            ? (target.outputs[found.output] ?? target.name)
            : target.name;
      return absolutePath(evaluation, { tree: 'build', path: joinPath(target.buildSubdir, name) });
    }
    default:
      return unreachable(found);
  }
}
