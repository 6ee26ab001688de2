import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import { isTable, parseToml } from '../../cargo/manifest/toml.ts';
import type { Host } from '../../host/host.ts';
import { findChangelog, sectionOf } from '../../release/changelog.ts';
import { git } from '../../release/source/git-source.ts';
import type { SetupState } from '../../store/setup/setup-state.ts';

export interface ReleaseWish {
  readonly state: SetupState;
  /** Without a `v`. */
  readonly version: string;
  readonly tag: string;
  readonly allowDirty: boolean;
}

/** Something that must hold before a release. */
export interface ReleaseCheck {
  /** What is looked at. */
  readonly name: string;
  /** What was found; an error says what is wrong. */
  readonly look: (host: Host, wish: ReleaseWish) => Promise<Result<string, string>>;
}

export const releaseChecks: readonly ReleaseCheck[] = [
  {
    name: 'version',
    look: async (_, { state, version }) =>
      state.project.version === version
        ? ok(`meson.build says ${version}`)
        : err(`meson.build says version ${state.project.version}, not ${version}`),
  },
  {
    name: 'other manifests',
    look: async (host, { state, version }) => manifests(host, state.sourceRoot, version),
  },
  {
    name: 'changelog',
    look: async ({ files }, { state, version }) => {
      const path = findChangelog(files, state.sourceRoot);
      if (path === undefined) return err('there is no changelog (CHANGELOG.md)');
      const text = files.readText(`${state.sourceRoot}/${path}`);
      const section = text.ok ? sectionOf(text.value, version) : undefined;
      if (section === undefined) return err(`${path} has no section for ${version}`);
      return section === ''
        ? err(`${path} says nothing of ${version}`)
        : ok(`${path} tells of ${version} in ${section.split('\n').length} lines`);
    },
  },
  {
    name: 'work tree',
    look: async (host, { state, allowDirty }) => {
      const status = await git(host, state.sourceRoot, 'status', '--porcelain');
      if (!status.ok) return status;
      const changed = status.value
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('??'));
      if (changed.length > 0 && !allowDirty)
        return err(
          `there are changes that are not committed: ${changed.map((each) => each.slice(3)).join(', ')}`,
        );
      return ok('everything is committed');
    },
  },
  {
    name: 'branch',
    look: async (host, { state }) => {
      const branch = await git(
        host,
        state.sourceRoot,
        'symbolic-ref',
        '--short',
        '--quiet',
        'HEAD',
      );
      return branch.ok ? ok(`on ${branch.value.trim()}`) : err('no branch is checked out');
    },
  },
  {
    name: 'tag',
    look: async (host, { state, tag }) => {
      const valid = await git(host, state.sourceRoot, 'check-ref-format', `refs/tags/${tag}`);
      if (!valid.ok || tag.startsWith('-')) return err(`'${tag}' cannot be the name of a tag`);
      const placed = await taggedAs(host, state.sourceRoot, tag);
      if (placed === 'elsewhere') return err(`the tag ${tag} exists, at another commit`);
      return ok(placed === 'here' ? `${tag} is at this commit already` : `${tag} is free`);
    },
  },
];

/** Where a tag is. */
export async function taggedAs(
  host: Host,
  folder: string,
  tag: string,
): Promise<'nowhere' | 'here' | 'elsewhere'> {
  const tagged = await git(
    host,
    folder,
    'rev-parse',
    '--quiet',
    '--verify',
    `refs/tags/${tag}^{commit}`,
  );
  if (!tagged.ok) return 'nowhere';
  const head = await git(host, folder, 'rev-parse', 'HEAD');
  return head.ok && head.value === tagged.value ? 'here' : 'elsewhere';
}

/** Tags are named as those before. */
export async function usualTag(
  host: Host,
  folder: string,
  { name, version }: { readonly name: string; readonly version: string },
): Promise<string> {
  const listed = await git(host, folder, 'tag', '--list', '--sort=-creatordate');
  const last = (listed.ok ? listed.value : '')
    .split('\n')
    .find((tag) => /^(v|.*-)?\d+(\.\d+)*$/.test(tag));
  const prefix = last === undefined ? 'v' : /^(.*?)\d+(\.\d+)*$/.exec(last)?.[1];
  return prefix === `${name}-` ? `${name}-${version}` : `${prefix ?? 'v'}${version}`;
}

/** Versions that other tools read must be the same. */
function manifests({ files }: Host, sourceRoot: string, version: string): Result<string, string> {
  const found: string[] = [];
  for (const name of ['Cargo.toml', 'package.json', 'pyproject.toml']) {
    const path = posix.join(sourceRoot, name);
    const text = files.readText(path);
    const said = text.ok ? versionIn(name, text.value) : undefined;
    if (said === undefined || said === '0.0.0') continue;
    if (said !== version) return err(`${name} says version ${said}, not ${version}`);
    found.push(name);
  }
  return ok(found.length === 0 ? 'none that says a version' : `${found.join(' and ')} agree`);
}

function versionIn(name: string, text: string): string | undefined {
  if (name.endsWith('.json')) {
    const [, version] = /"version"\s*:\s*"([^"]+)"/.exec(text) ?? [];
    return version;
  }
  const toml = parseToml({ path: name, text });
  if (!toml.ok) return undefined;
  const workspace = toml.value['workspace'];
  const tables = [
    toml.value['package'],
    toml.value['project'],
    isTable(workspace) ? workspace['package'] : undefined,
  ];
  return tables
    .map((table) => (isTable(table) ? table['version'] : undefined))
    .find((each) => typeof each === 'string');
}
