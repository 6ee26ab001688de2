import { configToolVariable } from '../../deps/config-tool.ts';
import { pkgConfigVariable } from '../../deps/pkg-config.ts';
import type { Dependency } from '../../model/dependency.ts';
import type { DependencyId, LinkItem } from '../../model/target.ts';
import { bool, listOf, orNothing, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { keyword, type MethodTable, methodOf, optional, positional } from '../declare.ts';
import type { Evaluation } from '../evaluation.ts';
import { dependencyContext } from '../functions/dependency/context.ts';
import { type Defines, variableOf } from '../functions/dependency/variable.ts';
import { type DependencyObject, dependencyType } from '../objects/dependency.ts';

const method = methodOf<DependencyObject>();

function rowOf({ evaluation }: Call, { dependency }: DependencyObject): Dependency {
  return evaluation.tables.dependencies.get(dependency);
}

/** The same dependency, taken in another way. */
function copied(call: Call, self: DependencyObject, row: Dependency): DependencyObject {
  return changed(call, self, { ...row, copyOf: row.copyOf ?? self.dependency });
}

/** Another dependency made of this one. */
function changed(call: Call, self: DependencyObject, row: Dependency): DependencyObject {
  return { type: self.type, dependency: call.evaluation.tables.dependencies.add(row) };
}

const pkgconfigDefine = keyword(
  { ...listOf(str), names: ['array[str] that has even size'] },
  undefined,
  'Variables of the pkg-config file to set first.',
);

/** Pairs of names and values, one after the other. */
function readDefines(call: Call, words: readonly string[] | undefined): Defines {
  if (words === undefined) return [];
  if (words.length % 2 !== 0) call.fail('must be a list of pairs of strings');
  return words.flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1] ?? ''] as const] : []));
}

function noVariable(row: Dependency): string {
  const shown = shownRow(row);
  if (row.kind === 'internal')
    return `Could not get an internal variable and no default provided for ${shown}`;
  if (row.type === 'pkgconfig')
    return `Could not get pkg-config variable and no default provided for ${shown}`;
  if (row.type === 'config-tool')
    return `Could not get config-tool variable and no default provided for ${shown}`;
  if (row.type === 'cmake')
    return `Could not get cmake variable and no default provided for ${shown}`;
  return `No default provided for dependency ${shown}, which is not pkg-config, cmake, or config-tool based.`;
}

/** As Python shows it. */
function shownRow(row: Dependency): string {
  const found = row.kind === 'not-found' ? 'False' : 'True';
  const asked = row.kind !== 'not-found' && row.type === 'pkgconfig' ? ' []' : '';
  return `<${className(row)} ${row.name}: ${found}${asked}>`;
}

/** Meson's class for a way of being found, as its messages show it. */
function className({ kind, type }: Dependency): string {
  if (kind === 'internal') return 'InternalDependency';
  if (kind === 'not-found' && type !== 'library') return 'NotFoundDependency';
  const names: Readonly<Record<string, string>> = {
    library: 'ExternalLibrary',
    pkgconfig: 'PkgConfigDependency',
    cmake: 'CMakeDependency',
    'config-tool': 'ConfigToolDependency',
    builtin: 'BuiltinDependency',
  };
  return names[type] ?? 'SystemDependency';
}

const getVariable = method({
  name: 'get_variable',
  doc: 'A variable of a dependency, by its name in each way it may have been found.',
  since: '0.51.0',
  positional: [optional('name', str, 'The name in all ways.')],
  keywords: {
    cmake: keyword(orNothing(str), undefined, "CMake's variable."),
    pkgconfig: keyword(orNothing(str), undefined, "pkg-config's."),
    configtool: keyword(orNothing(str), undefined, 'Of a config tool: `--name`.'),
    internal: keyword(orNothing(str), undefined, 'Of `declare_dependency`.', { since: '0.54.0' }),
    system: keyword(orNothing(str), undefined, 'Of the system.', { since: '1.6.0' }),
    default_value: keyword(orNothing(str), undefined, 'When there is no such variable.'),
    pkgconfig_define: pkgconfigDefine,
  },
  returns: 'str',
  run: (call, self, { positional: [name], keywords }) => {
    const row = rowOf(call, self);
    if (name !== undefined) call.uses('Positional argument to dependency.get_variable()', '0.58.0');
    const { cmake, pkgconfig, configtool, internal, system } = keywords;
    const names = {
      cmake: cmake ?? name,
      pkgconfig: pkgconfig ?? name,
      configtool: configtool ?? name,
      internal: internal ?? name,
      system: system ?? name,
    };
    const defines = readDefines(call, keywords.pkgconfig_define);
    if (defines.length > 1)
      call.uses(
        'dependency.get_variable keyword argument "pkgconfig_define" with more than one pair',
        '1.3.0',
        'In previous versions, this silently returned a malformed value.',
      );
    return (
      variableOf(call, row, { ...names, defines }) ??
      keywords.default_value ??
      call.fail(noVariable(row))
    );
  },
});

