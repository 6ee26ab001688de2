import { expect, test } from 'vitest';
import { parseCfgSet } from '../../../src/cargo/cfg.ts';
import { type CargoConfig, cargoConfig } from '../../../src/cargo/config/cargo-config.ts';
import { plainConfig } from '../../../src/cargo/config/config-value.ts';
import { loadConfig } from '../../../src/cargo/config/load-config.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const linux = {
  triple: 'x86_64-unknown-linux-gnu',
  cfgs: parseCfgSet(['unix', 'target_os="linux"']),
};

function loaded(files: Readonly<Record<string, string>>) {
  return loadConfig(new MemoryHost(files).files, '/home/work/crate', '/home/.cargo');
}

function configured(
  files: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>> = {},
): CargoConfig {
  const read = loaded(files);
  if (!read.ok) throw new Error(read.error[0]?.message);
  return cargoConfig({ root: read.value.root, variables, folder: '/home/work/crate' });
}

const near = '/home/work/crate/.cargo/config.toml';
const far = '/home/work/.cargo/config.toml';
const home = '/home/.cargo/config.toml';

test('nearer files win; lists are joined, the nearer ones behind', () => {
  const read = loaded({
    [near]: '[build]\nrustflags = ["inner"]\n[profile.dev]\nopt-level = 2\n',
    [far]: '[build]\nrustflags = ["outer"]\n[profile.dev]\nopt-level = 1\ndebug = 0\n',
    [home]: '[build]\nrustflags = ["home"]\n',
  });
  expect(read.ok && plainConfig(read.value.root)).toEqual({
    build: { rustflags: ['home', 'outer', 'inner'] },
    profile: { dev: { 'opt-level': 2, debug: 0 } },
  });
  expect(read.ok && read.value.files.filter((path) => !path.endsWith('?'))).toEqual([
    ...[near, far, home],
  ]);
  // One may come where there is none.
  expect(read.ok && read.value.files).toContain('/.cargo/config.toml?');
});

test('a file of the older name counts, and is told of', () => {
  const told = (found: Record<string, string>) => {
    const read = loaded(found);
    return (
      read.ok && [read.value.warnings.map(({ message }) => message), plainConfig(read.value.root)]
    );
  };
  const old = near.replace('.toml', '');
  expect(told({ [old]: '[net]\nretry = 1\n' })).toEqual([
    [`\`${old}\` is deprecated in favor of \`config.toml\``],
    { net: { retry: 1 } },
  ]);
  expect(told({ [old]: '[net]\nretry = 1\n', [near]: '' })).toEqual([
    [`both \`${old}\` and \`${near}\` exist. Using \`${old}\``],
    { net: { retry: 1 } },
  ]);
  expect(told({ [near]: '' })).toEqual([[], {}]);
  const read = loaded({ [near]: '' });
  expect(read.ok && read.value.files).toContain(`${old}?`);
});

test('a file may include others, which count less than itself', () => {
  const read = loaded({
    [near]: 'include = ["more.toml", { path = "none.toml", optional = true }]\n[net]\nretry = 1\n',
    '/home/work/crate/.cargo/more.toml': '[net]\nretry = 2\noffline = true\n',
  });
  expect(read.ok && plainConfig(read.value.root)).toEqual({ net: { retry: 1, offline: true } });
  // One that may be missing may come.
  expect(read.ok && read.value.files).toContain('/home/work/crate/.cargo/none.toml?');
});

test.each([
  [
    { [near]: '[build]\nrustflags = "a"\n', [far]: '[build]\nrustflags = ["b"]\n' },
    'expected value, but found array',
  ],
  [{ [near]: '[build\n' }, ''],
  [{ [near]: 'include = ["config.toml"]\n' }, 'config `include` cycle detected with path'],
  [
    { [near]: 'include = "a.toml"\n' },
    'expected a list of strings or a list of tables, but found string at `include`',
  ],
  [{ [near]: 'include = [3]\n' }, 'expected a string or table, but found integer at `include[0]`'],
  [{ [near]: 'include = [{ optional = true }]\n' }, 'missing field `path` at `include[0]`'],
  [
    { [near]: 'include = [{ path = "a.toml", optional = 1 }]\n' },
    'expected a boolean, but found integer at `include[0].optional`',
  ],
  [
    { [near]: 'include = ["a.txt"]\n' },
    'expected a config include path ending with `.toml`, but found `a.txt`',
  ],
  [{ [near]: 'include = ["a.toml"]\n' }, 'failed to load config include `a.toml`'],
])('what cannot be read is told of', (files, message) => {
  const read = loaded(files);
  expect(read.ok ? '' : read.error[0]?.message).toContain(message);
  expect(read.ok).toBe(false);
});

