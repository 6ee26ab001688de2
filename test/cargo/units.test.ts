import { expect, test } from 'vitest';
import { err, ok } from '../../src/base/result.ts';
import { parseCfgSet } from '../../src/cargo/cfg.ts';
import { pathOverrides } from '../../src/cargo/config/path-overrides.ts';
import { parseLock } from '../../src/cargo/lock/lock.ts';
import { needsNewerRustc } from '../../src/cargo/units/faults/needs-newer-rustc.ts';
import { loadWorkspace } from '../../src/cargo/units/packages/load-workspace.ts';
import { PackageSet } from '../../src/cargo/units/packages/package-set.ts';
import { type UnitRequest, unitGraph } from '../../src/cargo/units/unit-graph.ts';
import { plainError } from '../../src/diag/diagnostic.ts';
import { MemoryHost } from '../support/memory-host.ts';

const linux = parseCfgSet(['unix', 'target_os="linux"']);

/** The graph of some files; crates lie in `crates/NAME-VERSION`. */
function graphOf(files: Readonly<Record<string, string>>, change: Partial<UnitRequest> = {}) {
  const host = new MemoryHost(files);
  const workspace = loadWorkspace(host.files, '/project');
  if (!workspace.ok) throw new Error(workspace.error[0]?.message);
  const lock = parseLock({ path: 'Cargo.lock', text: files['Cargo.lock'] ?? 'version = 4\n' });
  if (!lock.ok) throw new Error(lock.error[0]?.message);
  const packages = new PackageSet(
    {
      files: host.files,
      folderOf: ({ name, version }) => {
        const folder = `/project/crates/${name}-${version}`;
        return host.files.isDirectory(folder) ? ok(folder) : err(plainError(`no ${name}`));
      },
      overrideOf: pathOverrides(host.files, ['/project/mine']),
    },
    workspace.value,
    lock.value,
  );
  const graph = unitGraph(packages, {
    purpose: 'build',
    packages: 'default',
    features: { features: [], all: false, withDefault: true },
    profile: 'dev',
    isCross: false,
    compiler: () => 'rustc 1',
    platform: () => ({ cfgs: linux, triple: 'x86_64-unknown-linux-gnu' }),
    ...change,
  });
  if (!graph.ok) throw new Error(graph.error[0]?.message);
  return graph.value;
}

/** Units as `package kind name mode side-of-profile [features]`. */
function unitsOf(files: Readonly<Record<string, string>>, change: Partial<UnitRequest> = {}) {
  const { units, packages: rows } = graphOf(files, change);
  return [...units.values()].map(
    ({ package: of, target, mode, profile, features }) =>
      `${rows.get(of).name} ${target.kind} ${mode} opt=${profile.optLevel} debug=${profile.debuginfo} [${features.join()}]`,
  );
}

const manifest = (name: string, rest = '', version = '1.0.0') =>
  `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n${rest}`;

const registry = 'source = "registry+https://example.org/index"\nchecksum = "00"\n';
const locked = (name: string, dependencies: readonly string[] = [], from = registry) =>
  `[[package]]\nname = "${name}"\nversion = "1.0.0"\n${from}dependencies = [${dependencies.map((one) => `"${one}"`).join(', ')}]\n`;

const shared = {
  'Cargo.toml': manifest(
    'top',
    '[dependencies]\nx = { version = "1", features = ["b"] }\nm = "1"\n[build-dependencies]\nx = "1"\n',
  ),
  'Cargo.lock': `version = 4\n${locked('top', ['m', 'x'], '')}${locked('x')}${locked('m', ['x'])}`,
  'src/lib.rs': '',
  'src/main.rs': '',
  'build.rs': '',
  'crates/x-1.0.0/Cargo.toml': manifest('x', '[features]\na = []\nb = []\n'),
  'crates/x-1.0.0/src/lib.rs': '',
  'crates/m-1.0.0/Cargo.toml': manifest(
    'm',
    '[lib]\nproc-macro = true\n[dependencies]\nx = { version = "1", features = ["a"] }\n',
  ),
  'crates/m-1.0.0/src/lib.rs': '',
};

test('tools of the build have features and settings of their own', () => {
  expect(unitsOf(shared).sort()).toEqual([
    'm lib build opt=0 debug=0 []',
    'top bin build opt=0 debug=2 []',
    'top build-script build opt=0 debug=0 []',
    'top build-script run-script opt=0 debug=2 []',
    'top lib build opt=0 debug=2 []',
    'x lib build opt=0 debug=0 [a]',
    'x lib build opt=0 debug=2 [b]',
  ]);
});

test('packages of one repository that were vendored apart find one another by name', () => {
  const repository = 'source = "git+https://example.org/r#0123"\n';
  const files = {
    'Cargo.toml': manifest('top', '[dependencies]\na = { git = "https://example.org/r" }\n'),
    'Cargo.lock': `version = 4\n${locked('top', ['a'], '')}${locked('a', ['b'], repository)}${locked('b', [], repository)}`,
    'src/lib.rs': '',
    'crates/a-1.0.0/Cargo.toml': manifest('a', '[dependencies]\nb = { path = "b" }\n'),
    'crates/a-1.0.0/src/lib.rs': '',
    'crates/b-1.0.0/Cargo.toml': manifest('b'),
    'crates/b-1.0.0/src/lib.rs': '',
  };
  expect(unitsOf(files)).toHaveLength(3);
});

