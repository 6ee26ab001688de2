import { Random } from '../fuzz/random.ts';
import { nameOf, sourcesOf, targetFolders } from './random-sources.ts';

/** A workspace that nobody wrote, and words for commands that it can be given. */
export interface RandomWorkspace {
  readonly files: ReadonlyMap<string, string>;
  readonly packages: readonly RandomPackage[];
  /** Names of profiles beside the usual ones. */
  readonly profiles: readonly string[];
  /** Whether its root is a package, too. */
  readonly hasRootPackage: boolean;
}

export interface RandomPackage {
  readonly name: string;
  readonly folder: string;
  readonly version: string;
  readonly edition: string;
  readonly kind: 'lib' | 'proc-macro' | 'cdylib' | 'staticlib' | 'dylib' | 'none';
  readonly features: ReadonlyMap<string, readonly string[]>;
  /** Those of tests are added when all packages are there. */
  readonly dependencies: RandomDependency[];
  readonly hasScript: boolean;
  readonly links: string | undefined;
  /** What its build script says beside the usual. */
  readonly directives: readonly string[];
  readonly bins: readonly string[];
  readonly others: readonly {
    readonly kind: 'example' | 'test' | 'bench';
    readonly requires: string;
  }[];
  readonly isMember: boolean;
  /** Others need it from a registry, and `[patch]` puts it in the place of that. */
  readonly isPatched: boolean;
}

export interface RandomDependency {
  readonly key: string;
  readonly to: RandomPackage;
  readonly kind: 'dependencies' | 'dev-dependencies' | 'build-dependencies';
  readonly platform: string;
  readonly optional: boolean;
  readonly features: readonly string[];
  readonly withDefault: boolean;
  readonly isShared: boolean;
}

const platforms = [
  ...[
    '',
    '',
    '',
    '',
    '',
    'cfg(unix)',
    'cfg(windows)',
    'cfg(not(windows))',
    'cfg(target_os = "linux")',
  ],
  ...['cfg(all(unix, not(target_arch = "wasm32")))', 'x86_64-unknown-linux-gnu', 'cfg(any())'],
] as const;

/** What build scripts may say anywhere. */
const directives = [
  ...['rustc-link-arg=-Wl,--as-needed', 'rustc-link-search=native=/usr/lib', 'rustc-link-lib=m'],
  ...['rustc-flags=-l m', 'rustc-link-arg-cdylib=-Wl,-z,now', 'rustc-link-lib=dylib=c'],
  ...[
    'rustc-cfg=other=\\"one\\"',
    'rustc-check-cfg=cfg(other, values(any()))',
    'rustc-env=ONE=a=b c',
  ],
  ...['rerun-if-env-changed=NOBODY_SETS', 'warning=told', 'metadata=key=value', 'anything=at all'],
] as const;

/** The workspace of a seed: the same on every machine. */
export function randomWorkspace(seed: number): RandomWorkspace {
  const random = new Random(seed);
  const count = 4 + random.below(8);
  const packages: RandomPackage[] = [];
  // What comes later needs what is there already.
  for (let at = 0; at < count; at++) packages.push(randomPackage(random, at, packages));
  addBackwards(random, packages);
  const hasRootPackage = random.oneIn(3);
  const all = hasRootPackage
    ? [...packages, { ...randomPackage(random, count, packages), folder: '.', isMember: true }]
    : packages;
  const profiles = random.oneIn(3) ? ['odd'] : [];
  const files = new Map<string, string>();
  const resolver = random.of(['1', '2', '2', '3', '']) ?? '';
  const root = rootManifest(random, { packages: all, profiles, resolver });
  for (const one of all) {
    const own = manifestOf(random, one);
    const path = one.folder === '.' ? 'Cargo.toml' : `${one.folder}/Cargo.toml`;
    files.set(path, one.folder === '.' ? `${own}${root}` : own);
    for (const [name, text] of sourcesOf(one))
      files.set(one.folder === '.' ? name : `${one.folder}/${name}`, text);
  }
  if (!hasRootPackage) files.set('Cargo.toml', root);
  return { files, packages: all, profiles, hasRootPackage };
}

