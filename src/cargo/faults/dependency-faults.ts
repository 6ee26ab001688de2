import { posix } from 'node:path';
import type { Files } from '../../host/host.ts';
import { allDependencies, type Manifest } from '../manifest/manifest.ts';
import { isTable, type Table } from '../manifest/toml.ts';
import type { Judged, ManifestFault } from './judged.ts';

const tables = [
  ...['dependencies', 'dev-dependencies', 'dev_dependencies'],
  ...['build-dependencies', 'build_dependencies'],
];

/** Dependencies that say two things at once, or nothing. */
export function dependencyFaults({
  toml,
  workspace,
  isRoot,
  manifest,
  files,
  folder,
  knowsRegistry,
}: Judged): readonly ManifestFault[] {
  const shared = sharedIn(isRoot ? toml : workspace.rootToml);
  const places = [toml, ...Object.values(isTable(toml['target']) ? toml['target'] : {})];
  const own = places
    .filter(isTable)
    .flatMap((place) => tables.flatMap((name) => entriesOf(place[name])));
  return [
    ...own.flatMap(([key, value]) => [
      ...nameFault(key),
      // Of one that the workspace says all else is idle.
      ...(isTable(value) && value['workspace'] !== true ? sourceFault(key, value) : []),
      ...registryFault(
        key,
        isTable(value) && value['workspace'] === true ? shared[key] : value,
        knowsRegistry,
      ),
      ...(isTable(value) && manifest?.package.edition === '2024'
        ? overridden(key, value, shared[key])
        : []),
    ]),
    ...(isRoot ? Object.entries(shared).flatMap(oddShared) : []),
    ...(manifest === undefined ? [] : goneFaults(files, folder, manifest)),
  ];
}

/** A registry that nothing says the place of. */
function registryFault(
  key: string,
  value: unknown,
  knowsRegistry: Judged['knowsRegistry'],
): readonly ManifestFault[] {
  const name = isTable(value) ? value['registry'] : undefined;
  if (typeof name !== 'string' || knowsRegistry(name)) return [];
  return [
    {
      key,
      message: `registry index was not found in any configuration: \`${name}\``,
      hint: `\`[registries.${name}]\` in .cargo/config.toml says by \`index\` where it lies.`,
    },
  ];
}

/** Packages that are not where a path says. */
function goneFaults(files: Files, folder: string, manifest: Manifest): readonly ManifestFault[] {
  return allDependencies(manifest).flatMap(({ key, path }) => {
    const wanted = path === undefined ? undefined : posix.resolve(folder, path, 'Cargo.toml');
    if (wanted === undefined || files.isFile(wanted)) return [];
    const message = `failed to load manifest for dependency \`${key}\``;
    return [{ key, message, hint: `${wanted} is not there.` }];
  });
}

function sharedIn(toml: Table): Table {
  const workspace = isTable(toml['workspace']) ? toml['workspace'] : {};
  return isTable(workspace['dependencies']) ? workspace['dependencies'] : {};
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isTable(value) ? Object.entries(value) : [];
}

function nameFault(key: string): readonly ManifestFault[] {
  const odd = /[^\p{XID_Continue}-]/u.exec(key);
  if (odd === null) return [];
  const what = 'characters must be Unicode XID characters (numbers, `-`, `_`, or most letters)';
  return [{ key, message: `invalid character \`${odd[0]}\` in package name: \`${key}\`, ${what}` }];
}

/** A source that is said twice, or not at all. */
export function sourceFault(key: string, value: Table): readonly ManifestFault[] {
  if (value['workspace'] === false) return [{ key, message: '`workspace` cannot be false' }];
  const has = (name: string): boolean => value[name] !== undefined;
  const only = (names: readonly string[], what: string): readonly ManifestFault[] =>
    names.filter(has).length < 2
      ? []
      : [
          {
            key,
            message: `dependency (${key}) specification is ambiguous. Only one of ${what} is allowed.`,
          },
        ];
  const references = ['branch', 'tag', 'rev'];
  const [ignored] = has('git') ? [] : references.filter(has);
  return [
    ...only(['git', 'path'], '`git` or `path`'),
    ...only(['git', 'registry'], '`git` or `registry`'),
    ...(has('git') ? only(references, '`branch`, `tag` or `rev`') : []),
    ...['lib', 'target']
      .filter((name) => has(name) && value[name] !== false && !has('artifact'))
      .map((name) => ({
        key,
        message: `'${name}' specifier cannot be used without an 'artifact = …' value (${key})`,
      })),
    ...(ignored === undefined
      ? []
      : [{ key, message: `key \`${ignored}\` is ignored for dependency (${key}).` }]),
    ...(['git', 'path', 'version', 'registry'].some(has)
      ? []
      : [
          {
            key,
            message: `dependency (${key}) specified without providing a local path, Git repository, version, or workspace dependency to use`,
          },
        ]),
  ];
}

function overridden(key: string, value: Table, shared: unknown): readonly ManifestFault[] {
  const isTaken = value['workspace'] === true && value['default-features'] === false;
  const isOff = isTable(shared) && shared['default-features'] === false;
  return !isTaken || isOff || shared === undefined
    ? []
    : [
        {
          key,
          message: `error inheriting \`${key}\` from workspace root manifest's \`workspace.dependencies.${key}\``,
          hint: "`default-features = false` cannot override workspace's `default-features`",
        },
      ];
}

function oddShared([key, value]: readonly [string, unknown]): readonly ManifestFault[] {
  return ['optional', 'public']
    .filter((word) => isTable(value) && value[word] === true)
    .map((word) => ({
      key,
      message: `${key} is ${word}, but workspace dependencies cannot be ${word}`,
    }));
}