test('with the first resolver what other machines need counts, but need not be there', () => {
  const root = (platform: string) =>
    manifest(
      'top',
      `[dependencies]\nx = "1"\n[target.'${platform}'.dependencies]\nx = { version = "1", features = ["b"] }\nw = "1"\n`,
    ).replace('edition', 'resolver = "1"\nedition');
  const files = (platform: string) => ({
    'Cargo.toml': root(platform),
    'Cargo.lock': `version = 4\n${locked('top', ['w', 'x'], '')}${locked('x')}${locked('w')}`,
    'src/lib.rs': '',
    'crates/x-1.0.0/Cargo.toml': manifest('x', '[features]\na = []\nb = []\n'),
    'crates/x-1.0.0/src/lib.rs': '',
  });
  expect(unitsOf(files('cfg(windows)')).sort()).toEqual([
    'top lib build opt=0 debug=2 []',
    'x lib build opt=0 debug=2 [b]',
  ]);
  expect(() => unitsOf(files('cfg(unix)'))).toThrow('no w');
});

test('with the first resolver all share their features, and units that are the same are one', () => {
  const files = {
    ...shared,
    'Cargo.toml': shared['Cargo.toml'].replace('edition = "2021"', 'edition = "2018"'),
  };
  expect(unitsOf(files).filter((unit) => unit.startsWith('x'))).toEqual([
    'x lib build opt=0 debug=2 [a,b]',
  ]);
});

test('with the first resolver words for features mean the package that a command is called for', () => {
  const member = (name: string, rest: string) => ({
    [`${name}/Cargo.toml`]: manifest(name, rest),
    [`${name}/src/lib.rs`]: '',
  });
  const files = {
    'Cargo.toml': '[workspace]\nmembers = ["a", "b"]\nresolver = "1"\n',
    ...member('a', '[features]\nf = ["b/f"]\n[dependencies]\nb = { path = "../b" }\n'),
    ...member('b', '[features]\ndefault = ["g"]\nf = []\ng = []\n'),
  };
  const wanted = { features: ['f'], all: false, withDefault: false };
  const b = (change: Partial<UnitRequest>) => unitsOf(files, { packages: ['b'], ...change });
  expect(b({ features: wanted })).toEqual(['b lib build opt=0 debug=2 [f]']);
  expect(b({ features: wanted, current: 'a' })).toEqual([
    'b lib build opt=0 debug=2 [default,f,g]',
  ]);
  expect(b({ features: { ...wanted, features: ['b/f'] }, current: 'a' })).toEqual([
    'b lib build opt=0 debug=2 [default,f,g]',
  ]);
});

test('a release build leaves tools unoptimised; profiles of packages are heeded', () => {
  const files = {
    ...shared,
    'Cargo.toml': `${shared['Cargo.toml']}[profile.release]\ndebug = 1\n[profile.release.package.m]\nopt-level = 2\n[profile.release.package."*"]\nopt-level = "s"\n`,
  };
  expect(
    unitsOf(files, { profile: 'release' })
      .filter((unit) => !unit.includes('script'))
      .sort(),
  ).toEqual([
    'm lib build opt=2 debug=0 []',
    'top bin build opt=3 debug=1 []',
    'top lib build opt=3 debug=1 []',
    'x lib build opt=s debug=0 [a]',
    'x lib build opt=s debug=1 [b]',
  ]);
});

test('tests bring unit tests, integration tests with the programs they run, and documentation tests', () => {
  const files = { ...shared, 'tests/it.rs': '', 'examples/ex.rs': '' };
  const units = unitsOf(files, { purpose: 'test' }).filter((unit) => unit.startsWith('top'));
  expect(units.sort()).toEqual([
    'top bin build opt=0 debug=2 []',
    'top bin test opt=0 debug=2 []',
    'top build-script build opt=0 debug=0 []',
    'top build-script run-script opt=0 debug=2 []',
    'top example build opt=0 debug=2 []',
    'top lib build opt=0 debug=2 []',
    'top lib doctest opt=0 debug=2 []',
    'top lib test opt=0 debug=2 []',
    'top test test opt=0 debug=2 []',
  ]);
});

test('what other platforms need is not looked for', () => {
  const files = {
    'Cargo.toml': manifest('top', '[target."cfg(windows)".dependencies]\nw = "1"\n'),
    'Cargo.lock': `version = 4\n${locked('top', ['w'], '')}${locked('w')}`,
    'src/lib.rs': '',
  };
  expect(unitsOf(files)).toEqual(['top lib build opt=0 debug=2 []']);
});

test('a dependency that the lock file does not have is told with the line that wants it', () => {
  const files = { 'Cargo.toml': manifest('top', '[dependencies]\nx = "1"\n'), 'src/lib.rs': '' };
  expect(() => unitsOf(files)).toThrow('"x" of top is not in Cargo.lock');
  const locks = { 'Cargo.lock': `version = 4\n${locked('top', ['x'], '')}${locked('x')}` };
  const other = {
    ...files,
    ...locks,
    'Cargo.toml': manifest('top', '[dependencies]\nx = "0.4"\n'),
  };
  expect(() => unitsOf(other)).toThrow('"x" 0.4 of top is not in Cargo.lock, which has 1.0.0');
});

