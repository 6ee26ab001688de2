import { describe, expect, test } from 'vitest';
import { cargoConfig } from '../../src/cargo/config/cargo-config.ts';
import { configValue, noConfig } from '../../src/cargo/config/config-value.ts';
import { manifestFaults } from '../../src/cargo/faults/manifest-faults.ts';
import type { Table } from '../../src/cargo/manifest/toml.ts';
import { loadWorkspace } from '../../src/cargo/units/packages/load-workspace.ts';
import { writtenManifests } from '../../src/cargo/units/packages/written-manifest.ts';
import { MemoryHost } from '../support/memory-host.ts';

const fields = 'name = "own"\nversion = "1.0.0"\nedition = "2021"\n';

/** What Cargo would refuse of a workspace. */
function faults(files: Readonly<Record<string, string>>): readonly string[] {
  const { files: world } = new MemoryHost(files);
  const workspace = loadWorkspace(world, '/project');
  if (!workspace.ok) return workspace.error.map(({ message }) => message);
  const manifests = writtenManifests(world, workspace.value);
  return manifestFaults(world, manifests, { workspace: workspace.value }).map(
    ({ message }) => message,
  );
}

/** Of a package with a library and a program, and what else its manifest says. */
function said(more: string, others: Readonly<Record<string, string>> = {}): readonly string[] {
  return faults({
    'Cargo.toml': `[package]\n${fields}${more}`,
    ...{ 'src/lib.rs': '', 'src/main.rs': '' },
    'dep/Cargo.toml': '[package]\nname = "dep"\nversion = "1.0.0"\n',
    'dep/src/lib.rs': '',
    ...others,
  });
}

test.each([
  ['version = "x"', '`x` is no version'],
  ['version = "1.2"', '`1.2` is no version'],
  ['version = "01.2.3"', '`01.2.3` is no version'],
  [
    'edition = "x"',
    'supported edition values are `2015`, `2018`, `2021`, `2024`, or `future`, but `x` is unknown',
  ],
])('a package with %s is refused', (field, message) => {
  const others = field.startsWith('version') ? 'edition = "2021"' : 'version = "1.0.0"';
  const manifest = `[package]\nname = "own"\n${others}\n${field}\n`;
  expect(faults({ 'Cargo.toml': manifest, 'src/lib.rs': '' })).toEqual([message]);
});

test.each(['1.0.0-rc.1', '0.9.0+build.7', '1.2.3-a-b+c.d'])('%s is a version', (version) => {
  const manifest = `[package]\nname = "own"\nversion = "${version}"\nedition = "2027"\n`;
  expect(faults({ 'Cargo.toml': manifest, 'src/lib.rs': '' })).toEqual([]);
});

test('a registry that no configuration names is refused, also where members inherit it', () => {
  const { files } = new MemoryHost({
    'Cargo.toml':
      `[package]\n${fields}[dependencies]\na = { version = "1", registry = "ours" }\nb = { version = "1", registry = "odd" }\n` +
      'c.workspace = true\n[workspace.dependencies]\nc = { version = "1", registry = "gone" }\nd = { version = "1", registry = "idle" }\n',
    'src/lib.rs': '',
  });
  const workspace = loadWorkspace(files, '/project');
  if (!workspace.ok) throw new Error('no workspace');
  const root = configValue({ registries: { ours: { index: 'x' } } }, '/');
  const { knowsRegistry } = cargoConfig({
    root: root ?? noConfig,
    variables: { CARGO_REGISTRIES_MORE_THINGS_INDEX: 'y' },
    folder: '/',
  });
  const found = manifestFaults(files, writtenManifests(files, workspace.value), {
    workspace: workspace.value,
    knowsRegistry,
  });
  const odd = (name: string) => `registry index was not found in any configuration: \`${name}\``;
  expect(
    found.map(({ message, place }) => [message, place?.source.text[place.span.start]]),
  ).toEqual([
    [odd('odd'), 'b'],
    [odd('gone'), 'c'],
  ]);
  expect(['crates-io', 'more-things'].map(knowsRegistry)).toEqual([true, true]);
});

