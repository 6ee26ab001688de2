import type { CrateTarget, Manifest } from '../manifest/manifest.ts';
import { usualFolders } from '../manifest/targets.ts';
import { isTable, type Table } from '../manifest/toml.ts';
import type { Judged, ManifestFault } from './judged.ts';

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
  const targets = targetsOf(manifest, kind);
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
          key: 'proc-macro',
          message: `the target \`${name}\` is a binary and can't have \`proc-macro\` set \`true\``,
        },
      ];
    const types = table['crate-type'] ?? table['crate_type'];
    if (kind === 'bin' && Array.isArray(types) && types.length > 0)
      return [
        {
          key: 'crate-type',
          message: `the target \`${name}\` is a binary and can't have any crate-types set (currently "${types.join(', ')}")`,
        },
      ];
    const found = targets.find((target) => target.name === name);
    const isSaid = typeof table['path'] === 'string';
    const isMain = kind === 'bin' && found?.path === 'src/main.rs';
    const isThere =
      found !== undefined &&
      files.isFile(`${folder}/${found.path}`) &&
      // The oldest edition has more places to look at.
      (!isMain || name === manifest.package.name || manifest.package.edition === '2015');
    if (isSaid || isThere) return [];
    const usual = `${usualFolders[kind]}/${name}`;
    const wrong = kind === 'bin' ? 'src/bins' : kind;
    const astray = [`${name}.rs`, `${name}/main.rs`].find((path) =>
      files.isFile(`${folder}/${wrong}/${path}`),
    );
    if (astray !== undefined)
      return [
        {
          ...{ key: 'name', value: name },
          message: `can't find \`${name}\` ${kind} at default paths, but found a file at \`${wrong}/${astray}\`.`,
          hint: `Perhaps rename the file to \`${usualFolders[kind]}/${astray}\` for target auto-discovery, or specify ${kind}.path if you want to use a non-default path.`,
        },
      ];
    return [
      {
        ...{ key: 'name', value: name },
        message: `can't find \`${name}\` ${kind} at \`${usual}.rs\` or \`${usual}/main.rs\`. Please specify ${kind}.path if you want to use a non-default path.`,
      },
    ];
  });
}

function targetsOf(manifest: Manifest, kind: Kind): readonly CrateTarget[] {
  switch (kind) {
    case 'bin':
      return [...manifest.binaries.values()];
    case 'test':
      return manifest.tests;
    case 'example':
      return manifest.examples;
    case 'bench':
      return manifest.benches;
  }
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