test('packages that a member needs by path belong to the workspace', () => {
  const files = {
    'Cargo.toml':
      '[workspace]\nmembers = ["a"]\nresolver = "2"\n[workspace.dependencies]\nb = { path = "b" }\n',
    'a/Cargo.toml': manifest('a', '[dependencies]\nb.workspace = true\n'),
    'a/src/lib.rs': '',
    'b/Cargo.toml': manifest('b'),
    'b/src/lib.rs': '',
  };
  expect(unitsOf(files, { packages: ['*'] }).sort()).toEqual([
    'a lib build opt=0 debug=2 []',
    'b lib build opt=0 debug=2 []',
  ]);
});

test('a macro that is built for itself keeps its debug information where others need it too', () => {
  const files = {
    'Cargo.toml': '[workspace]\nmembers = ["macros", "user"]\nresolver = "2"\n',
    'Cargo.lock': `version = 4\n${locked('macros', [], '')}${locked('user', ['macros'], '')}`,
    'macros/Cargo.toml': manifest('macros', '[lib]\nproc-macro = true\n'),
    'macros/src/lib.rs': '',
    'user/Cargo.toml': manifest('user', '[dependencies]\nmacros = { path = "../macros" }\n'),
    'user/src/lib.rs': '',
  };
  expect(unitsOf(files)).toEqual([
    'macros lib build opt=0 debug=2 []',
    'user lib build opt=0 debug=2 []',
  ]);
  expect(unitsOf(files, { packages: ['user'] })).toEqual([
    'macros lib build opt=0 debug=0 []',
    'user lib build opt=0 debug=2 []',
  ]);
});

test('what a member tests itself with brings no features where another is selected', () => {
  const files = {
    'Cargo.toml': manifest(
      'top',
      '[workspace]\nmembers = ["side"]\n[dependencies]\nside = { path = "side" }\n[dev-dependencies]\nx = "1"\n',
    ),
    'Cargo.lock': `version = 4\n${locked('top', ['side', 'x'], '')}${locked('side', ['x'], '')}${locked('x')}`,
    'src/lib.rs': '',
    'side/Cargo.toml': manifest(
      'side',
      '[dev-dependencies]\nx = { version = "1", features = ["a"] }\n',
    ),
    'side/src/lib.rs': '',
    'crates/x-1.0.0/Cargo.toml': manifest('x', '[features]\na = []\n'),
    'crates/x-1.0.0/src/lib.rs': '',
  };
  const x = (packages: UnitRequest['packages']) =>
    unitsOf(files, { purpose: 'test', packages }).filter((unit) => unit.startsWith('x'));
  expect(x('default')).toEqual(['x lib build opt=0 debug=2 []']);
  expect(x(['*'])).toEqual(['x lib build opt=0 debug=2 [a]']);
});

test('tests of a macro have the features that those who use it ask for', () => {
  const files = {
    'Cargo.toml': '[workspace]\nmembers = ["m", "user"]\nresolver = "2"\n',
    'Cargo.lock': `version = 4\n${locked('m', [], '')}${locked('user', ['m'], '')}`,
    'm/Cargo.toml': manifest('m', '[lib]\nproc-macro = true\n[features]\na = []\n'),
    'm/src/lib.rs': '',
    'user/Cargo.toml': manifest(
      'user',
      '[dependencies]\nm = { path = "../m", features = ["a"] }\n',
    ),
    'user/src/lib.rs': '',
  };
  expect(
    unitsOf(files, { purpose: 'test' })
      .filter((unit) => unit.startsWith('m '))
      .sort(),
  ).toEqual([
    'm lib build opt=0 debug=0 [a]',
    'm lib doctest opt=0 debug=2 [a]',
    'm lib test opt=0 debug=2 [a]',
  ]);
});

test('the run of a script for a tool is told of no debug information, whatever others have', () => {
  const scripted = 'build = "build.rs"\n[features]\na = []\nb = []\n';
  const files = {
    ...shared,
    'Cargo.toml': `${shared['Cargo.toml']}[profile.release]\ndebug = 2\n`,
    'crates/x-1.0.0/Cargo.toml': manifest('x', scripted),
    'crates/x-1.0.0/build.rs': '',
    'crates/m-1.0.0/Cargo.toml': shared['crates/m-1.0.0/Cargo.toml'].replace('"a"', '"b"'),
  };
  expect(
    unitsOf(files, { profile: 'release' })
      .filter((unit) => unit.startsWith('x build-script run'))
      .sort(),
  ).toEqual([
    'x build-script run-script opt=0 debug=0 [b]',
    'x build-script run-script opt=3 debug=2 [b]',
  ]);
});

test('who comes first by name decides what the script of a tested macro is told of debug information', () => {
  const files = (user: string) => ({
    'Cargo.toml': `[workspace]\nresolver = "2"\nmembers = ["m", "${user}"]\n`,
    'Cargo.lock': `version = 4\n${locked('m', [], '')}${locked(user, ['m'], '')}`,
    'm/Cargo.toml': manifest('m', '[lib]\nproc-macro = true\n'),
    'm/src/lib.rs': '',
    'm/build.rs': '',
    [`${user}/Cargo.toml`]: manifest(user, '[dependencies]\nm = { path = "../m" }\n'),
    [`${user}/src/lib.rs`]: '',
  });
  const runs = (user: string) =>
    unitsOf(files(user), { purpose: 'test' }).filter((unit) => unit.includes('run-script'));
  expect(runs('a')).toEqual(['m build-script run-script opt=0 debug=0 []']);
  expect(runs('z')).toEqual(['m build-script run-script opt=0 debug=2 []']);
});