test('a level of lints that is none is refused where the workspace says it', () => {
  const lints =
    '[workspace.lints.rust]\nunused = "bad"\nother = { level = "odd" }\nmore = "warn"\n';
  expect(said(lints)).toEqual(
    ['bad', 'odd'].map(
      (level) =>
        `unknown variant \`${level}\`, expected one of \`forbid\`, \`deny\`, \`warn\`, \`allow\``,
    ),
  );
});

describe.each<readonly [string, readonly (readonly [more: string, message: string])[]]>([
  [
    'targets',
    [
      ['[[bin]]\npath = "src/main.rs"\n', 'binary target bin.name is required'],
      ['[[bench]]\npath = "src/main.rs"\n', 'benchmark target bench.name is required'],
      [
        '[[bin]]\nname = "z"\npath = "a.rs"\n[[bin]]\nname = "z"\npath = "b.rs"\n',
        'found duplicate binary name z, but all binary targets must have a unique name',
      ],
      [
        '[[bin]]\nname = "z"\n',
        "can't find `z` bin at `src/bin/z.rs` or `src/bin/z/main.rs`. Please specify bin.path if you want to use a non-default path.",
      ],
      [
        '[[bin]]\nname = "z"\npath = "src/main.rs"\ncrate-type = ["lib"]\n',
        'the target `z` is a binary and can\'t have any crate-types set (currently "lib")',
      ],
      [
        '[[bin]]\nname = "build"\npath = "src/main.rs"\n',
        "the binary target name `build` is forbidden, it conflicts with cargo's build directory names",
      ],
      [
        '[[bin]]\nname = "z"\npath = "src/main.rs"\nproc-macro = true\n',
        "the target `z` is a binary and can't have `proc-macro` set `true`",
      ],
      ['[lib]\nname = "x-y"\n', 'library target names cannot contain hyphens: x-y'],
      [
        'links = "z"\n',
        'package specifies that it links to `z` but does not have a custom build script',
      ],
      ['default-run = "z"\n', 'default-run target `z` not found'],
      ['autolib = false\nautobins = false\n', 'no targets specified in the manifest'],
    ],
  ],
  [
    'features',
    [
      [
        '[features]\nf = ["g"]\n',
        'feature `f` includes `g` which is neither a dependency nor another feature',
      ],
      [
        '[features]\nf = ["dep:g"]\n',
        'feature `f` includes `dep:g`, but `g` is not listed as a dependency',
      ],
      [
        '[features]\nf = ["dep"]\n[dependencies]\ndep = { path = "dep" }\n',
        'feature `f` includes `dep`, but `dep` is not an optional dependency',
      ],
      [
        '[features]\nf = ["dep?/x"]\n[dependencies]\ndep = { path = "dep" }\n',
        'feature `f` includes `dep?/x` with a `?`, but `dep` is not an optional dependency',
      ],
      ['[features]\nf = ["g/h"]\n', 'feature `f` includes `g/h`, but `g` is not a dependency'],
      [
        '[features]\nf = ["dep:dep"]\ng = ["dep"]\n[dependencies]\ndep = { path = "dep", optional = true }\n',
        'feature `g` includes `dep`, but `dep` is an optional dependency without an implicit feature',
      ],
      [
        '[features]\ndep = []\n[dependencies]\ndep = { path = "dep", optional = true }\n',
        'optional dependency `dep` is not included in any feature',
      ],
      [
        '[dev-dependencies]\ndep = { path = "dep", optional = true }\n',
        'dev-dependencies are not allowed to be optional: `dep`',
      ],
      [
        '[features]\n"a/b" = []\n',
        'invalid character `/` in feature name: `a/b`, feature name is not allowed to contain slashes',
      ],
      [
        '[features]\n"+a" = []\n',
        'invalid character `+` in feature name: `+a`, the first character must be a Unicode XID start character or digit (most letters or `_` or `0` to `9`)',
      ],
      [
        '[features]\nf = ["dep:dep/x"]\n[dependencies]\ndep = { path = "dep" }\n',
        'feature `f` includes `dep:dep/x` with both `dep:` and `/`',
      ],
      [
        '[[bin]]\nname = "z"\npath = "src/main.rs"\nrequired-features = ["dep:dep"]\n',
        'invalid feature `dep:dep` in required-features of target `z`: `dep:` prefixed feature values are not allowed in required-features',
      ],
      [
        '[[bin]]\nname = "z"\npath = "src/main.rs"\nrequired-features = ["dep?/x"]\n',
        'invalid feature `dep?/x` in required-features of target `z`: optional dependency with `?` is not allowed in required-features',
      ],
    ],
  ],
  [
    'dependencies',
    [
      [
        '[dependencies]\ndep = { path = "dep", git = "https://x" }\n',
        'dependency (dep) specification is ambiguous. Only one of `git` or `path` is allowed.',
      ],
      [
        '[dependencies]\ndep = { path = "dep", branch = "x" }\n',
        'key `branch` is ignored for dependency (dep).',
      ],
      [
        '[dependencies]\n"b c" = { path = "dep", package = "dep" }\n',
        'invalid character ` ` in package name: `b c`, characters must be Unicode XID characters (numbers, `-`, `_`, or most letters)',
      ],
      ['[dependencies]\ndep = { workspace = false }\n', '`workspace` cannot be false'],
      [
        '[workspace.dependencies]\ndep = { path = "dep", optional = true }\n',
        'dep is optional, but workspace dependencies cannot be optional',
      ],
    ],
  ],
  [
    'types of fields',
    [
      [
        'publish = 3\n',
        'invalid type: integer `3`, expected a boolean, a vector of strings, or workspace',
      ],
      ['keywords = "x"\n', 'invalid type: string "x", expected a vector of strings or workspace'],
      ['build = 3\n', 'invalid type: integer `3`, expected a boolean, string or array'],
      ['build = ["a.rs"]\n', 'feature `multiple-build-scripts` is required'],
      [
        '[workspace.package]\nreadme = 1.5\n',
        'invalid type: floating point `1.5`, expected a boolean or string',
      ],
    ],
  ],
  [
    'patches',
    [
      ['[patch.crates-io]\nfoo = { path = "no" }\n', 'failed to load source for dependency `foo`'],
      [
        '[patch.crates-io]\nfoo = { path = "dep" }\n',
        'patch location `/project/dep` does not contain packages matching `foo`',
      ],
      [
        '[patch.crates-io]\ndep = { path = "dep", lib = true }\n',
        "'lib' specifier cannot be used without an 'artifact = …' value (dep)",
      ],
      [
        '[workspace.dependencies]\ndep = { path = "dep", public = true }\n',
        'dep is public, but workspace dependencies cannot be public',
      ],
      ['[patch.crates-io]\ndep = ""\n', '"" is not a version requirement (of "dep")'],
      [
        '[patch.crates-io]\ndep = {}\n',
        'dependency (dep) specified without providing a local path, Git repository, version, or workspace dependency to use',
      ],
    ],
  ],
  [
    'values of other types',
    [
      ['[lib]\ndoc = 1\n', 'invalid type: integer `1`, expected a boolean'],
      [
        '[[bin]]\nname = "z"\npath = "src/main.rs"\ndoctest = "x"\n',
        'invalid type: string "x", expected a boolean',
      ],
      ['[profile.dev]\nlto = 1\n', 'invalid type: integer `1`, expected a boolean or string'],
      [
        '[[test]]\nname = "t"\npath = "t.rs"\ncrate-type = [1]\n',
        'invalid type: integer `1`, expected a string',
      ],
      ['[workspace.package]\nauthors = "x"\n', 'invalid type: string "x", expected a sequence'],
      [
        '[workspace.lints.rust]\nunsafe_code = { level = "warn", priority = "x" }\n',
        'invalid type: string "x", expected i8',
      ],
      ['im-a-teapot = {}\n', 'invalid type: map, expected a boolean'],
      ['[patch]\ncrates-io = true\n', 'invalid type: boolean `true`, expected a map'],
      [
        '[patch.crates-io]\ndep = 1\n',
        'invalid type: integer `1`, expected a version string like "0.9.8" or a detailed dependency like { version = "0.9.8" }',
      ],
      [
        '[patch.crates-io]\ndep = { git = "file:///x", tag = 1 }\n',
        'invalid type: integer `1`, expected a string',
      ],
      [
        '[replace]\n"dep:1.0.0" = { path = 1.5 }\n',
        'invalid type: floating point `1.5`, expected a string',
      ],
      [
        '[workspace.dependencies]\ndep = { path = "dep", features = "x" }\n',
        'invalid type: string "x", expected a sequence',
      ],
      [
        '[dependencies]\ndep = { path = "dep", base = 1 }\n',
        'invalid type: integer `1`, expected a string',
      ],
    ],
  ],
  [
    'profiles',
    [
      [
        '[profile.dev.package.own]\npanic = "abort"\n',
        '`panic` may not be specified in a `package` profile',
      ],
      [
        '[profile.x]\nopt-level = 1\n',
        'profile `x` is missing an `inherits` directive (`inherits` is required for all profiles except `dev` or `release`)',
      ],
      [
        '[profile.release]\ninherits = "dev"\n',
        '`inherits` must not be specified in root profile `release`',
      ],
      [
        '[profile.x]\ninherits = "x"\n',
        'profile inheritance loop detected with profile `x` inheriting `x`',
      ],
      [
        '[profile.x]\ninherits = "y"\n[profile.z]\ninherits = "x"\n',
        'profile `x` inherits from `y`, but that profile is not defined',
      ],
      [
        '[profile.test]\ninherits = "y"\n',
        'profile `test` inherits from `y`, but that profile is not defined',
      ],
      [
        '[profile."a b"]\ninherits = "dev"\n',
        'invalid character ` ` in profile name: `a b`, allowed characters are letters, numbers, underscore, and hyphen',
      ],
      [
        '[profile.release]\nopt-level = "3"\n',
        'must be `0`, `1`, `2`, `3`, `s` or `z`, but found the string: "3"',
      ],
      [
        '[profile.dev.build-override]\nopt-level = true\n',
        'invalid type: boolean `true`, expected an optimization level',
      ],
      [
        '[profile.dev.package.own]\ndebug = "q"\n',
        'invalid value: string "q", expected a boolean, 0, 1, 2, "none", "limited", "full", "line-tables-only", or "line-directives-only"',
      ],
      ['[profile.dev]\ncodegen-units = "q"\n', 'invalid type: string "q", expected u32'],
      ['[profile.dev]\nincremental = 1\n', 'invalid type: integer `1`, expected a boolean'],
      [
        '[profile.dev]\npanic = "q"\n',
        '`panic` setting of `q` is not a valid setting, must be `unwind`, `abort`, or `immediate-abort`.',
      ],
    ],
  ],
  [
    'workspaces',
    [
      [
        'resolver = "9"\n',
        '`resolver` setting `9` is not valid, valid options are "1", "2" or "3"',
      ],
      [
        'resolver = "2"\n[workspace]\nresolver = "2"\n',
        'cannot specify `resolver` field in both `[workspace]` and `[package]`',
      ],
      [
        '[workspace]\ndefault-members = ["dep"]\n',
        'package `/project/dep` is listed in default-members but is not a member',
      ],
      [
        '[workspace]\nmembers = ["x/*"]\n',
        'failed to load manifest for workspace member `/project/x/*`',
      ],
      [
        '[workspace]\n[lints]\nworkspace = true\n',
        "error inheriting `lints` from workspace root manifest's `workspace.lints`",
      ],
      [
        '[lints.clippy]\n"clippy::all" = "warn"\n',
        '`lints.clippy.clippy::all` is not valid lint name; try `lints.clippy.all`',
      ],
      ['[lints.rust]\nunexpected_cfgs = {}\n', 'missing field `level`'],
      ['[lints.rust]\n"other::all" = "warn"\n', '`lints.rust.other::all` is not a valid lint name'],
      [
        'homepage.workspace = true\n',
        "error inheriting `homepage` from workspace root manifest's `workspace.package.homepage`",
      ],
      ['homepage.workspace = false\n', '`workspace` cannot be false'],
      [
        '[dependencies]\ndep.workspace = true\n',
        "error inheriting `dep` from workspace root manifest's `workspace.dependencies.dep`",
      ],
      [
        'rust-version = "1.50"\n',
        'rust-version 1.50 is incompatible with the version (1.56.0) required by the specified edition (2021)',
      ],
    ],
  ],
])('%s that Cargo refuses are refused in its words', (_, cases) => {
  test.each(cases)('%j', (more, message) => {
    expect(said(more)).toEqual([message]);
  });
});

