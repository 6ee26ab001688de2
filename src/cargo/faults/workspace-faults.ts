import { posix } from 'node:path';
import { lintLevels } from '../manifest/lints.ts';
import { expandMember, isGlob } from '../manifest/member-glob.ts';
import { isTable, type Table } from '../manifest/toml.ts';
import type { Judged, ManifestFault } from './judged.ts';

const ofPackages = [
  ...['lib', 'bin', 'example', 'test', 'bench', 'features', 'target', 'lints', 'badges'],
  ...['dependencies', 'dev-dependencies', 'build-dependencies'],
];

/** What a workspace says of itself and a package of its workspace. */
export function workspaceFaults(judged: Judged): readonly ManifestFault[] {
  const { toml } = judged;
  const table = isTable(toml['workspace']) ? toml['workspace'] : undefined;
  const fields = isTable(toml['package']) ? toml['package'] : undefined;
  return [
    ...[fields?.['resolver'], table?.['resolver']].filter(isOddResolver).map((said) => ({
      key: 'resolver',
      message: `\`resolver\` setting \`${said}\` is not valid, valid options are "1", "2" or "3"`,
    })),
    ...(fields?.['resolver'] !== undefined && table?.['resolver'] !== undefined
      ? [
          {
            key: 'resolver',
            message: 'cannot specify `resolver` field in both `[workspace]` and `[package]`',
          },
        ]
      : []),
    ...(fields?.['workspace'] !== undefined && table !== undefined
      ? [
          {
            key: 'workspace',
            message:
              'cannot configure both `package.workspace` and `[workspace]`, only one can be specified',
          },
        ]
      : []),
    ...(fields === undefined
      ? ofPackages
          .filter((key) => toml[key] !== undefined)
          .map((key) => ({
            key,
            message: `this virtual manifest specifies a \`${key}\` section, which is not allowed`,
          }))
      : []),
    ...(table === undefined || !judged.isRoot ? [] : memberFaults(judged, table)),
    ...lintFaults(judged),
  ];
}

function isOddResolver(said: unknown): boolean {
  return said !== undefined && said !== '1' && said !== '2' && said !== '3';
}

function memberFaults({ files, workspace }: Judged, table: Table): readonly ManifestFault[] {
  const { root, members } = workspace;
  const listed = (key: string): readonly string[] => {
    const value = table[key];
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  };
  const none = listed('members').filter(
    (path) => isGlob(path) && expandMember(files, root, path).length === 0,
  );
  const folders = (key: string): readonly string[] =>
    listed(key)
      .flatMap((path) => expandMember(files, root, path))
      .map((path) => posix.resolve(root, path));
  // What is listed and no member is left out, and need not be a package.
  const known = new Set([...members.keys(), ...folders('members')]);
  const strangers = folders('default-members').filter((folder) => !known.has(folder));
  return [
    ...none.map((path) => ({
      key: 'members',
      message: `failed to load manifest for workspace member \`${root}/${path}\``,
      hint: 'No folder is there of which this could be meant.',
    })),
    ...strangers.map((folder) => ({
      key: 'default-members',
      message: `package \`${folder}\` is listed in default-members but is not a member`,
    })),
  ];
}

function lintFaults({ toml, workspace, isRoot }: Judged): readonly ManifestFault[] {
  const own = isTable(toml['lints']) ? toml['lints'] : {};
  const shared = isTable(workspace.rootToml['workspace'])
    ? workspace.rootToml['workspace']['lints']
    : undefined;
  const isTaken = own['workspace'] === true;
  return [
    ...(isTaken && shared === undefined
      ? [
          {
            key: 'lints',
            message: "error inheriting `lints` from workspace root manifest's `workspace.lints`",
            hint: '`workspace.lints` was not defined',
          },
        ]
      : []),
    ...(isTaken && Object.keys(own).length > 1
      ? [
          {
            key: 'lints',
            message:
              'cannot override `workspace.lints` in `lints`, either remove the overrides or `lints.workspace = true` and manually specify the lints',
          },
        ]
      : []),
    ...prefixed(own),
    ...(isRoot && isTable(shared) ? [...prefixed(shared), ...oddLevels(shared)] : []),
  ];
}

/** The tool is said by the table. */
function prefixed(lints: Table): readonly ManifestFault[] {
  return Object.entries(lints).flatMap(([tool, table]) =>
    Object.keys(isTable(table) ? table : {})
      .filter((name) => name.includes('::'))
      .map((name) => ({
        key: name,
        message: `\`lints.${tool}.${name}\` is not ${wayOut(tool, name)}`,
      })),
  );
}

/** Of those that a package takes, whoever reads them tells. */
function oddLevels(lints: Table): readonly ManifestFault[] {
  return Object.values(lints).flatMap((table) =>
    Object.entries(isTable(table) ? table : {}).flatMap(([name, said]) => {
      const level = isTable(said) ? said['level'] : said;
      if (typeof level !== 'string' || lintLevels.some((one) => one === level)) return [];
      const known = lintLevels.map((one) => `\`${one}\``).join(', ');
      return [{ key: name, message: `unknown variant \`${level}\`, expected one of ${known}` }];
    }),
  );
}

function wayOut(tool: string, name: string): string {
  const [own = ''] = name.split('::', 1);
  return own === tool || (tool === 'rust' && lintTools.has(own))
    ? `valid lint name; try \`lints.${name.replace('::', '.')}\``
    : 'a valid lint name';
}

const lintTools: ReadonlySet<string> = new Set(['cargo', 'clippy', 'rust', 'rustdoc']);