test('a target may require a feature of a dependency', () => {
  const example = (name: string, feature: string) =>
    `[[example]]\nname = "${name}"\nrequired-features = ["x/${feature}"]\n`;
  const files = {
    'Cargo.toml': manifest(
      'top',
      `[dependencies]\nx = { version = "1", features = ["a"] }\n${example('one', 'a')}${example('two', 'b')}`,
    ),
    'Cargo.lock': `version = 4\n${locked('top', ['x'], '')}${locked('x')}`,
    'src/lib.rs': '',
    'examples/one.rs': '',
    'examples/two.rs': '',
    'crates/x-1.0.0/Cargo.toml': manifest('x', '[features]\na = []\nb = []\n'),
    'crates/x-1.0.0/src/lib.rs': '',
  };
  const examples = unitsOf(files, { purpose: 'test' }).filter((unit) => unit.includes('example'));
  expect(examples).toHaveLength(1);
});

test('packages that need a newer compiler than there is are told, a release candidate is the release', () => {
  const graph = graphOf({
    'Cargo.toml': manifest('top', 'rust-version = "1.80"\n'),
    'src/lib.rs': '',
  });
  expect(needsNewerRustc(graph, '1.79.1')?.message).toBe(
    'rustc 1.79.1 is not supported by the following package:\n  top@1.0.0 requires rustc 1.80',
  );
  for (const rustc of ['1.80.0', '1.80.0-nightly', '1.81.2', '2.0.0', ''])
    expect(needsNewerRustc(graph, rustc)).toBeUndefined();
});

test('a source above its package is known by its path, and as the manifest spells it', () => {
  const { units } = graphOf({
    'Cargo.toml': manifest('own', 'build = "../made.rs"\n'),
    'src/lib.rs': '',
    '/made.rs': '',
  });
  expect([...units.values()].map(({ target }) => [target.path, target.spelled])).toEqual(
    expect.arrayContaining([
      ['/project/src/lib.rs', undefined],
      ['/made.rs', '/project/../made.rs'],
    ]),
  );
});

test('what a profile strips does not count where one of its overrides does, unless that says it, too', () => {
  const stripped = (more: string) => {
    const { units, packages } = graphOf({
      'Cargo.toml': manifest(
        'own',
        `build = "build.rs"\n[dependencies]\nd = { path = "d" }\n[profile.dev]\nstrip = "symbols"\n${more}`,
      ),
      'src/main.rs': '',
      'build.rs': '',
      'd/Cargo.toml': manifest('d'),
      'd/src/lib.rs': '',
    });
    return Object.fromEntries(
      [...units.values()]
        .filter(({ mode }) => mode === 'build')
        .map(({ target, package: of, profile }) => [
          target.kind === 'build-script' ? 'script' : packages.get(of).name,
          profile.strip,
        ]),
    );
  };
  const all = { own: 'symbols', d: 'symbols', script: 'symbols' };
  expect(stripped('')).toEqual(all);
  expect(stripped('[profile.dev.package.d]\nopt-level = 1\n')).toEqual({ ...all, d: 'none' });
  expect(stripped('[profile.dev.package.d]\nstrip = "debuginfo"\n')).toEqual({
    ...all,
    d: 'debuginfo',
  });
  const override = '[profile.dev.build-override]\nopt-level = 1\n';
  expect(stripped(override)).toEqual({ ...all, script: 'none' });
});

test('a package that knows another by two names is refused', () => {
  const files = (dependencies: string) => ({
    'Cargo.toml': manifest('own', `[dependencies]\n${dependencies}`),
    'src/lib.rs': '',
    'd/Cargo.toml': manifest('d'),
    'd/src/lib.rs': '',
  });
  const twice = 'd = { path = "d" }\nother = { path = "d", package = "d" }\n';
  expect(() => graphOf(files(twice))).toThrow(
    'the crate own 1.0.0 depends on crate d 1.0.0 multiple times with different names',
  );
  const once = 'other = { path = "d", package = "d" }\n';
  const both = `${once}[build-dependencies]\n${once}`;
  expect(graphOf(files(both)).packages.size).toBe(2);
});

test('a crate of another registry is not the one of the usual registry, or what a patch put in its place', () => {
  const other =
    '[[package]]\nname = "d"\nversion = "1.0.0"\nsource = "registry+https://other/index"\n';
  const files = {
    'Cargo.toml': manifest(
      'own',
      '[dependencies]\nd = "1"\nother = { version = "1", registry = "o", package = "d" }\n[patch.crates-io]\nd = { path = "d" }\n',
    ),
    'Cargo.lock': `version = 4\n${other}checksum = "${'0'.repeat(64)}"\n[[package]]\nname = "d"\nversion = "1.1.0"\n[[package]]\nname = "own"\nversion = "1.0.0"\ndependencies = ["d 1.0.0", "d 1.1.0"]\n`,
    'src/lib.rs': '',
    'd/Cargo.toml': manifest('d', '', '1.1.0'),
    'd/src/lib.rs': '',
    'crates/d-1.0.0/Cargo.toml': manifest('d'),
    'crates/d-1.0.0/src/lib.rs': '',
  };
  const { units, packages } = graphOf(files);
  const own = [...units.values()].find((unit) => packages.get(unit.package).name === 'own');
  expect(
    own?.dependencies.map(({ unit, externName }) => [
      externName,
      packages.get(units.get(unit).package).version,
    ]),
  ).toEqual([
    ['d', '1.1.0'],
    ['other', '1.0.0'],
  ]);
});

