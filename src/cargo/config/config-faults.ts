import { typeOf } from '../manifest/type-of.ts';
import { type ConfigValue, configAt, configEntries, plainConfig } from './config-value.ts';

/** Why Cargo would refuse its configuration, in its words. */
export interface ConfigFault {
  /** The key at fault, by its path. */
  readonly path: readonly string[];
  readonly message: string;
  readonly hint?: string;
}

type Kind = 'string' | 'boolean' | 'integer' | 'array' | 'table';

/** Values of types that Cargo does not read. Of tables for machines only those with a condition are always read. */
export function configFaults(root: ConfigValue): readonly ConfigFault[] {
  const machines = configEntries(configAt(root, 'target'));
  return [
    ...tables(root, [
      ['build'],
      ['env'],
      ['target'],
      ...machines.map(([name]) => ['target', name]),
    ]),
    ...configEntries(configAt(root, 'env')).flatMap(([name, value]) => variable(name, value)),
    ...texts(root, [
      ...textsOfBuild.map((key) => ['build', key]),
      ...configEntries(configAt(root, 'source')).map(([name]) => ['source', name, 'replace-with']),
      ...ofConditions(machines, ['linker']),
    ]),
    ...lists(root, [
      ...['rustflags', 'rustdocflags'].map((key) => ['build', key]),
      ...ofConditions(machines, ['rustflags', 'rustdocflags', 'runner']),
    ]),
    ...ofBuild(root),
    ...choices(root),
    ...ofTerm(root),
    ...sources(root),
    ...listedPaths(configAt(root, 'paths')),
  ];
}

const textsOfBuild = [
  ...['rustc', 'rustdoc', 'rustc-wrapper', 'rustc-workspace-wrapper'],
  ...['target-dir', 'build-dir', 'dep-info-basedir'],
];

/** Keys with a closed list of words. */
const choicesOf = [
  { path: ['build', 'warnings'], known: ['warn', 'allow', 'deny'] },
  { path: ['resolver', 'incompatible-rust-versions'], known: ['allow', 'fallback'] },
  { path: ['term', 'progress', 'when'], known: ['auto', 'never', 'always'] },
] as const;

function choices(root: ConfigValue): readonly ConfigFault[] {
  return choicesOf.flatMap(({ path, known }) => {
    const value = configAt(root, ...path);
    const said = value === undefined ? undefined : plainConfig(value);
    if (typeof said !== 'string' || known.some((one) => one === said)) return [];
    const names = known.map((one) => `\`${one}\``);
    const all = known.length === 2 ? names.join(' or ') : `one of ${names.join(', ')}`;
    return [unread(path, `unknown variant \`${said}\`, expected ${all}`)];
  });
}

/** What stands for a source has to say where it is. */
function sources(root: ConfigValue): readonly ConfigFault[] {
  const places = ['registry', 'local-registry', 'directory', 'git'];
  return configEntries(configAt(root, 'source'))
    .filter(([, value]) => places.every((key) => configAt(value, key) === undefined))
    .filter(([name]) => name !== 'crates-io')
    .map(([name]) => ({
      path: ['source', name],
      message: `no source location specified for \`${shown(['source', name])}\`, need \`registry\`, \`local-registry\`, \`directory\`, or \`git\` defined`,
    }));
}

function listedPaths(value: ConfigValue | undefined): readonly ConfigFault[] {
  if (value === undefined) return [];
  if (value.kind !== 'list')
    return [invalid(['paths'], `expected a list, but found a ${kindOf(value)}`)];
  const odd = value.items.map(kindOf).find((kind) => kind !== 'string');
  return odd === undefined ? [] : [invalid(['paths'], `expected a string, but found a ${odd}`)];
}

