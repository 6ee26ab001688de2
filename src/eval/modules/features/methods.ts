import {
  type ArgumentType,
  anything,
  dictOf,
  int,
  listOf,
  mismatch,
  object,
  oneOf,
  orNothing,
  str,
} from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { keyword, type MethodTable, methodOf, positional } from '../../declare.ts';
import { fileObject } from '../../objects/file.ts';
import { file } from '../../targets/argument-types.ts';
import { force, isDictionary, isList, type Value } from '../../value.ts';
import {
  byInterest,
  type CpuFeatureObject,
  cpuFeatureType,
  type FeatureFacts,
  type FeatureWord,
} from './object.ts';

export const cpuFeature = object(cpuFeatureType);

/** A word, a dictionary of what it does to others, or a list of such. */
const wordsType: ArgumentType<Value> = {
  ...anything,
  names: ['str', 'dict[str]', 'array[dict | str]'],
  read: (value) => {
    const known = force(value);
    const fits = (one: Value): boolean =>
      typeof force(one) === 'string' || isDictionary(force(one));
    if (known === undefined) return known;
    return fits(known) || (isList(known) && known.every(fits)) ? known : mismatch;
  },
};

const code = oneOf<FeatureFacts['testCode']>(str, file);
const features = listOf(cpuFeature);

/** What a feature has beside its name and how interesting it is. */
export const factKeywords = {
  implies: keyword(orNothing(features), undefined, 'Features that come with it.'),
  group: keyword(orNothing(listOf(str)), undefined, 'Further names that the code sees defined.'),
  detect: keyword(orNothing(wordsType), undefined, 'Words by which code asks the processor.'),
  args: keyword(orNothing(wordsType), undefined, 'Arguments of the compiler.'),
  test_code: keyword(orNothing(code), undefined, 'Code that must compile.'),
  extra_tests: keyword(
    orNothing(dictOf(code)),
    undefined,
    'Names that are defined where code compiles.',
  ),
  disable: keyword(orNothing(str), undefined, 'Why it is not to be used.'),
};

/** The words of a keyword, or undefined where it was not given. */
export function readWords(
  call: Call,
  name: string,
  given: Value,
): readonly FeatureWord[] | undefined {
  const known = force(given);
  if (known === undefined) return undefined;
  const values = isList(known) ? known.map(force) : [known];
  return values.flatMap((value) => {
    if (typeof value === 'string') return value === '' ? [] : [{ value, joiner: '' }];
    if (!isDictionary(value)) return [];
    const text = (key: string): string | undefined => {
      const one = force(value.get(key));
      return typeof one === 'string' ? one : undefined;
    };
    const unknown = [...value.keys()].filter(
      (key) => !['val', 'match', 'mfilter', 'mjoin'].includes(key),
    );
    if (unknown.length > 0) {
      const list = unknown.map((key) => `'${key}'`).join(', ');
      call.fail(`features.${call.name}: unknown keys [${list}] in option ${name}`);
    }
    const word = text('val');
    if (word === undefined)
      return call.fail(
        `features.${call.name}: option "${name}" requires a dictionary with key "val" to be set`,
      );
    const replaces = pattern(call, name, ['match', text('match')]);
    const keeps = pattern(call, name, ['mfilter', text('mfilter')]);
    return [
      {
        value: word,
        joiner: text('mjoin') ?? '',
        ...(replaces && { replaces: new RegExp(`^(?:${replaces})`, 'u') }),
        ...(keeps && { keeps: new RegExp(keeps, 'gu') }),
      },
    ];
  });
}

/** A pattern as Python writes them: names of groups differ. */
function pattern(
  call: Call,
  name: string,
  [key, text]: readonly [string, string | undefined],
): string | undefined {
  if (!text) return undefined;
  const ours = text.replaceAll('(?P<', '(?<');
  try {
    new RegExp(ours, 'u');
    return ours;
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    return call.fail(
      `features.${call.name}: unable to compile the regex in option "${name}"\n"${key}:${text}" -> ${why}`,
    );
  }
}

const method = methodOf<CpuFeatureObject>();

export const cpuFeatureMethods: MethodTable = {
  type: cpuFeatureType,
  doc: 'Something that processors of a kind can do: `features.new()`.',
  label: 'features.FeatureObject',
  methods: [
    method({
      name: 'update',
      doc: 'Changes it.',
      keywords: {
        name: keyword(orNothing(str), undefined, 'Its name.'),
        interest: keyword(orNothing(int), undefined, 'How much is gained by it.'),
        ...factKeywords,
      },
      returns: 'feature_object',
      run: (call, self, { keywords: given }) => {
        const { facts } = self;
        facts.name = given.name ?? facts.name;
        facts.interest = given.interest ?? facts.interest;
        facts.implies = given.implies ?? facts.implies;
        facts.group = given.group ?? facts.group;
        facts.detect = readWords(call, 'detect', given.detect) ?? facts.detect;
        facts.args = readWords(call, 'args', given.args) ?? facts.args;
        facts.testCode = given.test_code ?? facts.testCode;
        facts.extraTests = given.extra_tests ?? facts.extraTests;
        facts.disable = given.disable ?? facts.disable;
        return self;
      },
    }),
    method({
      name: 'get',
      doc: 'One of its facts.',
      positional: [positional('name', str, 'As the keyword is named.')],
      returns: 'any',
      run: (call, { facts }, { positional: [name] }): Value => {
        const codeValue = (one: FeatureFacts['testCode']): Value =>
          typeof one === 'string' ? one : fileObject(one.file);
        const values: Readonly<Record<string, Value>> = {
          name: facts.name,
          interest: facts.interest,
          group: facts.group,
          implies: byInterest(facts.implies).map((one) => one.facts.name),
          detect: facts.detect.map(wordValue),
          args: facts.args.map(wordValue),
          test_code: codeValue(facts.testCode),
          extra_tests: new Map(
            [...facts.extraTests].map(([key, one]) => [key, codeValue(one)] as const),
          ),
          disable: facts.disable,
        };
        if (!Object.hasOwn(values, name)) call.fail(`Key '${name}' is not in the feature.`);
        return values[name];
      },
    }),
  ],
};

function wordValue({ value, joiner, replaces, keeps }: FeatureWord): Value {
  return new Map([
    ['val', value],
    ['mjoin', joiner],
    ['match', replaces?.source ?? ''],
    ['mfilter', keeps?.source ?? ''],
  ]);
}