test('what [replace] names stands in the place of a crate', () => {
  const files = {
    'Cargo.toml': manifest(
      'own',
      '[dependencies]\nd = "1"\n[replace]\n"d:1.0.0" = { path = "mine" }\n',
    ),
    'Cargo.lock': `version = 4\n[[package]]\nname = "d"\nversion = "1.0.0"\n${locked('d', [], `${registry}replace = "d 1.0.0"\n`)}${locked('own', ['d 1.0.0 (registry+https://example.org/index)'], '')}`,
    'src/lib.rs': '',
    'mine/Cargo.toml': manifest('d'),
    'mine/src/lib.rs': '',
  };
  const { packages } = graphOf(files);
  expect([...packages.values()].map(({ name, folder }) => [name, folder])).toEqual([
    ['d', '/project/mine'],
    ['own', '/project'],
  ]);
});

test('packages that need one another, or themselves, are refused', () => {
  const files = (own: string, d: string) => ({
    'Cargo.toml': manifest('own', `[dependencies]\n${own}`),
    'src/lib.rs': '',
    'd/Cargo.toml': manifest('d', `[dependencies]\n${d}`),
    'd/src/lib.rs': '',
  });
  const own = 'd = { path = "d" }\n';
  expect(() => graphOf(files(own, 'own = { path = ".." }\n'))).toThrow(
    'cyclic package dependency: package `own v1.0.0` depends on itself.',
  );
  expect(() => graphOf(files(own, 'e = { path = "" }\n'))).toThrow(
    'no matching package named `e` found',
  );
});

test('all features may be asked for beside one of a dependency', () => {
  const files = {
    'Cargo.toml': manifest('own', '[features]\nf = []\n[dependencies]\nd = { path = "d" }\n'),
    'src/lib.rs': '',
    'd/Cargo.toml': manifest('d', '[features]\ng = []\n'),
    'd/src/lib.rs': '',
  };
  const features = { features: ['d/g'], all: true, withDefault: true };
  expect(unitsOf(files, { features })).toEqual([
    'd lib build opt=0 debug=2 [g]',
    'own lib build opt=0 debug=2 [f]',
  ]);
});

test('members are found at any depth where a manifest says so', () => {
  const host = new MemoryHost({
    'Cargo.toml': '[workspace]\nmembers = ["apps/**/x"]\n',
    'apps/x/Cargo.toml': manifest('near'),
    'apps/deep/er/x/Cargo.toml': manifest('deep'),
    'apps/.hidden/x/Cargo.toml': manifest('hidden'),
    'apps/y/Cargo.toml': manifest('other'),
  });
  const loaded = loadWorkspace(host.files, '/project');
  expect(loaded.ok && [...loaded.value.members.keys()].sort()).toEqual([
    '/project/apps/deep/er/x',
    '/project/apps/x',
  ]);
  expect(loaded.ok && loaded.value.watched).toContain('/project/apps/deep/er/');
});

test('a README that may come is looked for, as its name is told to rustc', () => {
  const host = new MemoryHost({ 'Cargo.toml': manifest('own') });
  const loaded = loadWorkspace(host.files, '/project');
  expect(loaded.ok && loaded.value.watched).toContain('/project/README.md?');
});

test('packages are wanted by names, patterns, and what is left out', () => {
  const names = ['tool-a', 'tool-b', 'core'];
  const files = {
    'Cargo.toml': `[workspace]\nmembers = ${JSON.stringify(names)}\nresolver = "2"\n`,
    'Cargo.lock': `version = 4\n${names.map((name) => locked(name, [], '')).join('')}`,
    ...Object.fromEntries(
      names.flatMap((name) => [
        [`${name}/Cargo.toml`, manifest(name)],
        [`${name}/src/lib.rs`, ''],
      ]),
    ),
  };
  const chosen = (...packages: string[]) =>
    [...graphOf(files, { packages }).packages.values()].map(({ name }) => name).sort();
  expect(chosen('tool-*')).toEqual(['tool-a', 'tool-b']);
  expect(chosen('tool-[!b]', 'core@1.0.0')).toEqual(['core', 'tool-a']);
  expect(chosen('*', '!core')).toEqual(['tool-a', 'tool-b']);
  expect(chosen('!tool-?')).toEqual(['core']);
  expect(() => chosen('*', '!*')).toThrow('no packages to compile');
  expect(() => chosen('tol-*')).toThrow(
    'package pattern(s) `tol-*` not found in workspace `/project`',
  );
  expect(() => chosen('tool')).toThrow(
    'package ID specification `tool` did not match any packages',
  );
});

