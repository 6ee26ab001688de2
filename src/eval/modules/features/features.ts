import { bool, int, listOf, object, orNothing, str } from '../../argument-type.ts';
import { atLeastOne, builtin, keyword, type Module, positional } from '../../declare.ts';
import { compilerType } from '../../objects/compiler.ts';
import { cpuFeature, factKeywords, readWords } from './methods.ts';
import {
  byInterest,
  type CpuFeatureObject,
  closureOf,
  cpuFeatureType,
  impliedBy,
} from './object.ts';
import { multiTargets } from './targets.ts';
import { featureCompiler, resultValue, testFeatures } from './test.ts';

const some = atLeastOne('features', cpuFeature, 'The features.');

const newFeature = builtin({
  name: 'new',
  label: 'features.new',
  doc: 'Something that processors of a kind can do.',
  positional: [
    positional('name', str, 'Its name.'),
    positional('interest', int, 'How much is gained by it: features are sorted by this.'),
  ],
  keywords: factKeywords,
  returns: 'feature_object',
  run: (call, { positional: [name, interest], keywords: given }): CpuFeatureObject => {
    const group = given.group ?? [];
    const words = readWords(call, 'detect', given.detect) ?? [];
    const usual = (group.length > 0 ? group : [name]).map((value) => ({ value, joiner: '' }));
    return {
      type: cpuFeatureType,
      facts: {
        name,
        interest,
        group,
        implies: given.implies ?? [],
        detect: words.length > 0 ? words : usual,
        args: readWords(call, 'args', given.args) ?? [],
        testCode: given.test_code ?? '',
        extraTests: given.extra_tests ?? new Map(),
        disable: given.disable ?? '',
      },
    };
  },
});

const test = builtin({
  name: 'test',
  label: 'features.test',
  doc: 'Whether the compiler knows features, and what it needs for them.',
  rest: some,
  keywords: {
    compiler: keyword(orNothing(object(compilerType)), undefined, 'The compiler that is asked.'),
    anyfet: keyword(bool, false, 'Some of them will do.'),
    cached: keyword(bool, true, 'An answer given before will do.'),
    force_args: keyword(
      orNothing(listOf(str)),
      undefined,
      'Arguments instead of those that the features have.',
    ),
  },
  returns: 'list[bool | dict]',
  run: (call, { rest: features, keywords: given }) => {
    const { result, cached } = testFeatures(call, [...new Set(features)], {
      compiler: featureCompiler(call, given.compiler),
      forcedArgs: given.force_args?.filter((arg) => arg !== ''),
      any: given.anyfet,
      cached: given.cached,
    });
    const names = (all: readonly CpuFeatureObject[]): string =>
      all.map(({ facts }) => facts.name).join(' ');
    const missing = byInterest(features).filter(
      ({ facts }) => !result.features.includes(facts.name),
    );
    const line = result.supported
      ? missing.length > 0
        ? `Partial support, missing(${names(missing)})`
        : 'Supported'
      : `${result.disabled ? 'disabled' : 'Unsupported'} due to ${result.reason}`;
    const note = result.supported && cached ? ' (cached)' : '';
    call.evaluation.log(`Test features "${names(features)}" : ${line}${note}`);
    return [result.supported, resultValue(result)];
  },
});

const sort = builtin({
  name: 'sort',
  label: 'features.sort',
  doc: 'Features, the least interesting first.',
  rest: some,
  keywords: { reverse: keyword(bool, false, 'The most interesting first.') },
  returns: 'list[feature_object]',
  run: (_call, { rest: features, keywords: { reverse } }) =>
    reverse
      ? [...features].sort((a, b) => b.facts.interest - a.facts.interest)
      : byInterest(features),
});

const implicit = builtin({
  name: 'implicit',
  label: 'features.implicit',
  doc: 'All that features imply.',
  rest: some,
  returns: 'list[feature_object]',
  run: (_call, { rest: features }) => byInterest(impliedBy(features)),
});

const implicitC = builtin({
  name: 'implicit_c',
  label: 'features.implicit',
  doc: 'Features and all that they imply.',
  rest: some,
  returns: 'list[feature_object]',
  run: (_call, { rest: features }) => byInterest(closureOf(features)),
});

/** The module `features` of the Meson that NumPy builds with. */
export const featuresModule: Module = {
  name: 'features',
  doc: 'Features of processors: which a compiler knows, and code compiled for several sets of them.',
  since: '0.1.0',
  functions: [newFeature, test, implicit, implicitC, sort, multiTargets],
};
