import fc from 'fast-check';
import { expect, test } from 'vitest';
import { workspaceBuildFile } from '../../src/cargo/build-file.ts';
import { CargoGraph } from '../../src/cargo/cargo-graph.ts';
import { dependencyMap, rustArguments } from '../../src/cargo/crate-arguments.ts';
import { renderDiagnostic } from '../../src/diag/render.ts';
import { featuresOf, graphOf, worldOf } from './yard.ts';

const lib = (name: string, rest = '', version = '1.0.0') =>
  `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n[lib]\n${rest}`;

test('features switch on what they name: features, dependencies, their features, and weakly none', () => {
  const { graph, id } = graphOf({
    'Cargo.toml': `[workspace]\nmembers = [".", "more", "another"]\ndefault-members = [".", "more"]\n${lib(
      'top',
      `[features]\ndefault = ["one", "hello?/goodbye", "never?/x"]\none = ["answer/large", "dep:hello"]\ntwo = []\n[dependencies]\nhello = { path = "hello", optional = true }\nanswer = { path = "answer", optional = true }\nnever = { path = "never", optional = true }\nmore = { path = "more" }\n`,
    )}`,
    'more/Cargo.toml': lib('more'),
    'another/Cargo.toml': lib('another'),
    'hello/Cargo.toml': lib('hello', '[features]\ngoodbye = []\n'),
    'answer/Cargo.toml': lib('answer', '[features]\nlarge = []\n', '2.1.0'),
    'never/Cargo.toml': lib('never', '[features]\nx = []\n'),
  });
  expect(featuresOf(graph)).toEqual({
    top: ['default', 'one'],
    more: ['default'],
    hello: ['default', 'goodbye'],
    answer: ['default', 'large'],
  });
  expect(graph.configuredPackages(id)).toEqual(['answer', 'hello', 'more', 'top']);
  const top = graph.member(id, undefined);
  expect(top.ok && [...graph.crate(top.value).manifest.features.keys()].sort()).toEqual([
    'answer',
    'default',
    'never',
    'one',
    'two',
  ]);
  expect(graph.member(id, 'nonexistent')).toEqual({
    ok: false,
    error: 'workspace member "nonexistent" not found',
  });
});

test('members inherit fields, dependencies and lints of their workspace', () => {
  const { graph, id } = graphOf({
    'Cargo.toml':
      '[workspace]\nresolver = "2"\nmembers = ["crates/*"]\ndefault-members = ["crates/a"]\n[workspace.package]\nversion = "3.1.4"\nedition = "2021"\nauthors = ["A", "B"]\n[workspace.dependencies]\nb = { path = "crates/b", features = ["f1"] }\n[workspace.lints.rust]\nunsafe_code = "forbid"\nunused = { level = "warn", priority = -1 }\n[workspace.lints.clippy]\nall = "deny"\n',
    'crates/a/Cargo.toml':
      '[package]\nname = "a"\nversion.workspace = true\nedition = { workspace = true }\nauthors.workspace = true\n[lib]\n[lints]\nworkspace = true\n[dependencies]\nrenamed = { package = "b", path = "../b" }\nb = { workspace = true, features = ["f2"] }\n',
    'crates/b/Cargo.toml': lib('b', '[features]\nf1 = []\nf2 = []\n'),
  });
  const a = graph.member(id, 'a');
  if (!a.ok) throw new Error(a.error);
  const crate = graph.crate(a.value);
  const configuration = graph.configuration(a.value, 'host');
  if (configuration === undefined) throw new Error('a is not configured');
  expect(crate.manifest.package).toMatchObject({
    version: '3.1.4',
    edition: '2021',
    authors: ['A', 'B'],
  });
  expect(featuresOf(graph)['b']).toEqual(['default', 'f1', 'f2']);
  expect(rustArguments(crate, configuration, { hasCheckCfg: false })).toEqual([
    ...['-W', 'unused', '-F', 'unsafe_code', '-D', 'clippy::all'],
    ...['--cfg', 'feature="default"'],
  ]);
  expect(dependencyMap(graph, { configuration, crate }, 'host')).toEqual({ 'b+1': 'renamed' });
});