test('what members need can be wanted by name, with the features that they ask of it', () => {
  const wanted = (packages: readonly string[], change: Partial<UnitRequest> = {}) =>
    unitsOf(shared, { packages, ...change });
  expect(wanted(['x'])).toEqual(['x lib build opt=0 debug=2 [b]']);
  expect(wanted(['x@1', 'm@1.0'])).toContain('m lib build opt=0 debug=2 []');
  expect(wanted(['registry+https://example.org/index#x@1.0.0'])).toHaveLength(1);
  expect(wanted(['git+https://example.org/x?branch=b#1.0.0'])).toHaveLength(1);
  expect(wanted(['x'], { purpose: 'test' })).toEqual([
    'x lib test opt=0 debug=2 [b]',
    'x lib build opt=0 debug=2 [b]',
    'x lib doctest opt=0 debug=2 [b]',
  ]);
  expect(() => wanted(['x@2'])).toThrow('package ID specification `x@2` did not match');
  const features = { features: ['a'], all: false, withDefault: true };
  expect(() => wanted(['x'], { features })).toThrow(
    'cannot specify features for packages outside of workspace',
  );
  // With the first resolver features mean the root package, whichever is built.
  const first = shared['Cargo.toml'].replace('edition', 'resolver = "1"\nedition');
  const files = { ...shared, 'Cargo.toml': `${first}[features]\na = ["x/a"]\n` };
  expect(unitsOf(files, { packages: ['x'], features })).toEqual([
    'x lib build opt=0 debug=2 [a,b]',
  ]);
});

test('a published package may lack tests that its manifest names', () => {
  const manifest = `${shared['crates/x-1.0.0/Cargo.toml']}[[test]]\nname = "gone"\n[[test]]\nname = "here"\n`;
  const files = {
    ...shared,
    'crates/x-1.0.0/Cargo.toml': manifest,
    'crates/x-1.0.0/tests/here.rs': '',
  };
  const found = unitsOf(files, { packages: ['x'], purpose: 'test' });
  expect(found.filter((unit) => unit.startsWith('x test'))).toEqual([
    'x test test opt=0 debug=2 [b]',
  ]);
});

test('paths may be absolute: of dependencies, patches and targets', () => {
  const files = {
    'Cargo.toml': manifest(
      'top',
      '[lib]\npath = "/elsewhere/top.rs"\n[dependencies]\nd = { path = "/elsewhere/d/" }\nx = "1"\n[patch.crates-io]\nx = { path = "/elsewhere/x" }\n',
    ),
    'Cargo.lock': `version = 4\n${locked('d', [], '')}${locked('top', ['d', 'x'], '')}${locked('x', [], '')}`,
    '/elsewhere/top.rs': '',
    '/elsewhere/d/Cargo.toml': manifest('d'),
    '/elsewhere/d/src/lib.rs': '',
    '/elsewhere/x/Cargo.toml': manifest('x'),
    '/elsewhere/x/src/lib.rs': '',
  };
  const { units } = graphOf(files);
  expect([...units.values()].map(({ target }) => target.path).sort()).toEqual([
    ...['/elsewhere/d/src/lib.rs', '/elsewhere/top.rs', '/elsewhere/x/src/lib.rs'],
  ]);
});

test('a package of a folder that is no member can be wanted by name', () => {
  const files = {
    'Cargo.toml': manifest('top', '[dependencies]\nnear = { path = "near" }\n'),
    'Cargo.lock': `version = 4\n${locked('far', [], '')}${locked('near', ['far'], '')}${locked('top', ['near'], '')}`,
    'src/lib.rs': '',
    'near/Cargo.toml': manifest('near', '[dependencies]\nfar = { path = "far" }\n'),
    'near/src/lib.rs': '',
    'near/far/Cargo.toml': manifest('far'),
    'near/far/src/lib.rs': '',
  };
  expect(unitsOf(files, { packages: ['far'] })).toEqual(['far lib build opt=0 debug=2 []']);
});

test('libraries that a machine has none of are not made, unless there is nothing else', () => {
  const files = {
    'Cargo.toml': manifest('top', '[lib]\ncrate-type = ["cdylib", "rlib"]\n'),
    'Cargo.lock': 'version = 4\n',
    'src/lib.rs': '',
  };
  const types = (change: Partial<UnitRequest>) =>
    [...graphOf(files, change).units.values()].flatMap(({ target }) => target.crateTypes);
  expect(types({})).toEqual(['cdylib', 'rlib']);
  expect(types({ supports: (type) => type !== 'cdylib' })).toEqual(['rlib']);
  expect(types({ supports: () => false })).toEqual(['cdylib', 'rlib']);
});

test("a folder of paths stands for crates of its names and versions, as a package of one's own", () => {
  const files = {
    'Cargo.toml': manifest('top', '[dependencies]\na = "1"\nb = "1"\n'),
    'Cargo.lock': `version = 4\n${locked('top', ['a', 'b'], '')}${locked('a')}${locked('b')}`,
    'src/lib.rs': '',
    'mine/deep/a/Cargo.toml': manifest('a'),
    'mine/deep/a/src/lib.rs': '',
    'mine/b/Cargo.toml': manifest('b', '', '1.0.1'),
    'mine/b/src/lib.rs': '',
    'crates/b-1.0.0/Cargo.toml': manifest('b'),
    'crates/b-1.0.0/src/lib.rs': '',
  };
  const rows = [...graphOf(files).packages.values()];
  expect(rows.map(({ name, folder, source }) => `${name} ${folder} ${source.kind}`)).toEqual([
    'a /project/mine/deep/a path',
    'b /project/crates/b-1.0.0 registry',
    'top /project path',
  ]);
});