/** Tests may need what needs their package. */
function addBackwards(random: Random, packages: readonly RandomPackage[]): void {
  const usable = packages.filter(
    ({ kind, isMember }) => isMember && (kind === 'lib' || kind === 'proc-macro'),
  );
  for (const from of usable) {
    const to = random.oneIn(4) ? random.of(usable) : undefined;
    if (to === undefined || to === from || from.dependencies.some(({ key }) => key === to.name))
      continue;
    if (from.dependencies.some((one) => one.to === to)) continue;
    const features = random.some([...to.features.keys()], 4);
    from.dependencies.push({
      ...{ key: to.name, to, kind: 'dev-dependencies', platform: '', optional: false, features },
      ...{ withDefault: !random.oneIn(3), isShared: false },
    });
  }
}

function randomPackage(
  random: Random,
  at: number,
  before: readonly RandomPackage[],
): RandomPackage {
  // Two of one name are of two versions.
  const twin = random.oneIn(8) ? random.of(before) : undefined;
  const isTwin =
    twin !== undefined && !before.some((one) => one !== twin && one.name === twin.name);
  const name = isTwin ? twin.name : `p${at}${random.oneIn(3) ? '-x' : ''}`;
  const kind = random.of([
    ...([
      'lib',
      'lib',
      'lib',
      'lib',
      'lib',
      'lib',
      'proc-macro',
      'cdylib',
      'staticlib',
      'dylib',
      'none',
    ] as const),
  ]);
  const dependencies = randomDependencies(random, { name, before }).map((one) => ({
    ...one,
    // Only members inherit.
    isShared: one.isShared && !isTwin,
  }));
  const features = randomFeatures(random, dependencies);
  const names = [...features.keys()].filter((one) => one !== 'default');
  const hasScript = random.oneIn(3);
  return {
    ...{ name, folder: `crates/c${at}`, version: isTwin ? '2.0.0' : '1.0.0' },
    edition: random.of(['2015', '2018', '2021', '2021', '2024']) ?? '2021',
    kind: kind ?? 'lib',
    ...{ features, dependencies, hasScript },
    links: hasScript && random.oneIn(2) ? `n${at}` : undefined,
    directives: hasScript ? random.some(directives, 5) : [],
    bins: kind === 'none' || random.oneIn(3) ? [`b${at}`] : [],
    others: (['example', 'test', 'bench'] as const).flatMap((each) =>
      random.oneIn(3)
        ? [{ kind: each, requires: random.oneIn(2) ? (random.of(names) ?? '') : '' }]
        : [],
    ),
    isMember: !isTwin,
    isPatched: !isTwin && kind === 'lib' && random.oneIn(8),
  };
}

function randomDependencies(
  random: Random,
  { name, before }: { readonly name: string; readonly before: readonly RandomPackage[] },
): RandomDependency[] {
  const found: RandomDependency[] = [];
  const keys = new Map<RandomPackage, string>();
  for (const to of before) {
    if (to.kind === 'none' || to.kind === 'cdylib' || to.kind === 'staticlib' || to.name === name)
      continue;
    if (!random.oneIn(before.length > 5 ? 3 : 2)) continue;
    const taken = [...keys.values()];
    const isRenamed = random.oneIn(5) || taken.includes(to.name);
    const key = isRenamed ? `r${to.folder.replace(/\D/g, '')}` : to.name;
    keys.set(to, key);
    const kinds = [
      'dependencies',
      'dependencies',
      'dependencies',
      'dev-dependencies',
      'build-dependencies',
    ] as const;
    for (let times = random.oneIn(4) ? 2 : 1; times > 0; times--) {
      const kind = random.of(kinds) ?? 'dependencies';
      const platform = random.of(platforms) ?? '';
      if (found.some((one) => one.key === key && one.kind === kind && one.platform === platform))
        continue;
      const optional = kind !== 'dev-dependencies' && random.oneIn(3);
      const features = random.some([...to.features.keys()], 4);
      found.push({
        ...{ key, to, kind, platform, optional, features, withDefault: !random.oneIn(3) },
        isShared: key === to.name && to.isMember && random.oneIn(6),
      });
    }
  }
  return found;
}

