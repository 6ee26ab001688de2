import { str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { atLeastOne, keyword, type MethodTable, methodOf, positional } from '../declare.ts';
import { type EnvironmentObject, environmentType } from '../objects/environment.ts';

const method = methodOf<EnvironmentObject>();
const name = positional('name', str, 'Name of the variable.');
const values = atLeastOne('values', str, 'What it is set to, or gets.');
const separator = keyword(str, ':', 'What stands between several values.');

/** Methods of `environment()` (Meson: "Reference manual", `env`). */
export const environmentMethods: MethodTable = {
  type: environmentType,
  doc: 'Changes to the environment of a process, in order.',
  describe: ({ changes }: EnvironmentObject) =>
    `<EnvironmentVariables: [${changes.map(({ name }) => `'${name}'`).join(', ')}]>`,
  label: 'environment',
  methods: [
    method({
      name: 'set',
      doc: 'Sets a variable.',
      positional: [name],
      rest: values,
      keywords: { separator },
      returns: 'void',
      run: (call, self, { positional: [variable], rest: given, keywords }) => {
        if (isUnset(self, variable))
          call.fail(`You cannot set the already unset variable '${variable}'`);
        self.add({ kind: 'set', name: variable, value: given.join(keywords.separator) });
        return undefined;
      },
    }),
    method({
      name: 'unset',
      doc: 'Takes a variable away.',
      since: '1.4.0',
      positional: [name],
      returns: 'void',
      run: (call, self, { positional: [variable] }) => {
        if (self.changes.some(({ kind, name: one }) => kind !== 'unset' && one === variable)) {
          call.fail(`You cannot unset the '${variable}' variable because it is already set`);
        }
        self.add({ kind: 'unset', name: variable });
        return undefined;
      },
    }),
    ...(['append', 'prepend'] as const).map((kind) =>
      method({
        name: kind,
        doc:
          kind === 'append'
            ? 'Puts values behind those of a variable.'
            : 'Puts values before those of a variable.',
        positional: [name],
        rest: values,
        keywords: { separator },
        returns: 'void',
        run: (call, self, { positional: [variable], rest: given, keywords }) => {
          if (isUnset(self, variable)) {
            const word = kind === 'append' ? 'append to' : 'prepend to';
            call.fail(`You cannot ${word} unset variable '${variable}'`);
          }
          tellOfOverriding(call, self, variable);
          self.add({
            kind,
            name: variable,
            value: given.join(keywords.separator),
            separator: keywords.separator,
          });
          return undefined;
        },
      }),
    ),
  ],
};

function isUnset(self: EnvironmentObject, variable: string): boolean {
  return self.changes.some(({ kind, name: one }) => kind === 'unset' && one === variable);
}

function tellOfOverriding(call: Call, self: EnvironmentObject, variable: string): void {
  if (!self.changes.some((change) => change.name === variable)) return;
  call.uses(
    `Overriding previous value of environment variable '${variable}' with a new one`,
    '0.58.0',
  );
}
