import type { Manifest } from '../manifest/manifest.ts';
import { isTable, type Table } from '../manifest/toml.ts';
import type { Judged, ManifestFault } from './judged.ts';
import { missingTarget } from './missing-target.ts';

const kinds = { bin: 'binary', test: 'test', example: 'example', bench: 'benchmark' } as const;

type Kind = keyof typeof kinds;

/** What cannot be built as its target's table says. */
export function targetFaults(judged: Judged): readonly ManifestFault[] {
  const { manifest, toml } = judged;
  if (manifest === undefined) return [];
  const all = Object.keys(kinds) as Kind[]; // its keys are known
  return [
    ...all.flatMap((kind) => tablesOf(judged, kind, manifest)),
    ...(toml['lib'] === undefined ? [] : libraryFaults(judged, manifest)),
    ...[...manifest.binaries.keys()].filter((name) => taken.has(name)).map(forbidden),
    ...wholeFaults(manifest),
  ];
}

/** Folders that Cargo makes beside programs. */
const taken = new Set(['deps', 'examples', 'build', 'incremental']);

function forbidden(name: string): ManifestFault {
  return {
    key: 'bin',
    message: `the binary target name \`${name}\` is forbidden, it conflicts with cargo's build directory names`,
  };
}

function tablesOf({ toml, files, folder }: Judged, kind: Kind, manifest: Manifest) {
  const value = toml[kind];
  const tables: readonly Table[] = Array.isArray(value) ? value.filter(isTable) : [];
  const human = kinds[kind];
  const names = tables.map((table) => table['name']);
  return tables.flatMap((table, at): readonly ManifestFault[] => {
    const name = table['name'];
    if (typeof name !== 'string')
      return [{ key: kind, message: `${human} target ${kind}.name is required` }];
    if (names.indexOf(name) < at)
      return [
        {
          key: kind,
          message: `found duplicate ${human} name ${name}, but all ${human} targets must have a unique name`,
        },
      ];
    if (kind === 'bin' && (table['proc-macro'] ?? table['proc_macro']) === true)
      return [
        {
          ...{ key: 'proc-macro', isForgiven: true },
          message: `the target \`${name}\` is a binary and can't have \`proc-macro\` set \`true\``,
        },
      ];
    const types = table['crate-type'] ?? table['crate_type'];
    if (kind === 'bin' && Array.isArray(types) && types.length > 0)
      return [
        {
          ...{ key: 'crate-type', isForgiven: true },
          message: `the target \`${name}\` is a binary and can't have any crate-types set (currently "${types.join(', ')}")`,
        },
      ];
    const lost = manifest.missing.find((one) => one.kind === kind && one.name === name);
    return lost === undefined ? [] : [missingTarget(files, folder, lost)];
  });
}

function libraryFaults(
  { toml, files, folder }: Judged,
  { library, package: fields }: Manifest,
): readonly ManifestFault[] {
  const table = isTable(toml['lib']) ? toml['lib'] : {};
  const name = library?.name ?? '';
  if (name.includes('-'))
    return [{ key: 'lib', message: `library target names cannot contain hyphens: ${name}` }];
  const paths = ['src/lib.rs', ...(fields.edition === '2015' ? [`src/${name}.rs`] : [])];
  if (table['path'] !== undefined || paths.some((path) => files.isFile(`${folder}/${path}`)))
    return [];
  return [
    {
      key: 'lib',
      message: `can't find library \`${name}\`, rename file to \`src/lib.rs\` or specify lib.path`,
    },
  ];
}

function wholeFaults(manifest: Manifest): readonly ManifestFault[] {
  const { library, binaries, tests, examples, benches, buildScript } = manifest;
  const { links, defaultRun } = manifest.package;
  const isEmpty =
    library === undefined && [...binaries, ...tests, ...examples, ...benches].length === 0;
  return [
    ...(isEmpty
      ? [
          {
            key: 'package',
            message: 'no targets specified in the manifest',
            hint: 'either src/lib.rs, src/main.rs, a [lib] section, or [[bin]] section must be present',
          },
        ]
      : []),
    ...(links !== undefined && buildScript === undefined
      ? [
          {
            key: 'links',
            message: `package specifies that it links to \`${links}\` but does not have a custom build script`,
          },
        ]
      : []),
    ...(defaultRun !== undefined && !binaries.has(defaultRun)
      ? [{ key: 'default-run', message: `default-run target \`${defaultRun}\` not found` }]
      : []),
  ];
}