function randomFeatures(
  random: Random,
  dependencies: readonly RandomDependency[],
): ReadonlyMap<string, readonly string[]> {
  const features = new Map<string, readonly string[]>();
  const implicit = new Set(dependencies.filter(({ optional }) => optional).map(({ key }) => key));
  const hidden = [...implicit].filter(() => random.oneIn(2));
  const items = dependencies
    .filter(({ kind }) => kind !== 'dev-dependencies')
    .flatMap(({ key, to, optional }) => {
      const feature = random.of([...to.features.keys()]);
      if (feature === undefined) return [];
      return [`${key}/${feature}`, ...(optional ? [`${key}?/${feature}`] : [])];
    });
  const known: string[] = [...implicit].filter((key) => !hidden.includes(key));
  for (let at = 0; at < 1 + random.below(4); at++) {
    const own = [
      ...random.some(known, 3),
      ...random.some(items, 4),
      ...random.some(
        hidden.map((key) => `dep:${key}`),
        3,
      ),
    ];
    features.set(`f${at}`, own);
    known.push(`f${at}`);
  }
  // What nobody says with `dep:` is a feature of its own name.
  const said = [...features.values()].flat();
  for (const key of hidden)
    if (!said.includes(`dep:${key}`))
      features.set('f0', [...(features.get('f0') ?? []), `dep:${key}`]);
  if (random.oneIn(2)) features.set('default', random.some(known, 2));
  return features;
}

function quoted(list: readonly string[]): string {
  return `[${list.map((one) => `"${one}"`).join(', ')}]`;
}

function placeOf({ isPatched }: RandomPackage, path: string): string {
  return isPatched ? 'version = "1"' : `path = "${path}"`;
}

function relative(from: string, to: string): string {
  if (from === '.') return to;
  return to === '.' ? '../..' : `../${to.slice('crates/'.length)}`;
}

function manifestOf(random: Random, one: RandomPackage): string {
  const { name, version, edition, kind, features, dependencies, links, folder, others, isMember } =
    one;
  const lines = [
    '[package]',
    `name = "${name}"`,
    `version = "${version}"`,
    `edition = "${edition}"`,
  ];
  if (links !== undefined) lines.push(`links = "${links}"`);
  if (isMember && random.oneIn(2)) lines.push('description.workspace = true');
  if (isMember && random.oneIn(4)) lines.push('[lints]', 'workspace = true');
  if (kind === 'proc-macro') lines.push('[lib]', 'proc-macro = true');
  else if (kind === 'cdylib') lines.push('[lib]', 'crate-type = ["cdylib", "rlib"]');
  else if (kind === 'staticlib' || kind === 'dylib')
    lines.push('[lib]', `crate-type = ["${kind}"]`);
  else if (kind === 'lib' && random.oneIn(6)) lines.push('[lib]', 'doctest = false');
  for (const { kind: each, requires } of others)
    if (requires !== '')
      lines.push(
        `[[${each}]]`,
        `name = "${nameOf(each, one)}"`,
        `path = "${targetFolders[each]}/${nameOf(each, one)}.rs"`,
        `required-features = ["${requires}"]`,
      );
  lines.push('[features]');
  for (const [feature, items] of features) lines.push(`${feature} = ${quoted(items)}`);
  for (const dependency of dependencies) lines.push(...linesOf(dependency, folder));
  return `${lines.join('\n')}\n`;
}