const getPkgconfigVariable = method({
  name: 'get_pkgconfig_variable',
  quietSince: '0.36.0',
  doc: 'A variable of a pkg-config file.',
  deprecated: { since: '0.56.0', instead: 'use dependency.get_variable(pkgconfig : ...) instead' },
  positional: [positional('name', str, 'Its name.')],
  keywords: {
    default: keyword(str, '', 'When there is no such variable.', { quietSince: '0.45.0' }),
    define_variable: { ...pkgconfigDefine, quietSince: '0.44.0' },
  },
  returns: 'str',
  run: (call, self, { positional: [name], keywords }) => {
    const row = rowOf(call, self);
    if (row.type !== 'pkgconfig') call.fail(`'${row.name}' is not a pkgconfig dependency`);
    const defines = readDefines(call, keywords.define_variable);
    if (defines.length > 1)
      call.uses(
        'dependency.get_pkgconfig_variable keyword argument "define_variable"  with more than one pair',
        '1.3.0',
      );
    const context = dependencyContext(call, row.machine ?? 'host');
    return (
      pkgConfigVariable(context, {
        name: row.pkgconfigName ?? row.name,
        variable: name,
        defines,
      }) ?? keywords.default
    );
  },
});

const getConfigtoolVariable = method({
  name: 'get_configtool_variable',
  otherLabels: { positional: 'dependency.get_config_tool_variable' },
  doc: 'What a config tool says to `--name`.',
  since: '0.44.0',
  deprecated: { since: '0.56.0', instead: 'use dependency.get_variable(configtool : ...) instead' },
  positional: [positional('name', str, 'Its name.')],
  returns: 'str',
  run: (call, self, { positional: [name] }) => {
    const row = rowOf(call, self);
    if (row.type !== 'config-tool' || row.tool === undefined)
      return call.fail(`'${row.name}' is not a config-tool dependency`);
    return configToolVariable(dependencyContext(call, row.machine ?? 'host'), row.tool, name) ?? '';
  },
});

const part = (doc: string) => keyword(bool, false, doc);

const partialDependency = method({
  name: 'partial_dependency',
  doc: 'Some parts of a dependency.',
  since: '0.46.0',
  keywords: {
    compile_args: part('Its compile arguments.'),
    link_args: part('Its link arguments.'),
    links: part('What it links with.'),
    includes: part('Its include folders.'),
    sources: part('Its sources.'),
  },
  returns: 'dep',
  run: (call, self, { keywords }) => {
    const row = rowOf(call, self);
    const part = partOf(call.evaluation, row, keywords);
    const whole = row.kind === 'external' ? { partOf: row.partOf ?? self.dependency } : {};
    return changed(call, self, { ...part, ...whole });
  },
});

type Parts = Readonly<
  Record<'compile_args' | 'link_args' | 'links' | 'includes' | 'sources', boolean>
>;

function partOf(evaluation: Evaluation, row: Dependency, parts: Parts): Dependency {
  const { tables } = evaluation;
  const { copyOf: _copyOf, d: _d, ...own } = row;
  const keep = <T>(part: keyof Parts, values: readonly T[]): readonly T[] =>
    parts[part] ? values : [];
  const nested = (id: DependencyId): DependencyId =>
    tables.dependencies.add(partOf(evaluation, tables.dependencies.get(id), parts));
  return {
    ...own,
    compileArgs: keep('compile_args', row.compileArgs),
    linkArgs: keep('link_args', row.linkArgs),
    linkWith: keep('links', row.linkWith),
    linkWhole: keep('links', row.linkWhole),
    includeDirectories: keep('includes', row.includeDirectories),
    sources: keep('sources', row.sources),
    extraFiles: [],
    objects: [],
    // A part of a declared one is declared anew: that it was taken as the system's is forgotten.
    ...(row.kind === 'internal' && { includeType: 'preserve' as const }),
    // What an external one needs stays with it.
    dependencies: row.kind === 'internal' ? row.dependencies.map(nested) : row.dependencies,
  };
}