test('spellings with an underscore are refused from the edition of 2024 on', () => {
  const text = '[lib]\ncrate_type = ["lib"]\n[target.x.dev_dependencies]\n';
  const files = { 'Cargo.toml': `[package]\n${fields}${text}`, 'src/lib.rs': '' };
  expect(faults(files)).toEqual([]);
  const newer = files['Cargo.toml'].replace('2021', '2024');
  expect(faults({ ...files, 'Cargo.toml': newer })).toEqual([
    '`crate_type` is unsupported as of the 2024 edition; instead use `crate-type`\n(in the `own` library target)',
    '`dev_dependencies` is unsupported as of the 2024 edition; instead use `dev-dependencies`\n(in the `x` platform target)',
  ]);
  expect(
    faults({ ...files, 'Cargo.toml': `[project]\n${fields.replace('2021', '2024')}` }),
  ).toEqual(['`[project]` is not supported as of the 2024 Edition, please use `[package]`']);
});

test('what Cargo takes is taken', () => {
  const more = `rust-version = "1.56"
build = true
publish = ["mine"]
readme = false
default-run = "z"
[[bin]]
name = "z"
path = "src/main.rs"
[[test]]
name = "t"
[dependencies]
dep = { path = "dep", optional = true }
[features]
"c++17.x" = ["dep?/x", "dep/y"]
[target.'cfg(unix)'.dev-dependencies]
dep = { path = "dep" }
[dependencies.shared]
workspace = true
git = "https://x"
registry = "idle"
[workspace.dependencies]
shared = { path = "dep", package = "dep" }
[patch.crates-io]
dep = { path = "dep" }
[profile.dev.package."*"]
opt-level = 1
[profile.small]
inherits = "release"
[lints.clippy]
all = "warn"
`;
  expect(said(more, { 'tests/t/main.rs': '' })).toEqual([]);
});