test('dependencies of other platforms are left out, by condition and by triple', () => {
  const { graph } = graphOf({
    'Cargo.toml': lib(
      'top',
      '[target.\'cfg(all(unix, not(target_os = "macos")))\'.dependencies]\nu = { path = "u" }\n[target.\'cfg(windows)\'.dependencies]\nw = { path = "w" }\n[target.x86_64-unknown-linux-gnu.dependencies]\nt = { path = "t" }\n',
    ),
    'u/Cargo.toml': lib('u'),
    'w/Cargo.toml': lib('w'),
    't/Cargo.toml': lib('t'),
  });
  expect(Object.keys(featuresOf(graph)).sort()).toEqual(['t', 'top', 'u']);
});

test('a cross build keeps proc macros and what is below them on the build machine', () => {
  const { graph } = graphOf(
    {
      'Cargo.toml': lib('top', '[dependencies]\nm = { path = "m" }\ns = { path = "s" }\n'),
      'm/Cargo.toml': lib(
        'm',
        'proc-macro = true\n[dependencies]\ns = { path = "../s", features = ["big"] }\n',
      ),
      's/Cargo.toml': lib('s', '[features]\nbig = []\n'),
    },
    { isCross: true },
  );
  expect(featuresOf(graph, 'host')).toEqual({ top: ['default'], s: ['default'] });
  expect(featuresOf(graph, 'build')).toEqual({ m: ['default'], s: ['big', 'default'] });
});

test('crates of a lock file are those of its subprojects, the newest that fits', () => {
  const { graph, id } = graphOf({
    'Cargo.toml': lib(
      'top',
      '[dependencies]\nfoo = "1.2"\nold = { package = "foo", version = "0.3" }\n',
    ),
    'Cargo.lock':
      '[[package]]\nname = "foo"\nversion = "1.9.1"\n[[package]]\nname = "foo"\nversion = "0.3.7"\n',
    'subprojects/foo-1-rs/Cargo.toml': lib('foo', '', '1.9.1'),
    'subprojects/foo-0.3-rs/Cargo.toml': lib('foo', '', '0.3.7'),
  });
  const top = graph.member(id, undefined);
  const configuration = top.ok ? graph.configuration(top.value, 'host') : undefined;
  const versions = [...(configuration?.dependencies ?? [])].map(
    ([key, crate]) => `${key} ${graph.crate(crate).manifest.package.version}`,
  );
  expect(versions.sort()).toEqual(['foo 1.9.1', 'old 0.3.7']);
});

test('what is missing is told at the line that wants it', () => {
  const world = worldOf({ 'Cargo.toml': lib('top', '[dependencies]\nfoo = "1.2"\n') });
  const loaded = new CargoGraph(world).loadWorkspace({
    folder: '/project',
    subdir: '',
    fromWrap: false,
  });
  expect(loaded.ok ? '' : loaded.error.map((one) => renderDiagnostic(one)).join('\n')).toBe(
    'Cargo.toml:7:0: ERROR: Dependency \'foo-1-rs\' not found in any wrap files.\n    7 | foo = "1.2"\n      | ^^^',
  );
});

test("a workspace without a build file gets one that reads like anyone's", () => {
  const { graph, id } = graphOf({
    'Cargo.toml': `[workspace]\nmembers = ["m"]\n${lib('top', 'crate-type = ["lib", "cdylib"]\n[dependencies]\nm = { path = "m" }\n')}`,
    'm/Cargo.toml': lib('m', 'proc-macro = true\n'),
  });
  const text = workspaceBuildFile(graph, id, 'it');
  expect(text.ok ? text.value : text.error).toBe(`# Made from Cargo.toml.

project('it', 'rust',
  meson_version: '>= 1.12.0',
  version: '1.0.0',
)

rust = import('rust')
cargo_ws = rust.workspace()

subdir('m')

pkg_obj = cargo_ws.package('top')
features = pkg_obj.features()
message('Enabled features:', features)
extra_args = []
extra_deps = []
fs = import('fs')
if fs.is_dir('meson')
  subdir('meson')
endif

lib = pkg_obj.library('top+1',
  dependencies: extra_deps,
  rust_args: extra_args,
  rust_abi: 'rust',
)
dep = declare_dependency(
  link_with: lib,
  variables: {'features': ','.join(features)},
  version: pkg_obj.version(),
)
pkg_obj.override_dependency(dep, rust_abi: 'rust')

lib = pkg_obj.library('top',
  dependencies: extra_deps,
  rust_args: extra_args,
  rust_abi: 'c',
)
dep = declare_dependency(
  link_with: lib,
  variables: {'features': ','.join(features)},
  version: pkg_obj.version(),
)
pkg_obj.override_dependency(dep, rust_abi: 'c')
`);
});