/** The same of what is read of a machine's own table only where something is built for it. */
export function machineFaults(root: ConfigValue, triple: string): readonly ConfigFault[] {
  const of = (key: string): readonly string[] => ['target', triple, key];
  const settings = ['linker', 'runner', 'rustflags', 'rustdocflags'];
  const scripts = configEntries(configAt(root, 'target', triple)).filter(
    ([key]) => key !== 'ar' && !settings.includes(key),
  );
  return [
    ...texts(root, [of('linker')]),
    ...lists(root, settings.slice(1).map(of)),
    ...scripts.flatMap(([links, value]) => scriptFaults(of(links), value)),
  ];
}

/** Of what stands in the place of a build script. */
function scriptFaults(path: readonly string[], value: ConfigValue): readonly ConfigFault[] {
  const wrong = (key: string, wanted: Kind, one: ConfigValue): readonly ConfigFault[] =>
    kindOf(one) === wanted
      ? []
      : [
          {
            path,
            message: `expected a ${wanted === 'array' ? 'list' : wanted}, but found a ${kindOf(one)} for \`${key}\``,
          },
        ];
  if (value.kind !== 'table') return wrong(shown(path), 'table', value);
  return [...value.entries].flatMap(([key, one]) => {
    if (['warning', 'rerun-if-changed', 'rerun-if-env-changed'].includes(key))
      return [{ path, message: `\`${key}\` is not supported in build script overrides` }];
    if (key === 'rustc-env')
      return one.kind === 'table'
        ? [...one.entries].flatMap(([name, text]) => wrong(name, 'string', text))
        : wrong(key, 'table', one);
    if (!/^rustc-(link|cfg$|check-cfg$|cdylib-link-arg$)/.test(key))
      return wrong(key, 'string', one);
    return one.kind === 'list'
      ? one.items.flatMap((item) => wrong(key, 'string', item)).slice(0, 1)
      : wrong(key, 'array', one);
  });
}

function ofConditions(
  machines: readonly (readonly [string, ConfigValue])[],
  keys: readonly string[],
): readonly (readonly string[])[] {
  return machines
    .filter(([name]) => name.startsWith('cfg('))
    .flatMap(([name]) => keys.map((key) => ['target', name, key]));
}

type Paths = readonly (readonly string[])[];

function tables(root: ConfigValue, paths: Paths): readonly ConfigFault[] {
  return found(root, paths)
    .filter(({ kind }) => kind !== 'table')
    .map(({ path, kind }) => invalid(path, `expected a table, but found a ${kind}`));
}

function texts(root: ConfigValue, paths: Paths): readonly ConfigFault[] {
  return found(root, paths)
    .filter(({ kind }) => kind !== 'string')
    .map(({ path, kind }) =>
      unread(path, `\`${shown(path)}\` expected a string, but found a ${kind}`),
    );
}

function lists(root: ConfigValue, paths: Paths): readonly ConfigFault[] {
  return found(root, paths).flatMap(({ path, kind, value }) => {
    if (kind === 'string') return [];
    if (value.kind !== 'list')
      return [invalid(path, `expected a string or array of strings, but found a ${kind}`)];
    return value.items
      .map(kindOf)
      .filter((one) => one !== 'string')
      .slice(0, 1)
      .map((one) => ({ path, message: `\`${shown(path)}\` expected string, but found a ${one}` }));
  });
}

/** Of `[env]`. */
function variable(name: string, value: ConfigValue): readonly ConfigFault[] {
  const path = ['env', name];
  if (['CARGO_HOME', 'RUSTUP_HOME', 'RUSTUP_TOOLCHAIN'].includes(name))
    return [
      {
        path,
        message: `setting the \`${name}\` environment variable is not supported in the \`[env]\` configuration table`,
      },
    ];
  const kind = kindOf(value);
  if (kind === 'string') return [];
  if (value.kind !== 'table')
    return [unread(path, `invalid type: ${typeOf(plainConfig(value))}, expected a string or map`)];
  const said = value.entries.get('value');
  if (said === undefined) return [unread(path, 'missing field `value`')];
  const odd = (key: string, wanted: Kind, expected: string): readonly ConfigFault[] => {
    const one = value.entries.get(key);
    const is = one === undefined ? wanted : kindOf(one);
    return is === wanted
      ? []
      : [unread(path, `\`${shown(path)}.${key}\` expected ${expected}, but found a ${is}`)];
  };
  return [
    ...odd('value', 'string', 'a string'),
    ...odd('force', 'boolean', 'true/false'),
    ...odd('relative', 'boolean', 'true/false'),
  ];
}

