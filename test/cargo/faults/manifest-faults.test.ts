import { expect, test } from 'vitest';
import { cargoConfig } from '../../../src/cargo/config/cargo-config.ts';
import { configValue, noConfig } from '../../../src/cargo/config/config-value.ts';
import { manifestFaults } from '../../../src/cargo/faults/manifest-faults.ts';
import type { Table } from '../../../src/cargo/manifest/toml.ts';
import { loadWorkspace } from '../../../src/cargo/units/packages/load-workspace.ts';
import { writtenManifests } from '../../../src/cargo/units/packages/written-manifest.ts';
import { MemoryHost } from '../../support/memory-host.ts';
import { faults, fields, said } from './said.ts';

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