test('a feature of the name of an optional dependency does not switch it on', () => {
  const features = '[features]\nx = ["more"]\nmore = []\nboth = ["x/f"]\n';
  const files = {
    'Cargo.toml': manifest(
      'top',
      `${features}[dependencies]\nx = { version = "1", optional = true }\n`,
    ),
    'Cargo.lock': `version = 4\n${locked('top', ['x'], '')}${locked('x')}`,
    'src/lib.rs': '',
    'crates/x-1.0.0/Cargo.toml': manifest('x', '[features]\nf = []\n'),
    'crates/x-1.0.0/src/lib.rs': '',
  };
  const units = (...names: string[]) =>
    unitsOf(files, { features: { features: names, all: false, withDefault: true } });
  expect(units('x')).toEqual(['top lib build opt=0 debug=2 [more,x]']);
  expect(units('both')).toEqual([
    'x lib build opt=0 debug=2 [f]',
    'top lib build opt=0 debug=2 [both,more,x]',
  ]);
});

test('a feature that no selected package has is refused, and so is a profile that nothing declares', () => {
  const files = {
    'Cargo.toml':
      '[workspace]\nmembers = ["a", "b"]\n[profile.mine]\ninherits = "release"\n[profile.bare]\n',
    'Cargo.lock': `version = 4\n${locked('a', [], '')}${locked('b', ['a'], '')}`,
    'a/Cargo.toml': manifest('a', '[features]\nfast = []\n'),
    'a/src/lib.rs': '',
    'b/Cargo.toml': manifest('b', '[dependencies]\na = { path = "../a" }\n'),
    'b/src/lib.rs': '',
  };
  const asked = (packages: UnitRequest['packages'], feature: string) => () =>
    graphOf(files, {
      packages,
      features: { features: feature.split(','), all: false, withDefault: true },
    });
  expect(asked('default', 'fast')).not.toThrow();
  expect(asked(['b'], 'a/fast')).not.toThrow();
  expect(asked(['b'], 'fast')).not.toThrow();
  expect(asked(['a'], 'fats')).toThrow(`the package 'a' does not contain this feature: fats`);
  expect(asked(['b'], 'a/slow')).toThrow(
    'package `b` depends on `a` with feature `slow` but `a` does not have that feature.',
  );
  expect(asked(['a'], 'dep:a')).toThrow(
    'feature `dep:a` is not allowed to use explicit `dep:` syntax',
  );
  expect(asked(['a'], 'a/b/c')).toThrow('multiple slashes in feature `a/b/c` is not allowed');
  expect(asked(['a'], 'y,x')).toThrow(`the package 'a' does not contain these features: x, y`);
  expect(asked('default', 'c/fast')).toThrow(
    'none of the selected packages contains this feature: c/fast',
  );
  const profile = (name: string) => () => graphOf(files, { profile: name });
  expect(profile('mine')).not.toThrow();
  expect(profile('nope')).toThrow('profile `nope` is not defined');
  expect(profile('bare')).toThrow('profile `bare` is missing an `inherits` directive');
});

test('features of a nightly Cargo that would change the build are noted', () => {
  const cargoFeatures = 'cargo-features = ["profile-rustflags", "edition2024"]\n';
  const files = { 'Cargo.toml': `${cargoFeatures}${manifest('top')}`, 'src/lib.rs': '' };
  const loaded = loadWorkspace(new MemoryHost(files).files, '/project');
  expect(loaded.ok && loaded.value.unheeded).toEqual(['profile-rustflags']);
});

test('documentation tests that a manifest switches off are there for who asks for them', () => {
  const documented = (lib: string, purpose: UnitRequest['purpose']) => {
    const files = {
      'Cargo.toml': manifest('top', lib),
      'Cargo.lock': `version = 4\n${locked('top', [], '')}`,
      'src/lib.rs': '',
    };
    return unitsOf(files, { purpose }).filter((unit) => unit.includes(' doctest ')).length;
  };
  const off = '[lib]\ndoctest = false\n';
  expect([documented(off, 'test'), documented(off, 'test-named')]).toEqual([0, 1]);
  expect(documented(`${off}crate-type = ["cdylib"]\n`, 'test-named')).toBe(0);
});

test('a package of which nothing is wanted was not asked for, whatever needs it', () => {
  const untested = '[lib]\ntest = false\ndoctest = false\n';
  const files = {
    'Cargo.toml': `${manifest('top', '[dependencies]\ndep = { path = "dep" }\n')}[workspace]\n`,
    'Cargo.lock': `version = 4\n${locked('top', ['dep'], '')}${locked('dep', [], '')}`,
    'src/lib.rs': '',
    'dep/Cargo.toml': manifest('dep', untested),
    'dep/src/lib.rs': '',
  };
  const asked = (purpose: UnitRequest['purpose']) => {
    const { units, packages } = graphOf(files, { purpose, packages: ['*'] });
    return [...units.values()].flatMap((unit) =>
      unit.isSelected ? [packages.get(unit.package).name] : [],
    );
  };
  expect(asked('build')).toEqual(['dep', 'top']);
  expect(new Set(asked('test'))).toEqual(new Set(['top']));
});

test.each([
  ['registry', 'registry+https://h/index', 'version = "1"'],
  ['registry', 'sparse+https://h/index/', 'version = "1"'],
  ['git', 'git+https://h/x?branch=a%2Fb#0123', 'git = "https://h/x", branch = "a/b"'],
])('a package of a %s has its source as the lock file writes it', (kind, text, wanted) => {
  const from = `source = "${text}"\n`;
  const { packages } = graphOf({
    'Cargo.toml': manifest('top', `[dependencies]\nx = { ${wanted} }\n`),
    'Cargo.lock': `version = 4\n${locked('top', ['x'], '')}${locked('x', [], from)}`,
    'src/lib.rs': '',
    'crates/x-1.0.0/Cargo.toml': manifest('x'),
    'crates/x-1.0.0/src/lib.rs': '',
  });
  const of = [...packages.values()].find(({ name }) => name === 'x');
  expect(of?.source).toEqual({ kind, text });
});