function linesOf(dependency: RandomDependency, folder: string): readonly string[] {
  const { key, to, kind, platform, optional, features, withDefault, isShared } = dependency;
  const table = platform === '' ? kind : `target.'${platform}'.${kind}`;
  return [
    `[${table}.${key}]`,
    ...(isShared ? ['workspace = true'] : [placeOf(to, relative(folder, to.folder))]),
    ...(key === to.name ? [] : [`package = "${to.name}"`]),
    ...(optional ? ['optional = true'] : []),
    ...(withDefault || isShared ? [] : ['default-features = false']),
    ...(features.length > 0 ? [`features = ${quoted(features)}`] : []),
  ];
}

function rootManifest(
  random: Random,
  {
    packages,
    profiles,
    resolver,
  }: {
    readonly packages: readonly RandomPackage[];
    readonly profiles: readonly string[];
    readonly resolver: string;
  },
): string {
  const members = packages.filter(({ isMember, folder }) => isMember && folder !== '.');
  const beside = packages.filter(({ isMember }) => !isMember);
  const chosen = random.oneIn(3) ? random.some(members, 2) : [];
  const lines = ['[workspace]', `members = ${quoted(members.map(({ folder }) => folder))}`];
  if (beside.length > 0) lines.push(`exclude = ${quoted(beside.map(({ folder }) => folder))}`);
  if (chosen.length > 0)
    lines.push(`default-members = ${quoted(chosen.map(({ folder }) => folder))}`);
  if (resolver !== '') lines.push(`resolver = "${resolver}"`);
  lines.push('[workspace.package]', 'description = "shared"');
  lines.push(
    '[workspace.lints.rust]',
    'unused_variables = "allow"',
    'unused = { level = "allow", priority = -1 }',
  );
  lines.push('[workspace.dependencies]');
  const shared = new Map(
    packages
      .flatMap(({ dependencies }) => dependencies.filter(({ isShared }) => isShared))
      .map(({ to }) => [to.name, to]),
  );
  for (const [name, to] of shared) {
    const more = random.oneIn(3) ? ', default-features = false' : '';
    lines.push(
      `${name} = { ${placeOf(to, to.folder)}${more}, features = ${quoted(random.some([...to.features.keys()], 5))} }`,
    );
  }
  lines.push('[patch.crates-io]');
  for (const { name, folder, isPatched } of packages)
    if (isPatched) lines.push(`${name} = { path = "${folder}" }`);
  for (const profile of ['dev', 'release', 'test', 'bench', ...profiles]) {
    if (profile !== 'odd' && !random.oneIn(4)) continue;
    lines.push(...profileLines(random, profile, packages));
  }
  return `${lines.join('\n')}\n`;
}

function profileLines(
  random: Random,
  name: string,
  packages: readonly RandomPackage[],
): readonly string[] {
  const settings = (isPart: boolean): readonly string[] =>
    random
      .some(
        [
          ...[
            'opt-level = 1',
            'opt-level = "s"',
            'debug = 1',
            'debug = "line-tables-only"',
            'strip = true',
          ],
          ...[
            'debug-assertions = false',
            'overflow-checks = true',
            'codegen-units = 3',
            'incremental = false',
          ],
          ...(isPart ? [] : ['panic = "abort"', 'lto = "thin"', 'lto = "off"', 'rpath = true']),
        ],
        5,
      )
      .filter(
        (line, at, all) => all.findIndex((one) => one.split(' ')[0] === line.split(' ')[0]) === at,
      );
  const lines = [
    `[profile.${name}]`,
    ...(name === 'odd' ? [`inherits = "${random.of(['dev', 'release', 'test'])}"`] : []),
  ];
  lines.push(...settings(false));
  if (random.oneIn(2)) lines.push(`[profile.${name}.build-override]`, ...settings(true));
  if (random.oneIn(2)) lines.push(`[profile.${name}.package."*"]`, ...settings(true));
  const one = random.of(
    packages.filter(({ name: of }) => packages.filter((each) => each.name === of).length === 1),
  );
  if (one !== undefined && random.oneIn(2))
    lines.push(`[profile.${name}.package.${one.name}]`, ...settings(true));
  return lines;
}