/** A small workspace of crates 0 … 4, each depending on later ones, with random features. */
const workspaces = fc
  .array(
    fc.record({
      features: fc.array(
        fc.array(
          fc.oneof(
            fc.nat(3).map((n) => `f${n}`),
            fc
              .tuple(fc.nat(4), fc.nat(3), fc.boolean())
              .map(([d, f, weak]) => `c${d}${weak ? '?' : ''}/f${f}`),
            fc.nat(4).map((d) => `dep:c${d}`),
          ),
          { maxLength: 3 },
        ),
        { minLength: 4, maxLength: 4 },
      ),
      dependencies: fc.array(fc.record({ to: fc.nat(4), optional: fc.boolean() }), {
        maxLength: 4,
      }),
    }),
    { minLength: 5, maxLength: 5 },
  )
  .map((crates) => {
    const make = (reversed: boolean): Record<string, string> => {
      const files: Record<string, string> = {};
      for (const [at, { features, dependencies }] of crates.entries()) {
        const below = new Map(dependencies.filter(({ to }) => to > at).map((one) => [one.to, one]));
        const usable = (text: string) =>
          text.startsWith('f') || below.has(Number(/c(\d)/.exec(text)?.[1])) === true;
        const lines = features.map((list, f) => {
          const kept = list.filter(usable);
          return `f${f} = ${JSON.stringify(reversed ? kept.reverse() : kept)}`;
        });
        const wants = [...below.values()].map(
          ({ to, optional }) =>
            `c${to} = { path = "${at === 0 ? '' : '../'}c${to}", optional = ${optional} }`,
        );
        if (reversed) {
          lines.reverse();
          wants.reverse();
        }
        files[at === 0 ? 'Cargo.toml' : `c${at}/Cargo.toml`] = lib(
          `c${at}`,
          `[features]\n${lines.join('\n')}\n[dependencies]\n${wants.join('\n')}\n`,
        );
      }
      return files;
    };
    return { plain: make(false), reversed: make(true) };
  });

function resolved(files: Record<string, string>, features: readonly string[]) {
  const graph = new CargoGraph(worldOf(files));
  graph.chooseFeatures(features);
  const loaded = graph.loadWorkspace({ folder: '/project', subdir: '', fromWrap: false });
  return loaded.ok ? featuresOf(graph) : loaded.error;
}

test('the order in which a manifest says things does not matter', () => {
  fc.assert(
    fc.property(
      workspaces,
      fc.subarray(['f0', 'f1', 'f2', 'f3']),
      ({ plain, reversed }, features) => {
        expect(resolved(plain, features)).toEqual(resolved(reversed, features));
      },
    ),
    { numRuns: 60 },
  );
});

test('more features never switch anything off', () => {
  fc.assert(
    fc.property(workspaces, fc.subarray(['f0', 'f1', 'f2']), ({ plain }, features) => {
      const few = resolved(plain, features) as Record<string, string[]>;
      const more = resolved(plain, [...features, 'f3']) as Record<string, string[]>;
      for (const [crate, chosen] of Object.entries(few))
        expect(more[crate]).toEqual(expect.arrayContaining(chosen));
    }),
    { numRuns: 60 },
  );
});

test('keys of a package that mean nothing are told', () => {
  const { said } = graphOf({
    'Cargo.toml': '[package]\nname = "x"\nversion = "1.0.0"\nflavour = "sweet"',
    'src/lib.rs': '',
  });
  expect(said.join('\n')).toContain(
    'WARNING: Package entry x has unexpected keys "flavour". This may',
  );
});