test('a manifest without package has nothing that only packages have', () => {
  const files = {
    'Cargo.toml': '[workspace]\nmembers = ["m"]\n[dependencies]\nm = { path = "m" }\n',
    'm/Cargo.toml': `[package]\n${fields}`,
    'm/src/lib.rs': '',
  };
  expect(faults(files)).toEqual([
    'this virtual manifest specifies a `dependencies` section, which is not allowed',
  ]);
});

test('what Cargo cannot read is refused in a member, too, where it would not count', () => {
  const refused = (more: string) =>
    faults({
      'Cargo.toml': '[workspace]\nmembers = ["m"]\n',
      'm/Cargo.toml': `[package]\n${fields}${more}`,
      'm/src/lib.rs': '',
    });
  expect(refused('[patch.crates-io]\nx = { path = "nowhere" }\n')).toEqual([]);
  expect(refused('[patch]\ncrates-io = 1\n')).toEqual([
    'invalid type: integer `1`, expected a map',
  ]);
  expect(refused('[patch.crates-io]\nx = { path = 1 }\n')).toEqual([
    'invalid type: integer `1`, expected a string',
  ]);
});

test('an old manifest may call its package a project', () => {
  expect(faults({ 'Cargo.toml': `[project]\n${fields}`, 'src/lib.rs': '' })).toEqual([]);
});