const flagFiles = {
  [near]: [
    '[build]\nrustflags = ["build"]',
    '[target.x86_64-unknown-linux-gnu]\nrustflags = "triple one"',
    '[target.\'cfg(unix)\']\nrustflags = ["unix"]',
    '[target.\'cfg(windows)\']\nrustflags = ["windows"]\n',
  ].join('\n'),
};

test.each([
  [{}, ['triple', 'one', 'unix']],
  [{ CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS: 'said' }, ['triple', 'one', 'said', 'unix']],
  [{ RUSTFLAGS: '-C a', CARGO_BUILD_RUSTFLAGS: 'b' }, ['-C', 'a']],
  [{ CARGO_ENCODED_RUSTFLAGS: 'a b\u001fc', RUSTFLAGS: 'd' }, ['a b', 'c']],
])('with %j the flags are %j', (variables, flags) => {
  expect(configured(flagFiles, variables).rustflags(linux)).toEqual(flags);
});

test('build.rustflags count where no [target] table says any', () => {
  const config = configured(
    { [near]: '[build]\nrustflags = ["a"]\n' },
    { CARGO_BUILD_RUSTFLAGS: 'b c' },
  );
  expect(config.rustflags(linux)).toEqual(['a', 'b', 'c']);
});

test('programs with a slash rest on the folder of their file, names alone on PATH', () => {
  const config = configured({
    [near]:
      "[target.x86_64-unknown-linux-gnu]\nlinker = 'mold-cc'\n[build]\nrustc-wrapper = 'bin/wrap'\n",
    [far]: "[target.'cfg(unix)']\nrunner = ['tools/run', '-x']\n",
  });
  expect(config.linker(linux)).toBe('mold-cc');
  expect(config.wrapper).toBe('/home/work/crate/bin/wrap');
  expect(config.runner(linux)).toEqual(['/home/work/tools/run', '-x']);
});

test('a program that a variable names is seen from the folder that Cargo would run in', () => {
  const config = configured({}, { RUSTC_WRAPPER: './wrap', CARGO_BUILD_RUSTDOC: 'my-rustdoc' });
  expect(config.wrapper).toBe('/home/work/crate/./wrap');
  expect(config.rustdoc).toBe('my-rustdoc');
});

test('an empty RUSTC_WRAPPER takes the configured one back', () => {
  const files = { [near]: "[build]\nrustc-wrapper = 'sccache'\n" };
  expect(configured(files).wrapper).toBe('sccache');
  expect(configured(files, { RUSTC_WRAPPER: '' }).wrapper).toBeUndefined();
});

test('[env] leaves what is set already, unless it is forced', () => {
  const config = configured(
    {
      [near]:
        "[env]\nA = 'file'\nB = { value = 'file', force = true }\nC = { value = 'sub', relative = true }\n",
    },
    { A: 'mine', B: 'mine' },
  );
  expect(config.environment).toEqual({ B: 'file', C: '/home/work/crate/sub' });
  expect(config.overridable).toEqual(['A', 'C']);
});

test('a table for a native library says what its build script would have said', () => {
  const config = configured({
    [near]: [
      '[target.x86_64-unknown-linux-gnu.foo]',
      'rustc-link-lib = ["foo", "bar"]',
      'rustc-link-search = "/opt/lib"',
      'rustc-cfg = [\'has="x"\']',
      'rustc-env = { KEY = "value" }',
      'root = "/opt"',
      '',
    ].join('\n'),
  });
  expect(config.scriptOutput('foo', linux.triple)).toBe(
    [
      'cargo:rustc-link-lib=foo',
      'cargo:rustc-link-lib=bar',
      'cargo:rustc-link-search=/opt/lib',
      'cargo:rustc-cfg=has="x"',
      'cargo:rustc-env=KEY=value',
      'cargo:root=/opt',
      '',
    ].join('\n'),
  );
  expect(config.scriptOutput('bar', linux.triple)).toBeUndefined();
});

