import { bool, dictionary, listOf, object, oneOf, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import {
  builtin,
  keyword,
  type MethodTable,
  type Module,
  methodOf,
  positional,
  rest,
} from '../declare.ts';
import {
  type ConfigurationDataObject,
  configurationDataType,
} from '../objects/configuration-data.ts';
import { type DependencyObject, dependencyType } from '../objects/dependency.ts';
import { fileType } from '../objects/file.ts';
import { generatedListType } from '../objects/generator.ts';
import {
  type ChosenSources,
  type SourceFilesObject,
  SourceSetObject,
  sourceFilesType,
  sourceSetType,
} from '../objects/source-set.ts';
import { customTargetIndexType, customTargetType } from '../objects/target.ts';
import { force, isA, isDictionary, type Value } from '../value.ts';

/** Meson's module `sourceset`: sources chosen by configuration keys and dependencies. */
export const sourcesetModule: Module = {
  name: 'sourceset',
  doc: 'Sets of sources, chosen by configuration keys and dependencies.',
  since: '0.51.0',
  functions: [
    builtin({
      name: 'source_set',
      doc: 'An empty source set.',
      returns: 'source_set',
      run: () => new SourceSetObject(),
    }),
  ],
};

const source = oneOf<Value>(
  str,
  object(fileType),
  object(generatedListType),
  object(customTargetType),
  object(customTargetIndexType),
  object(dependencyType),
);
const condition = oneOf<string | DependencyObject>(str, object(dependencyType));
const whenKeyword = keyword(
  listOf(condition),
  [],
  'Keys that must be true and dependencies that must be found.',
);
const method = methodOf<SourceSetObject>();

export const sourceSetMethods: MethodTable = {
  type: sourceSetType,
  doc: 'Sources chosen by configuration keys and dependencies.',
  methods: [
    method({
      name: 'add',
      label: 'sourceset.add',
      doc: 'Adds a rule: sources and dependencies, and when they count.',
      rest: rest('sources', source, 'Sources that always count.'),
      keywords: {
        when: whenKeyword,
        if_true: keyword(listOf(source), [], 'What counts when the conditions hold.'),
        if_false: keyword(listOf(source), [], 'What counts when they do not.'),
      },
      returns: 'void',
      run: (call, self, { rest: sources, keywords }) => {
        const { when, if_true: ifTrue, if_false: ifFalse } = keywords;
        if (self.frozen) call.fail("Tried to use 'add' after querying the source set");
        const named = when.length + ifTrue.length + ifFalse.length > 0;
        if (named && sources.length > 0)
          call.fail('add called with both positional and keyword arguments');
        const [otherwise, otherwiseDependencies] = split(ifFalse);
        if (otherwiseDependencies.length > 0)
          call.uses('sourceset.add Dependency in if_false', '1.11.0');
        const [chosen, dependencies] = split(named ? ifTrue : sources);
        self.add({
          ...conditions(when),
          sources: chosen,
          dependencies,
          sets: [],
          sourcesIfFalse: otherwise,
          dependenciesIfFalse: otherwiseDependencies,
        });
        return undefined;
      },
    }),
    method({
      name: 'add_all',
      label: 'sourceset.add_all',
      doc: 'Adds other source sets, and when they count.',
      rest: rest('sets', object(sourceSetType), 'Sets that always count.'),
      keywords: {
        when: whenKeyword,
        if_true: keyword(
          listOf(object(sourceSetType)),
          [],
          'Sets that count when the conditions hold.',
        ),
      },
      returns: 'void',
      run: (call, self, { rest: sets, keywords: { when, if_true: ifTrue } }) => {
        if (self.frozen) call.fail("Tried to use 'add_all' after querying the source set");
        const named = when.length + ifTrue.length > 0;
        if (named && sets.length > 0)
          call.fail('add_all called with both positional and keyword arguments');
        const chosen = named ? ifTrue : sets;
        for (const set of chosen) set.frozen = true;
        self.add({
          ...conditions(when),
          sources: [],
          dependencies: [],
          sets: chosen,
          sourcesIfFalse: [],
          dependenciesIfFalse: [],
        });
        return undefined;
      },
    }),
    method({
      name: 'all_sources',
      doc: 'Every source of the set, whatever the conditions.',
      returns: 'array[str | file | …]',
      run: (call, self) => [...everything(call, self).sources],
    }),
    method({
      name: 'all_dependencies',
      label: 'source_set.all_dependencies() method',
      doc: 'Every dependency of the set, whatever the conditions.',
      since: '0.52.0',
      returns: 'array[dep]',
      run: (call, self) => [...everything(call, self).dependencies],
    }),
    method({
      name: 'apply',
      label: 'sourceset.apply',
      doc: 'What the set comes to with a configuration.',
      positional: [
        positional(
          'configuration',
          oneOf<ConfigurationDataObject | ReadonlyMap<string, Value>>(
            object(configurationDataType),
            dictionary,
          ),
          'Keys and whether they are true.',
        ),
      ],
      keywords: { strict: keyword(bool, true, 'A key that is missing is an error, not false.') },
      returns: 'source_files',
      run: (call, self, { positional: [configuration], keywords: { strict } }) => {
        self.frozen = true;
        const enabled = (key: string): boolean => isEnabled(call, { configuration, key, strict });
        const result: SourceFilesObject = {
          type: sourceFilesType,
          chosen: collect(call, self, { enabled, all: false, into: empty() }),
        };
        return result;
      },
    }),
  ],
};

const filesMethod = methodOf<SourceFilesObject>();

export const sourceFilesMethods: MethodTable = {
  type: sourceFilesType,
  doc: 'What a source set comes to with one configuration.',
  methods: [
    filesMethod({
      name: 'sources',
      doc: 'The sources, each once.',
      returns: 'array[str | file | …]',
      run: (_call, { chosen }) => [...chosen.sources],
    }),
    filesMethod({
      name: 'dependencies',
      doc: 'The dependencies, each once.',
      returns: 'array[dep]',
      run: (_call, { chosen }) => [...chosen.dependencies],
    }),
  ],
};

function isEnabled(
  call: Call,
  {
    configuration,
    key,
    strict,
  }: {
    readonly configuration: ConfigurationDataObject | ReadonlyMap<string, Value>;
    readonly key: string;
    readonly strict: boolean;
  },
): boolean {
  const plain = isDictionary(configuration);
  const value = plain ? configuration.get(key) : configuration.entries.get(key)?.value;
  const known = force(value);
  if (known !== undefined) return isTrue(known);
  if (!strict) return false;
  return call.fail(
    plain
      ? `Entry ${key} not in configuration dictionary.`
      : `sourceset.apply: key "${key}" not in passed configuration, and strict set.`,
  );
}

/** Python's truth: empty strings, zero and empty lists are false. */
function isTrue(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return Boolean(value);
}

function everything(call: Call, set: SourceSetObject): ChosenSources {
  set.frozen = true;
  return collect(call, set, { enabled: () => true, all: true, into: empty() });
}

function collect(
  call: Call,
  set: SourceSetObject,
  which: {
    readonly enabled: (key: string) => boolean;
    readonly all: boolean;
    readonly into: ChosenSources;
  },
): ChosenSources {
  const { enabled, all, into } = which;
  const { tables } = call.evaluation;
  const found = ({ dependency }: DependencyObject): boolean =>
    tables.dependencies.get(dependency).kind !== 'not-found';
  for (const rule of set.rules) {
    if (rule.conditions.every(found) && rule.keys.every(enabled)) {
      for (const item of rule.sources) into.sources.add(item);
      for (const item of [...rule.conditions, ...rule.dependencies]) into.dependencies.add(item);
      for (const inner of rule.sets) collect(call, inner, which);
      if (!all) continue;
    }
    for (const item of rule.sourcesIfFalse) into.sources.add(item);
    for (const item of rule.dependenciesIfFalse) into.dependencies.add(item);
  }
  return into;
}

function empty(): ChosenSources {
  return { sources: new Set(), dependencies: new Set() };
}

function conditions(when: readonly (string | DependencyObject)[]): {
  readonly keys: readonly string[];
  readonly conditions: readonly DependencyObject[];
} {
  return {
    keys: when.filter((item) => typeof item === 'string'),
    conditions: when.filter((item) => typeof item !== 'string'),
  };
}

function split(items: readonly Value[]): [readonly Value[], readonly DependencyObject[]] {
  const dependencies = items.filter((item) => isA(item, dependencyType));
  return [items.filter((item) => !isA(item, dependencyType)), dependencies];
}