const asSystem = method({
  name: 'as_system',
  doc: 'The same, with include folders taken as the system takes its own.',
  since: '0.52.0',
  positional: [optional('include_type', str, '`system`, `non-system` or `preserve`.')],
  returns: 'dep',
  run: (call, self, { positional: [wanted = 'system'] }) => {
    if (wanted !== 'system' && wanted !== 'non-system' && wanted !== 'preserve')
      return call.fail(
        `Dependency.as_system: if an argument is given it must be one of: "preserve", "system", "non-system", not: "${wanted}"`,
      );
    return copied(call, self, { ...rowOf(call, self), includeType: wanted });
  },
});

const asLinkWhole = method({
  name: 'as_link_whole',
  doc: 'The same, with static libraries linked whole.',
  since: '0.56.0',
  returns: 'dep',
  run: (call, self) => {
    const row = declared(call, self, 'as_link_whole');
    for (const item of row.linkWith) {
      const target = call.evaluation.tables.targets.get(item.target);
      if (target.kind === 'build' && target.type === 'shared-library')
        call.fail('Cannot convert a dependency to link_whole when it contains a SharedLibrary');
    }
    return copied(call, self, {
      ...row,
      linkWhole: [...row.linkWhole, ...row.linkWith],
      linkWith: [],
    });
  },
});

function declared(call: Call, self: DependencyObject, name: string): Dependency {
  const row = rowOf(call, self);
  if (row.kind !== 'internal')
    call.fail(`${name} method is only supported on declare_dependency() objects`);
  return row;
}

/** A declared dependency whose libraries are the static or the shared ones of `both_libraries`. */
const asKind = (name: 'as_static' | 'as_shared') =>
  method({
    name,
    doc: `The same, with the ${name.slice(3)} halves of libraries that are both.`,
    since: '1.6.0',
    keywords: { recursive: keyword(bool, false, 'Also in the dependencies it has.') },
    returns: 'dep',
    run: (call, self, { keywords: { recursive } }) => {
      const type = name === 'as_static' ? 'static-library' : 'shared-library';
      const row = declared(call, self, name);
      return copied(call, self, withKind(call.evaluation, row, { type, recursive }));
    },
  });

function withKind(
  evaluation: Evaluation,
  row: Dependency,
  wanted: { readonly type: 'static-library' | 'shared-library'; readonly recursive: boolean },
): Dependency {
  const { tables } = evaluation;
  const half = (item: LinkItem): LinkItem => {
    const target = tables.targets.get(item.target);
    if (target.kind !== 'build' || target.type === wanted.type || target.twin === undefined)
      return item;
    return { kind: 'target', target: target.twin, exact: true };
  };
  const nested = (id: DependencyId): DependencyId => {
    const inner = tables.dependencies.get(id);
    return inner.kind === 'internal'
      ? tables.dependencies.add({
          ...withKind(evaluation, inner, wanted),
          copyOf: inner.copyOf ?? id,
        })
      : id;
  };
  return {
    ...row,
    linkWith: row.linkWith.map(half),
    dependencies: wanted.recursive ? row.dependencies.map(nested) : row.dependencies,
  };
}

export const dependencyMethods: MethodTable = {
  type: dependencyType,
  label: 'dependency',
  describe: ({ dependency }: DependencyObject, { tables }) =>
    shownRow(tables.dependencies.get(dependency)),
  doc: 'What a target gets from elsewhere: `dependency()`, `find_library()`, `declare_dependency()`.',
  methods: [
    method({
      name: 'found',
      doc: 'Whether it was found.',
      returns: 'bool',
      run: (call, self) => rowOf(call, self).kind !== 'not-found',
    }),
    method({
      name: 'name',
      doc: 'Its name.',
      quietSince: '0.48.0',
      returns: 'str',
      run: (call, self) => {
        const row = rowOf(call, self);
        if (row.type === 'library') call.uses('dependency.name', '1.5.0');
        return row.name;
      },
    }),
    method({
      name: 'version',
      doc: 'Its version; `unknown` when nobody knows.',
      returns: 'str',
      run: (call, self) => rowOf(call, self).version,
    }),
    method({
      name: 'type_name',
      doc: 'How it was found: `pkgconfig`, `system`, `internal`, `library`, `not-found`, ….',
      returns: 'str',
      run: (call, self) => rowOf(call, self).type,
    }),
    method({
      name: 'include_type',
      doc: 'How its include folders are taken.',
      since: '0.52.0',
      returns: 'str',
      run: (call, self) => rowOf(call, self).includeType,
    }),
    getVariable,
    getPkgconfigVariable,
    getConfigtoolVariable,
    partialDependency,
    asSystem,
    asLinkWhole,
    asKind('as_static'),
    asKind('as_shared'),
  ],
};
