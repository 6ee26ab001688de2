import { posix } from 'node:path';
import { introspectionId } from '../../eval/targets/register.ts';
import type { Expression } from '../../lang/tree.ts';
import type { StaticCall } from './static-interpreter.ts';
import { flat, isUnknown, type StaticValue, shown } from './static-value.ts';

interface Kind {
  readonly type: string;
  readonly suffix: string;
  readonly filename: (name: string) => string;
}

const shared: Kind = { type: 'shared library', suffix: '@sha', filename: (n) => `lib${n}.so` };

const kinds: Readonly<Record<string, Kind>> = {
  executable: { type: 'executable', suffix: '@exe', filename: (name) => name },
  static_library: { type: 'static library', suffix: '@sta', filename: (name) => `lib${name}.a` },
  shared_library: shared,
  library: shared,
  both_libraries: shared,
  shared_module: { ...shared, type: 'shared module' },
  jar: { type: 'jar', suffix: '@jar', filename: (name) => `${name}.jar` },
};

/** Targets as far as build files tell them without being run; those of unknown names are left out. */
export function sourceTargets(
  sourceRoot: string,
  shownRoot: string,
  calls: readonly StaticCall[],
): readonly unknown[] {
  return calls.flatMap((call) => {
    const type = call.name === 'build_target' ? call.keywords.get('target_type') : call.name;
    const kind = typeof type === 'string' ? kinds[type] : undefined;
    const [name, ...sources] = call.positional;
    if (kind === undefined || typeof name !== 'string') return [];
    const paths = (values: readonly StaticValue[]): readonly unknown[] =>
      values.flatMap(flat).map((value) => sourcePath(sourceRoot, call.subdir, value));
    const extra = call.keywords.get('extra_files');
    return {
      name,
      id: introspectionId(call.subdir, name, kind.suffix),
      type: kind.type,
      defined_in: posix.join(shownRoot, call.subdir, 'meson.build'),
      filename: [posix.join(call.subdir, filename(call, kind, name))],
      build_by_default: shown(call.keywords.get('build_by_default') ?? true),
      target_sources: [
        {
          language: 'unknown',
          machine: call.keywords.get('native') === true ? 'build' : 'host',
          compiler: [],
          parameters: [],
          sources: paths([...sources, call.keywords.get('sources') ?? []]),
          generated_sources: [],
        },
      ],
      depends: [],
      extra_files: extra === undefined ? [] : paths([extra]),
      subproject: null,
      installed: shown(call.keywords.get('install') ?? false),
    };
  });
}

function filename({ keywords }: StaticCall, kind: Kind, name: string): string {
  const prefix = keywords.get('name_prefix');
  const file = kind.filename(name);
  if (typeof prefix !== 'string' || !file.startsWith('lib')) return file;
  return prefix + file.slice('lib'.length);
}

function sourcePath(sourceRoot: string, subdir: string, value: StaticValue): unknown {
  if (typeof value === 'string') return posix.resolve(sourceRoot, subdir, value);
  return isUnknown(value) ? 'unknown' : posix.resolve(sourceRoot, String(shown(value)));
}

/** What build files ask for by `dependency()`, found or not. */
export function sourceDependencies(calls: readonly StaticCall[]): readonly unknown[] {
  return calls.flatMap((call) => {
    const [name] = call.positional;
    if (call.name !== 'dependency' || typeof name !== 'string') return [];
    const version = flat(call.keywords.get('version') ?? []);
    return {
      name,
      required: shown(call.keywords.get('required') ?? true),
      version: version.some(isUnknown) ? 'unknown' : version.map(shown),
      has_fallback: call.keywords.has('fallback'),
      conditional: call.conditional,
    };
  });
}

export interface SourceProject {
  readonly descriptive_name: unknown;
  readonly version: string;
  readonly license: readonly string[];
  readonly license_files: readonly string[];
}

/** What `project()` says of itself. */
export function sourceProject(calls: readonly StaticCall[]): SourceProject | undefined {
  const call = calls.find(({ name }) => name === 'project');
  if (call === undefined) return undefined;
  const { keywords } = call.node.args;
  const literal = (name: string) => keywords.find((keyword) => keyword.name === name)?.value;
  const version = literal('version');
  return {
    descriptive_name: call.positional[0] ?? '',
    version: version?.kind === 'string' ? version.value : 'undefined',
    license: texts(literal('license')) ?? ['unknown'],
    license_files: texts(literal('license_files')) ?? [],
  };
}

function texts(node: Expression | undefined): readonly string[] | undefined {
  if (node?.kind === 'string') return [node.value];
  if (node?.kind !== 'array') return undefined;
  const items = node.items.flatMap((item) => (item.kind === 'string' ? [item.value] : []));
  return items.length === node.items.length && items.length > 0 ? items : undefined;
}

/** Languages that `project()` and `add_languages()` name, each once. */
export function sourceLanguages(calls: readonly StaticCall[]): readonly string[] {
  const named = calls.flatMap(({ name, positional }) => {
    if (name === 'project') return positional.slice(1);
    return name === 'add_languages' ? positional : [];
  });
  const languages = named.flatMap((value) =>
    typeof value === 'string' ? [value.toLowerCase()] : [],
  );
  return [...new Set(languages)];
}
