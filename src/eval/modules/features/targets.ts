import {
  type ArgumentType,
  bool,
  exactListOf,
  mismatch,
  object,
  orNothing,
  str,
} from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import {
  atLeastOne,
  builtin,
  type KeywordValues,
  keyword,
  type MethodTable,
  methodOf,
  positional,
} from '../../declare.ts';
import { buildTargetObject } from '../../functions/targets/build-targets.ts';
import { compilerType } from '../../objects/compiler.ts';
import type { TargetObject } from '../../objects/target.ts';
import { type TargetSource, targetSource } from '../../targets/argument-types.ts';
import { staticKeywords } from '../../targets/keywords/build-target.ts';
import { force, isList } from '../../value.ts';
import { keywordDefaults } from '../keyword-defaults.ts';
import { writeFeatureHeader } from './header.ts';
import { cpuFeature } from './methods.ts';
import {
  byInterest,
  type CpuFeatureObject,
  closureOf,
  type FeatureTargetsObject,
  featureTargetsType,
  rankOf,
} from './object.ts';
import { type FeatureResult, featureCompiler, testFeatures } from './test.ts';

/** A feature, or several that are needed together. */
const featureSet: ArgumentType<readonly CpuFeatureObject[]> = {
  names: ['FeatureObject', 'list'],
  read: (value) => {
    const known = force(value);
    const read = (isList(known) ? known : [known]).map((one) => cpuFeature.read(one));
    const fits = read.filter((one): one is CpuFeatureObject => one !== mismatch);
    return fits.length === read.length ? fits : mismatch;
  },
};

/** A list whose lists stay whole. */
const featureSets: ArgumentType<readonly (readonly CpuFeatureObject[])[]> = {
  names: ['array[FeatureObject | list]'],
  read: (value) => {
    const known = force(value);
    if (!isList(known)) return mismatch;
    const read = known.map((one) => featureSet.read(one));
    const fits = read.filter((one): one is readonly CpuFeatureObject[] => one !== mismatch);
    return fits.length === read.length ? fits : mismatch;
  },
};

const { sources: _sources, ...libraryKeywords } = staticKeywords;

const keywords = {
  dispatch: keyword(featureSets, [], 'Features, or lists of them: a library for each.'),
  baseline: keyword(
    orNothing(exactListOf(cpuFeature)),
    undefined,
    'Features that are always there: one more library.',
  ),
  prefix: keyword(str, '', 'What macros begin with.'),
  compiler: keyword(orNothing(object(compilerType)), undefined, 'The compiler that is asked.'),
  cached: keyword(bool, true, 'Answers given before will do.'),
  keep_sort: keyword(bool, false, 'The order of the features is meant.'),
  ...libraryKeywords,
};

type Values = KeywordValues<typeof keywords>;

interface Enabled {
  readonly features: readonly CpuFeatureObject[];
  readonly result: FeatureResult;
}

export const multiTargets = builtin({
  name: 'multi_targets',
  label: 'features.multi_targets',
  doc: 'The same sources compiled for several sets of features, and a header to choose by.',
  positional: [positional('header', str, 'Name of the header.')],
  rest: atLeastOne('sources', targetSource, 'The sources.'),
  keywords,
  returns: 'feature_targets',
  run: (call, { positional: [header], rest: sources, keywords: given }): FeatureTargetsObject => {
    const compiler = featureCompiler(call, given.compiler);
    const question = { compiler, forcedArgs: undefined, any: false, cached: given.cached };
    const baseline =
      given.baseline === undefined
        ? undefined
        : testFeatures(call, given.baseline, { ...question, any: true }).result;
    const always = closureOf(given.baseline ?? []);
    const enabled: Enabled[] = [];
    const skipped: string[] = [];
    for (const features of given.dispatch) {
      const result = features.every((one) => always.has(one))
        ? undefined
        : testFeatures(call, features, question).result;
      const reason = reasonToSkip(result, enabled);
      if (reason !== undefined) skipped.push(`    "${namesOf(features)}": "${reason}"`);
      else if (result !== undefined) enabled.push({ features, result });
    }
    if (!given.keep_sort) checkOrder(call, enabled);
    writeFeatureHeader(call, {
      name: header,
      prefix: given.prefix,
      results: enabled.map(({ result }) => result),
      hasBaseline: baseline !== undefined,
    });
    const compile = (result: FeatureResult, name: string): TargetObject =>
      library(call, { header, name, result, sources, given });
    const made: FeatureTargetsObject = {
      type: featureTargetsType,
      baseline: baseline === undefined ? [] : [compile(baseline, 'baseline')],
      targets: enabled.map(({ features, result }) => ({
        features,
        libraries: [compile(result, result.targetName)],
      })),
    };
    tell(call, header, { enabled, skipped, hasBaseline: baseline !== undefined });
    return made;
  },
});