function ofBuild(root: ConfigValue): readonly ConfigFault[] {
  return found(root, [
    ['build', 'jobs'],
    ['build', 'incremental'],
    ['build', 'target'],
  ]).flatMap(({ path, kind, value }): readonly ConfigFault[] => {
    const plain = plainConfig(value);
    switch (path.at(-1)) {
      case 'jobs':
        if (plain === 0) return [{ path, message: 'jobs may not be 0' }];
        return kind !== 'string' || plain === 'default'
          ? []
          : [
              {
                path,
                message: `could not parse \`${String(plain)}\`. Number of parallel jobs should be \`default\` or a number.`,
              },
            ];
      case 'incremental':
        return truths(root, [path]);
      default:
        return kind === 'string' || kind === 'array'
          ? []
          : [unread(path, `invalid type: ${typeOf(plain)}, expected a string or array`)];
    }
  });
}

function ofTerm(root: ConfigValue): readonly ConfigFault[] {
  const said = (...path: readonly string[]): unknown => {
    const value = configAt(root, 'term', ...path);
    return value === undefined ? undefined : plainConfig(value);
  };
  const color = said('color');
  const [verbose, progress] = [
    ['term', 'verbose'],
    ['term', 'progress'],
  ];
  return [
    ...tables(root, [['term']]),
    ...truths(
      root,
      ['quiet', 'verbose', 'hyperlinks', 'unicode'].map((key) => ['term', key]),
    ),
    ...texts(root, [['term', 'color']]),
    ...(typeof color === 'string' && !['auto', 'always', 'never'].includes(color)
      ? [
          {
            path: ['term', 'color'],
            message: `argument for --color must be auto, always, or never, but found \`${color}\``,
          },
        ]
      : []),
    ...(said('verbose') === true && said('quiet') === true
      ? [{ path: verbose, message: 'cannot set both `term.verbose` and `term.quiet`' }]
      : []),
    ...tables(root, [progress]),
    ...(said('progress', 'when') === 'always' && said('progress', 'width') === undefined
      ? [{ path: progress, message: '"always" progress requires a `width` key' }]
      : []),
  ];
}

function truths(root: ConfigValue, paths: Paths): readonly ConfigFault[] {
  return found(root, paths)
    .filter(({ kind }) => kind !== 'boolean')
    .map(({ path, kind }) => ({
      path,
      message: `\`${shown(path)}\` expected true/false, but found a ${kind}`,
    }));
}

function found(root: ConfigValue, paths: Paths) {
  return paths.flatMap((path) => {
    const value = configAt(root, ...path);
    return value === undefined ? [] : [{ path, value, kind: kindOf(value) }];
  });
}

function kindOf(value: ConfigValue): Kind {
  if (value.kind === 'list') return 'array';
  if (value.kind === 'table') return 'table';
  const type = typeof value.value;
  return type === 'string' || type === 'boolean' ? type : 'integer';
}

function invalid(path: readonly string[], why: string): ConfigFault {
  const key = shown(path);
  return {
    path,
    message: `invalid configuration for key \`${key}\``,
    hint: `${why} for \`${key}\``,
  };
}

function unread(path: readonly string[], hint: string): ConfigFault {
  return { path, message: `could not load config key \`${shown(path)}\``, hint };
}

function shown(path: readonly string[]): string {
  return path.map((key) => (/^[\w-]+$/.test(key) ? key : `"${key}"`)).join('.');
}