test('flags of several fitting cfgs come by the names of these, wherever they stand', () => {
  const config = configured({
    [near]: `[target.'cfg(unix)']\nrustflags = ["u"]\n[target.'cfg(target_os = "linux")']\nrustflags = ["l"]\n`,
  });
  expect(config.rustflags(linux)).toEqual(['l', 'u']);
});

test('folders of packages that stand for others rest on the folder of their file', () => {
  const config = configured({ [far]: "paths = ['mine/foo', '/abs']\n" });
  expect(config.paths).toEqual(['/home/work/mine/foo', '/abs']);
});

test('variables set profiles, those of tools too, but not those of packages', () => {
  const config = configured(
    { [near]: '[profile.dev]\nopt-level = 1\n[profile.my_own]\ninherits = "dev"\n' },
    {
      CARGO_PROFILE_DEV_OPT_LEVEL: '3',
      CARGO_PROFILE_RELEASE_BUILD_OVERRIDE_DEBUG: 'true',
      CARGO_PROFILE_MY_OWN_LTO: 'thin',
      CARGO_PROFILE_DEV_PACKAGE_FOO_OPT_LEVEL: '2',
      CARGO_INCREMENTAL: '0',
    },
  );
  expect(config.profiles).toEqual({
    dev: { 'opt-level': 3 },
    release: { 'build-override': { debug: true } },
    my_own: { inherits: 'dev', lto: 'thin' },
  });
  expect(config.incremental).toBe(false);
});

test('patches rest on the folder of their file', () => {
  const config = configured({ [far]: "[patch.crates-io]\nfoo = { path = 'mine/foo' }\n" });
  expect(config.patch).toEqual({ 'crates-io': { foo: { path: '/home/work/mine/foo' } } });
});

test('compilers are named by files and variables; RUSTC is for those who look for one', () => {
  const files = { [near]: '[build]\nrustc = "tools/rustc"\nrustdoc = "rustdoc-x"\n' };
  expect(configured(files)).toMatchObject({
    rustc: '/home/work/crate/tools/rustc',
    rustdoc: 'rustdoc-x',
  });
  expect(configured(files, { CARGO_BUILD_RUSTC: 'mine' }).rustc).toBe('mine');
  expect(configured(files, { RUSTC: 'mine', RUSTDOC: 'doc' })).toMatchObject({
    rustc: undefined,
    rustdoc: 'doc',
  });
});

test('of several machines to build for the first is it; a variable names one alone', () => {
  const files = { [near]: '[build]\ntarget = ["wasm32-wasip1", "riscv64gc-unknown-linux-gnu"]\n' };
  expect(configured(files)).toMatchObject({
    target: 'wasm32-wasip1',
    otherTargets: ['riscv64gc-unknown-linux-gnu'],
  });
  expect(configured(files, { CARGO_BUILD_TARGET: 'i686-unknown-linux-gnu' })).toMatchObject({
    target: 'i686-unknown-linux-gnu',
    otherTargets: [],
  });
});

test('what says where Cargo builds is known by its name', () => {
  const files = { [near]: '[build]\ntarget-dir = "out"\nbuild-dir = "between"\n' };
  expect(configured(files).buildFolders).toEqual(['[build] target-dir', '[build] build-dir']);
  expect(configured({}, { CARGO_TARGET_DIR: '/t' }).buildFolders).toEqual(['CARGO_TARGET_DIR']);
  expect(configured({}).buildFolders).toEqual([]);
});

test('of what only a nightly Cargo does, that which changes a build is known', () => {
  const text = '[unstable]\nbuild-std = ["core"]\nbindeps = false\ngc = true\n';
  expect(configured({ [near]: text }).unstable).toEqual(['build-std']);
});

test('several conditions that fit are refused where only one value can count', () => {
  const unix = "[target.'cfg(unix)']\nrunner = 'a'\n";
  const other = `[target.'cfg(target_os="linux")']\nrunner = 'b'\n`;
  expect(configured({ [near]: unix }).ambiguity(linux)).toBe(undefined);
  expect(configured({ [near]: `${unix}${other}` }).ambiguity(linux)).toContain(
    "several matching instances of `target.'cfg(..)'.runner` in configurations",
  );
  const own = "[target.x86_64-unknown-linux-gnu]\nrunner = 'c'\n";
  expect(configured({ [near]: `${unix}${other}${own}` }).ambiguity(linux)).toBe(undefined);
});
