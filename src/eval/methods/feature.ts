import { type ArgumentType, bool, orNothing, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { keyword, type MethodTable, methodOf, positional } from '../declare.ts';
import { type FeatureObject, featureType } from '../objects/feature.ts';
import { force, Pending } from '../value.ts';

const method = methodOf<FeatureObject>();
/** Whether something holds, or a check that tells and need not be made where it decides nothing. */
const boolOrCheck: ArgumentType<boolean | Pending> = {
  names: bool.names,
  read: (value) =>
    value instanceof Pending && value.withdraw !== undefined ? value : bool.read(value),
};
const condition = positional('condition', boolOrCheck, 'Whether it counts.');
const errorMessage = keyword(orNothing(str), undefined, 'Said when it cannot be.');

/** Methods of feature options (Meson: "Reference manual", `feature`). */
export const featureMethods: MethodTable = {
  type: featureType,
  doc: 'The value of a feature option: enabled, disabled or auto.',
  label: 'feature_option',
  describe: ({ name, value }: FeatureObject) =>
    `Feature(name='${name}', value=<FeatureValue.${value.toUpperCase()}: '${value}'>)`,
  methods: [
    method({
      name: 'enabled',
      doc: 'Whether it is enabled.',
      returns: 'bool',
      run: (_call, self) => self.value === 'enabled',
    }),
    method({
      name: 'disabled',
      doc: 'Whether it is disabled.',
      returns: 'bool',
      run: (_call, self) => self.value === 'disabled',
    }),
    method({
      name: 'auto',
      doc: 'Whether it is auto.',
      returns: 'bool',
      run: (_call, self) => self.value === 'auto',
    }),
    method({
      name: 'allowed',
      otherLabels: { feature: 'feature_option.allowed()' },
      doc: 'Whether it is enabled or auto.',
      since: '0.59.0',
      returns: 'bool',
      run: (_call, self) => self.value !== 'disabled',
    }),
    method({
      name: 'require',
      otherLabels: { feature: 'feature_option.require()' },
      doc: 'Itself when the condition holds; else disabled, which is an error when it is enabled.',
      since: '0.59.0',
      positional: [condition],
      keywords: { error_message: errorMessage },
      returns: 'feature',
      run: (call, self, { positional: [holds], keywords }) =>
        holdsIf({ decides: self.value !== 'disabled', holds }) || self.value === 'disabled'
          ? self
          : forced(call, self, { value: 'disabled', message: keywords.error_message }),
    }),
    method({
      name: 'disable_if',
      otherLabels: { feature: 'feature_option.disable_if()' },
      doc: 'Disabled when the condition holds, which is an error when it is enabled.',
      since: '1.1.0',
      positional: [condition],
      keywords: { error_message: errorMessage },
      returns: 'feature',
      run: (call, self, { positional: [holds], keywords }) =>
        holdsIf({ decides: self.value !== 'disabled', holds })
          ? forced(call, self, { value: 'disabled', message: keywords.error_message })
          : self,
    }),
    method({
      name: 'enable_if',
      otherLabels: { feature: 'feature_option.enable_if()' },
      doc: 'Enabled when the condition holds, which is an error when it is disabled.',
      since: '1.1.0',
      positional: [condition],
      keywords: { error_message: errorMessage },
      returns: 'feature',
      run: (call, self, { positional: [holds], keywords }) =>
        holdsIf({ decides: self.value !== 'enabled', holds })
          ? forced(call, self, { value: 'enabled', message: keywords.error_message })
          : self,
    }),
    method({
      name: 'disable_auto_if',
      otherLabels: { feature: 'feature_option.disable_auto_if()' },
      doc: 'Disabled when it is auto and the condition holds.',
      since: '0.59.0',
      positional: [condition],
      returns: 'feature',
      run: (_call, self, { positional: [holds] }) =>
        holdsIf({ decides: self.value === 'auto', holds }) ? withValue(self, 'disabled') : self,
    }),
    method({
      name: 'enable_auto_if',
      otherLabels: { feature: 'feature_option.enable_auto_if()' },
      doc: 'Enabled when it is auto and the condition holds.',
      since: '1.1.0',
      positional: [condition],
      returns: 'feature',
      run: (_call, self, { positional: [holds] }) =>
        holdsIf({ decides: self.value === 'auto', holds }) ? withValue(self, 'enabled') : self,
    }),
  ],
};

/** Whether a condition holds and decides something; where it does not, a check need not be made. */
function holdsIf({
  decides,
  holds,
}: {
  readonly decides: boolean;
  readonly holds: boolean | Pending;
}): boolean {
  const isNeedless = !decides && holds instanceof Pending && holds.withdraw?.() === true;
  return !isNeedless && force(holds) === true && decides;
}

/** The feature with a value that the opposite one forbids. */
function forced(
  call: Call,
  self: FeatureObject,
  {
    value,
    message,
  }: { readonly value: 'enabled' | 'disabled'; readonly message: string | undefined },
): FeatureObject {
  const opposite = value === 'enabled' ? 'disabled' : 'enabled';
  if (self.value === opposite) {
    call.fail(`Feature ${self.name} cannot be ${value}${message ? `: ${message}` : ''}`);
  }
  return withValue(self, value);
}

function withValue(self: FeatureObject, value: FeatureObject['value']): FeatureObject {
  return { ...self, value };
}