test('the package that a command is called for is a member, whoever else has its name', () => {
  const files = {
    'Cargo.toml': '[workspace]\nmembers = ["b", "x"]\nexclude = ["y"]\nresolver = "1"\n',
    'b/Cargo.toml': manifest('b', '[dependencies]\nx = { path = "../y" }\n'),
    'x/Cargo.toml': manifest('x'),
    'y/Cargo.toml': manifest('x', '', '2.0.0'),
    'Cargo.lock':
      'version = 4\n[[package]]\nname = "x"\nversion = "2.0.0"\n[[package]]\nname = "x"\nversion = "1.0.0"\n[[package]]\nname = "b"\nversion = "1.0.0"\ndependencies = ["x 2.0.0"]\n',
    ...{ 'b/src/lib.rs': '', 'x/src/lib.rs': '', 'y/src/lib.rs': '' },
  };
  expect(unitsOf(files, { packages: ['x@1.0.0'], current: 'x' })).toEqual([
    'x lib build opt=0 debug=2 []',
  ]);
});

test('default is a feature only where the manifest declares it', () => {
  const files = {
    'Cargo.toml': '[workspace]\nmembers = ["a", "b"]\nresolver = "2"\n',
    'a/Cargo.toml': manifest('a', '[features]\nf = []\n'),
    'b/Cargo.toml': manifest('b', '[features]\ndefault = ["f"]\nf = []\n'),
    ...{ 'a/src/lib.rs': '', 'b/src/lib.rs': '' },
  };
  const features = { features: ['default'], all: false, withDefault: false };
  expect(unitsOf(files, { packages: ['*'], features })).toEqual([
    'a lib build opt=0 debug=2 []',
    'b lib build opt=0 debug=2 [default,f]',
  ]);
});

test('a profile that somebody names is that of tests and benchmarks, too', () => {
  const files = {
    'Cargo.toml': `${manifest('a')}[profile.test]\nopt-level = 1\n[profile.bench]\nopt-level = 2\n`,
    'src/lib.rs': '',
  };
  const levels = (change: Partial<UnitRequest>) =>
    [...graphOf(files, change).units.values()].map(({ profile }) => profile.optLevel);
  expect(levels({ purpose: 'test', profile: 'dev' })).toContain('1');
  expect(levels({ purpose: 'test', profile: 'dev', isProfileNamed: true })).not.toContain('1');
  expect(levels({ purpose: 'bench', profile: 'release' })).toContain('2');
  expect(levels({ purpose: 'bench', profile: 'release', isProfileNamed: true })).not.toContain('2');
});

test('a published package may not lack a program that its manifest names', () => {
  const manifest = `${shared['crates/x-1.0.0/Cargo.toml']}[[bin]]\nname = "gone"\n`;
  const files = { ...shared, 'crates/x-1.0.0/Cargo.toml': manifest };
  expect(() => unitsOf(files)).toThrow("can't find `gone` bin at `src/bin/gone.rs`");
  const found = unitsOf({ ...files, 'crates/x-1.0.0/src/bin/gone.rs': '' });
  expect(found.filter((unit) => unit.startsWith('x'))).toHaveLength(2);
});

test("debug information lies beside objects where Apple's machines are built for", () => {
  const split = (more: string, change: Partial<UnitRequest> = {}) => {
    const files = { ...shared, 'Cargo.toml': `${shared['Cargo.toml']}${more}` };
    const platform = (side: string) => ({
      cfgs: linux,
      triple: side === 'host' ? 'aarch64-apple-darwin' : 'x86_64-unknown-linux-gnu',
    });
    const { units } = graphOf(files, { isCross: true, platform, ...change });
    const found = [...units.values()].map(({ side, profile }) => [side, profile.splitDebuginfo]);
    return new Set(found.map((one) => one.join(' ')));
  };
  expect(split('')).toContain('host unpacked');
  expect(split('')).not.toContain('build unpacked');
  expect(split('[profile.dev]\nsplit-debuginfo = "packed"\n')).toContain('host packed');
  expect(split('', { profile: 'release' })).not.toContain('host unpacked');
});

test('what is compiled for the machine that builds has the same names whichever machine the rest is for', () => {
  const names = (triple: string | undefined) => {
    const { units } = graphOf(shared, {
      profile: 'release',
      isCross: triple !== undefined,
      compiler: (side) => (side === 'host' ? `rustc 1 ${triple ?? ''}` : 'rustc 1 '),
    });
    const found = [...units.values()].filter(({ mode }) => mode === 'build');
    return {
      tools: found.filter(({ side }) => side === 'build').map(({ hash }) => hash),
      all: new Set(found.map(({ hash }) => hash)),
    };
  };
  const [first, second, plain] = [names('one'), names('other'), names(undefined)];
  expect(first.tools).toHaveLength(3);
  expect(second.tools).toEqual(first.tools);
  expect(first.tools.filter((hash) => plain.all.has(hash))).toEqual(first.tools);
  expect([...first.all].filter((hash) => second.all.has(hash))).toEqual(first.tools);
});