test('a package that is not where a path says is told', () => {
  expect(said('[dependencies]\nz = { path = "gone" }\n')).toEqual([
    'failed to load manifest for dependency `z`',
  ]);
});

test('a member that is not there is told where it is listed', () => {
  const { files } = new MemoryHost({ 'Cargo.toml': '[workspace]\nmembers = ["gone"]\n' });
  const workspace = loadWorkspace(files, '/project');
  const [fault] = workspace.ok ? [] : workspace.error;
  expect([fault?.message, fault?.hints[0], fault?.place?.source.path]).toEqual([
    'failed to load manifest for workspace member `/project/gone`',
    '/project/gone/Cargo.toml is not there.',
    '/project/Cargo.toml',
  ]);
});

test('a profile may rest on what the configuration says', () => {
  const { files } = new MemoryHost({
    'Cargo.toml': `[package]\n${fields}[profile.x]\n[profile.y]\ninherits = "z"\n`,
    'src/lib.rs': '',
  });
  const workspace = loadWorkspace(files, '/project');
  if (!workspace.ok) throw new Error('not loaded');
  const manifests = writtenManifests(files, workspace.value);
  const judged = (configured: Table) =>
    manifestFaults(files, manifests, { workspace: workspace.value, configured });
  expect(judged({ x: { inherits: 'dev' }, z: { inherits: 'release' } })).toEqual([]);
  expect(judged({ x: { inherits: 'dev' }, z: {} })).toMatchObject([
    { message: expect.stringContaining('profile `z` is missing an `inherits` directive') },
  ]);
});