function reasonToSkip(
  result: FeatureResult | undefined,
  enabled: readonly Enabled[],
): string | undefined {
  if (result === undefined) return 'part of baseline features';
  if (!result.supported) return result.reason;
  const { targetName } = result;
  return enabled.some((one) => one.result.targetName === targetName)
    ? `Dublicate target name "${targetName}"`
    : undefined;
}

function namesOf(features: readonly CpuFeatureObject[]): string {
  return features.map(({ facts }) => facts.name).join(', ');
}

/** Code takes the first that the processor can do: the most interesting must come first. */
function checkOrder(call: Call, enabled: readonly Enabled[]): void {
  const sorted = [...enabled].sort((a, b) => rankOf(b.features) - rankOf(a.features));
  if (sorted.every((one, at) => one === enabled[at])) return;
  const list = (all: readonly Enabled[]): string =>
    `[${all
      .map(({ features }) => {
        const names = features.map(({ facts }) => `'${facts.name}'`);
        return names.length === 1 ? names[0] : `[${names.join(', ')}]`;
      })
      .join(', ')}]`;
  call.fail(
    `The enabled dispatch features should be sorted based on the highest interest:\nExpected: ${list(sorted)}\nGot: ${list(enabled)}\nNote: This validation may not be accurate when dealing with multi-features per single target.\nYou can keep the current sort and bypass this validation by passing the argument "keep_sort: true".`,
  );
}

/** The sources for one set of features. */
function library(
  call: Call,
  one: {
    readonly header: string;
    readonly name: string;
    readonly result: FeatureResult;
    readonly sources: readonly TargetSource[];
    readonly given: Values;
  },
): TargetObject {
  const { header, name, result, sources, given } = one;
  const { dispatch: _dispatch, baseline: _baseline, compiler: _compiler, ...own } = given;
  const { prefix } = given;
  const role =
    name === 'baseline' ? `${prefix}MTARGETS_BASELINE` : `${prefix}MTARGETS_CURRENT=${name}`;
  const args = [
    ...result.defines.map((define) => `-D${prefix}HAVE_${define}`),
    ...result.args,
    `-D${role}`,
  ];
  const withArgs = (language: string): readonly unknown[] => {
    const before: unknown = Reflect.get(given, `${language}_args`);
    return [...(Array.isArray(before) ? before : []), ...args];
  };
  return buildTargetObject(call, {
    type: 'static-library',
    name: `${header}_${name}`,
    sources,
    keywords: {
      ...{ ...own, sources: [] },
      ...{ c_args: withArgs('c'), cpp_args: withArgs('cpp') },
    },
  });
}

function tell(
  call: Call,
  header: string,
  {
    enabled,
    skipped,
    hasBaseline,
  }: {
    readonly enabled: readonly Enabled[];
    readonly skipped: readonly string[];
    readonly hasBaseline: boolean;
  },
): void {
  const names = enabled.map(({ result }) => result.targetName);
  const all = [...names, ...(hasBaseline ? ['baseline'] : [])].join(', ');
  call.evaluation.log(`Generating multi-targets for "${header}"\n  Enabled targets: ${all}`);
  if (skipped.length > 0) call.evaluation.detail(['  Skipped targets:', ...skipped].join('\n'));
}

const method = methodOf<FeatureTargetsObject>();

export const featureTargetsMethods: MethodTable = {
  type: featureTargetsType,
  doc: 'Libraries for several sets of features: `features.multi_targets()`.',
  label: 'features.TargetsObject',
  methods: [
    method({
      name: 'static_lib',
      doc: 'One library of all of them; an empty list where there are none.',
      positional: [positional('name', str, 'Its name.')],
      returns: 'lib',
      run: (call, self, { positional: [name] }) => {
        // Where a symbol is defined twice, that of the least interesting set runs everywhere.
        const sorted = [...self.targets].sort((a, b) => rankOf(a.features) - rankOf(b.features));
        const parts = [...self.baseline, ...sorted.flatMap(({ libraries }) => libraries)];
        if (parts.length === 0) return [];
        return buildTargetObject(call, {
          type: 'static-library',
          name,
          sources: [],
          keywords: { ...keywordDefaults(staticKeywords), link_whole: parts },
        });
      },
    }),
    method({
      name: 'extend',
      doc: 'Takes over the libraries of another.',
      positional: [positional('other', object(featureTargetsType), 'The other.')],
      returns: 'feature_targets',
      run: (_call, self, { positional: [other] }) => {
        self.baseline.push(...other.baseline);
        for (const { features, libraries } of other.targets) {
          const same = self.targets.find((one) => isSame(one.features, features));
          if (same === undefined) self.targets.push({ features, libraries: [...libraries] });
          else same.libraries.push(...libraries);
        }
        return self;
      },
    }),
  ],
};

function isSame(a: readonly CpuFeatureObject[], b: readonly CpuFeatureObject[]): boolean {
  const [left, right] = [byInterest(a), byInterest(b)];
  return left.length === right.length && left.every((one, at) => one === right[at]);
}