test('of several names, that of the target is pointed at which has no source', () => {
  const { files } = new MemoryHost({
    'Cargo.toml': `[package]\n${fields}[[bin]]\nname = "z"\n`,
    'src/lib.rs': '',
  });
  const workspace = loadWorkspace(files, '/project');
  if (!workspace.ok) throw new Error('not loaded');
  const manifests = writtenManifests(files, workspace.value);
  const [fault] = manifestFaults(files, manifests, { workspace: workspace.value });
  const { source, span } = fault?.place ?? {};
  expect(source?.text.slice(span?.start, span?.end)).toBe('"z"');
});

test('default members may be left out of the workspace, and members may lie in what is', () => {
  const files = {
    'Cargo.toml':
      '[workspace]\nmembers = ["a/*", "out/b"]\ndefault-members = ["a/*"]\nexclude = ["a/docs", "out"]\n',
    'a/m/Cargo.toml': `[package]\n${fields}`,
    ...{ 'a/m/src/lib.rs': '', 'a/docs/readme.txt': '' },
    'out/b/Cargo.toml': `[package]\n${fields.replace('own', 'b')}`,
    'out/b/src/lib.rs': '',
  };
  expect(faults(files)).toEqual([]);
  const workspace = loadWorkspace(new MemoryHost(files).files, '/project');
  expect(workspace.ok && [...workspace.value.members.keys()]).toEqual([
    '/project/a/m',
    '/project/out/b',
  ]);
});

test('a file of a target in a folder of a wrong name is pointed at', () => {
  expect(said('[[test]]\nname = "t"\n', { 'test/t.rs': '' })).toEqual([
    "can't find `t` test at default paths, but found a file at `test/t.rs`.",
  ]);
});

test('a workspace has no other workspace among its members', () => {
  const files = {
    'Cargo.toml': '[workspace]\nmembers = ["m"]\n',
    'm/Cargo.toml': `[package]\n${fields}[workspace]\n`,
    'm/src/lib.rs': '',
  };
  expect(faults(files)).toEqual([
    'multiple workspace roots found in the same workspace:\n  /project\n  /project/m',
  ]);
});

test('the edition of 2015 finds sources that are named after their targets', () => {
  const targets = (edition: string) =>
    `[package]\n${fields.replace('2021', edition)}[lib]\nname = "x"\n[[bin]]\nname = "z"\n[[bench]]\nname = "bench"\n`;
  const files = { 'src/x.rs': '', 'src/main.rs': '', 'src/bench.rs': '' };
  const text = targets('2015');
  const workspace = loadWorkspace(
    new MemoryHost({ ...files, 'Cargo.toml': text }).files,
    '/project',
  );
  const manifest = workspace.ok ? workspace.value.members.get('/project')?.manifest : undefined;
  expect(manifest?.library?.path).toBe('src/x.rs');
  expect(manifest?.binaries.get('z')?.path).toBe('src/main.rs');
  expect(manifest?.benches.map(({ path }) => path)).toEqual(['src/bench.rs']);
  expect(faults({ ...files, 'Cargo.toml': text })).toEqual([]);
  expect(faults({ ...files, 'Cargo.toml': targets('2021') })).toHaveLength(3);
  expect(faults({ 'src/main.rs': '', 'Cargo.toml': text })[1]).toBe(
    "can't find library `x`, rename file to `src/lib.rs` or specify lib.path",
  );
});
