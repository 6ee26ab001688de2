import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { project, told } from './support/project.ts';

const has = (tool: string): boolean => spawnSync(tool, ['--version']).status === 0;

/** A workspace with a lint of its own, a build script, a macro and tests. */
const workspace = {
  'Cargo.toml': [
    '[workspace]\nmembers = ["tool", "words"]\nresolver = "2"',
    '[workspace.lints.clippy]\nneedless_return = "deny"\n',
  ].join('\n'),
  'tool/Cargo.toml':
    '[package]\nname = "tool"\nversion = "0.1.0"\nedition = "2021"\n[features]\ndefault = ["more"]\nmore = []\n[dependencies]\nwords = { path = "../words" }\n[lints]\nworkspace = true\n',
  'tool/build.rs': [
    'fn main() {',
    '    let out = std::env::var("OUT_DIR").unwrap();',
    '    std::fs::write(format!("{out}/made.rs"), "pub const MADE: i32 = 7;\\n").unwrap();',
    '    println!("cargo::rustc-check-cfg=cfg(by_script)");',
    '    println!("cargo::rustc-cfg=by_script");',
    '    println!("cargo::rustc-env=WHO=it\'s me");',
    '    println!("cargo::rerun-if-changed=build.rs");',
    '}',
    '',
  ].join('\n'),
  'tool/src/lib.rs': [
    '//! A tool.',
    'include!(concat!(env!("OUT_DIR"), "/made.rs"));',
    '#[cfg(not(by_script))]',
    'compile_error!("the build script has not spoken");',
    '/// Seven.',
    'pub fn seven() -> i32 {',
    '    assert_eq!(env!("WHO"), "it\'s me");',
    '    words::same!(MADE)',
    '}',
    '#[cfg(test)]',
    'mod tests {',
    '    #[test]',
    '    fn counts() {',
    '        assert_eq!(super::seven(), 7);',
    '    }',
    '    #[test]',
    '    fn other() {}',
    '}',
    '',
  ].join('\n'),
  'tool/src/main.rs': 'fn main() {\n    println!("{}", tool::seven());\n}\n',
  'tool/tests/runs.rs': '#[test]\nfn runs() {\n    assert_eq!(tool::seven(), 7);\n}\n',
  'words/Cargo.toml':
    '[package]\nname = "words"\nversion = "0.1.0"\nedition = "2021"\n[lib]\nproc-macro = true\n',
  'words/src/lib.rs':
    'use proc_macro::TokenStream;\n#[proc_macro]\npub fn same(input: TokenStream) -> TokenStream {\n    input\n}\n',
};

const folder = {
  ...Object.fromEntries(Object.entries(workspace).map(([path, text]) => [`rust/${path}`, text])),
  'meson.build':
    "project('p', 'rust', meson_version: '>=1.12')\ncrates = import('rust').workspace('rust', packages: ['*'])\ncrates.build()\ncrates.test()\n",
};

test.skipIf(!has('clippy-driver')).each([["rust.workspace('FOLDER')", folder, 'rust/', []]])(
  'clippy and rustdoc know the crates of %s',
  (_what, files, at, words) => {
    const made = project(files);
    expect(made.kaon(['setup', 'build', ...words]).status).toBe(0);
    const good = made.kaon(['compile', '-C', 'build', 'clippy']);
    expect(good.status, told(good)).toBe(0);
    expect(told(good)).not.toContain('warning');
    made.write(`${at}tool/tests/runs.rs`, '#[test]\nfn runs() {\n    return assert!(true);\n}\n');
    const bad = made.kaon(['compile', '-C', 'build', 'clippy']);
    expect(bad.status).toBe(1);
    expect(told(bad)).toContain('clippy::needless-return');
    const documented = made.kaon(['compile', '-C', 'build', 'rustdoc']);
    expect(documented.status, told(documented)).toBe(0);
    expect(existsSync(join(made.folder, 'build/doc/tool/fn.seven.html'))).toBe(true);
  },
);

test.skipIf(!has('clippy-driver'))(
  'clippy and rustdoc make code of build scripts and macros alone',
  () => {
    const package_ = (name: string, more: string) =>
      `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${more}`;
    const made = project({
      ...workspace,
      'Cargo.toml': `${workspace['Cargo.toml']}[profile.release]\nlto = "fat"\n`,
      'tool/Cargo.toml': workspace['tool/Cargo.toml'].replace(
        '[lints]',
        'shared = { path = "../shared" }\n[lints]',
      ),
      'tool/src/main.rs': 'fn main() {\n    println!("{}", tool::seven() + shared::one());\n}\n',
      'shared/Cargo.toml': package_(
        'shared',
        '[dependencies]\nplain = { path = "../plain" }\n[lib]\ncrate-type = ["cdylib", "rlib"]\n[workspace]\n',
      ),
      'shared/src/lib.rs': 'pub fn one() -> i32 {\n    return plain::one();\n}\n',
      'plain/Cargo.toml': package_('plain', '[workspace]\n'),
      'plain/src/lib.rs': 'pub fn one() -> i32 {\n    1\n}\n',
    });
    made.write(
      'Cargo.toml',
      made.read('Cargo.toml').replace('resolver', 'exclude = ["shared", "plain"]\nresolver'),
    );
    expect(made.kaon(['setup', 'build', '--buildtype=release', '-Dpackages=*']).status).toBe(0);
    for (const tool of ['clippy', 'rustdoc']) {
      const run = made.kaon(['compile', '-C', 'build', tool]);
      expect(run.status, told(run)).toBe(0);
    }
    const kinds = readdirSync(join(made.folder, 'build/target/release/deps'))
      .map((name) => name.replace(/-[0-9a-f]{16}/, '-'))
      .filter((name) => !name.endsWith('.d'));
    expect([...new Set(kinds)].sort()).toEqual([
      'libplain-c.rmeta',
      'libruns-k.rmeta',
      'libshared-c.rmeta',
      'libtool-k.rmeta',
      expect.stringMatching(/^libwords-\.(so|dylib)$/),
      'libwords-k.rmeta',
    ]);
    // What is built then is not what was checked.
    const built = made.kaon(['compile', '-C', 'build']);
    expect(built.status, told(built)).toBe(0);
    const again = made.kaon(['compile', '-C', 'build', 'clippy']);
    expect(told(again)).not.toContain('Checking');
  },
);

test.skipIf(!has('clippy-driver'))(
  'clippy looks again at what changed alone, and tells again of the rest',
  () => {
    const made = project(workspace);
    made.write('tool/src/main.rs', 'fn main() {\n    println!("{}", tool::seven() + 0);\n}\n');
    made.write('tool/src/more.rs', '');
    expect(made.kaon(['setup', 'build', '-Dpackages=*']).status).toBe(0);
    const clippy = () => told(made.kaon(['compile', '-C', 'build', 'clippy']));
    const checked = (said: string) =>
      [...said.matchAll(/Checking crate (.*)/g)].map(([, of]) => of);
    expect(clippy()).toContain('this operation has no effect');
    const again = clippy();
    expect(checked(again)).toEqual([]);
    expect(again).toContain('this operation has no effect');
    made.write(
      'tool/tests/runs.rs',
      '#[test]\nfn runs() {\n    assert_eq!(tool::seven(), 6 + 1);\n}\n',
    );
    expect(checked(clippy())).toEqual([expect.stringContaining('runs')]);
    // Settings that appear may change what is said of all.
    made.write('clippy.toml', 'disallowed-names = ["forbidden"]\n');
    expect(checked(clippy()).length).toBeGreaterThan(3);
    made.write('tool/src/main.rs', 'fn main() {\n    return println!("{}", tool::seven());\n}\n');
    for (const _time of ['first', 'second']) {
      const failed = made.kaon(['compile', '-C', 'build', 'clippy']);
      expect(failed.status).toBe(1);
      expect(told(failed)).toContain('clippy::needless-return');
    }
    // Whatever clippy saw, nothing is built yet.
    expect(told(made.kaon(['-C', 'build']))).toContain('Compiling crate tool');
  },
);

test('rustdoc documents again what changed alone, and tells again of the rest', () => {
  const made = project(workspace);
  made.write(
    'tool/src/lib.rs',
    `#![doc = include_str!("../README.md")]\n#[cfg(doc)]\npub mod more;\n${workspace['tool/src/lib.rs'].replace('//! A tool.', '#[allow(dead_code)]\n/// Of [nothing].\nfn own() {}')}`,
  );
  made.write('tool/README.md', 'First.\n');
  made.write('tool/src/more.rs', '//! More.\n');
  made.write('tool/src/bin/other.rs', '//! See [`tool::seven`].\nfn main() {}\n');
  for (const name of ['bin/quiet', '../examples/shown', '../examples/plain'])
    made.write(`tool/src/${name}.rs`, 'fn main() {}\n');
  const targets = '[[bin]]\nname = "quiet"\ndoc = false\n[[example]]\nname = "shown"\ndoc = true\n';
  made.write('tool/Cargo.toml', workspace['tool/Cargo.toml'] + targets);
  expect(made.kaon(['setup', 'build', '-Dpackages=*']).status).toBe(0);
  const rustdoc = () => told(made.kaon(['compile', '-C', 'build', 'rustdoc']));
  const documented = (said: string) =>
    [...said.matchAll(/Documenting crate (.*)/g)].map(([, of]) => of).sort();
  const page = (name: string) => readFileSync(join(made.folder, 'build/doc', name), 'utf8');
  const first = rustdoc();
  // Not the program that is called as its library is.
  expect(documented(first), first).toEqual(['other', 'shown', 'tool', 'words']);
  expect(page('other/index.html')).toContain('href="../tool/fn.seven.html"');
  const again = rustdoc();
  expect([documented(again), again]).toEqual([[], expect.stringContaining('link to `nothing`')]);
  // What only documentation reads, and what others do not see.
  made.write('tool/src/more.rs', '//! Yet more.\n');
  expect(documented(rustdoc())).toEqual(['tool']);
  made.write('tool/README.md', 'Second.\n');
  expect(documented(rustdoc())).toEqual(['tool']);
  expect(page('tool/index.html')).toContain('Second.');
  rmSync(join(made.folder, 'build/doc'), { recursive: true });
  expect(documented(rustdoc())).toEqual(['other', 'shown', 'tool', 'words']);
  expect(existsSync(join(made.folder, 'build/doc/tool/fn.own.html'))).toBe(true);
  made.write('.cargo/config.toml', '[build]\nrustdocflags = ["-D", "warnings"]\n');
  expect(rustdoc()).toContain('error: unresolved link to `nothing`');
});

test.skipIf(!has('rustfmt'))('rustfmt formats the members of a workspace', () => {
  const made = project(workspace);
  made.write('tool/src/main.rs', 'fn main(){}\n');
  expect(made.kaon(['setup', 'build', '-Dpackages=*']).status).toBe(0);
  const formatted = made.kaon(['compile', '-C', 'build', 'rustfmt']);
  expect(formatted.status, told(formatted)).toBe(0);
  expect(made.read('tool/src/main.rs')).toBe('fn main() {}\n');
});

test('editors are told of the crates of a workspace, and of what build scripts said', () => {
  const made = project(workspace);
  expect(made.kaon(['--workspace']).status).toBe(0);
  const { crates, runnables } = JSON.parse(made.read('build/rust-project.json'));
  const found = (path: string) =>
    crates.find((one: { root_module: string }) => one.root_module === join(made.folder, path));
  const lib = found('tool/src/lib.rs');
  expect(lib).toMatchObject({
    display_name: 'tool',
    edition: '2021',
    is_workspace_member: true,
    env: { CARGO_PKG_NAME: 'tool', WHO: "it's me" },
    build: { build_file: join(made.folder, 'tool/Cargo.toml'), target_kind: 'lib' },
  });
  expect(lib.cfg).toEqual(['feature="default"', 'feature="more"', 'by_script']);
  expect(existsSync(`${lib.env.OUT_DIR}/made.rs`)).toBe(true);
  expect(lib.source.include_dirs).toContain(lib.env.OUT_DIR);
  expect(lib.deps.map(({ name }: { name: string }) => name)).toEqual(['words']);
  const macro = found('words/src/lib.rs');
  expect(macro.is_proc_macro).toBe(true);
  expect(existsSync(macro.proc_macro_dylib_path)).toBe(true);
  expect(found('tool/tests/runs.rs').display_name).toBe('runs');
  const shell = made.kaon(['devenv', '-C', 'build', 'sh', '-c', 'echo "$OUT_DIR"; tool']);
  expect(shell.stdout).toBe(`${lib.env.OUT_DIR}\n7\n`);
  const one = runnables.find(({ kind }: { kind: string }) => kind === 'testOne');
  const words = one.args.map((word: string) =>
    word.replace('{label}', lib.build.label).replace('{test_id}', 'tests::counts'),
  );
  const tested = made.kaon(words);
  expect(tested.status, told(tested)).toBe(0);
  expect(tested.stdout).toContain('test tests::counts ... ok');
  expect(tested.stdout).not.toContain('tests::other');
  // Also by the short way of a build that knows of no setup.
  expect(told(made.kaon([]))).toContain('up to date');
  const script = made.read('tool/build.rs');
  made.write('tool/build.rs', script.replace("it's me", 'somebody'));
  const again = made.kaon([]);
  expect(again.status, told(again)).toBe(0);
  expect(made.read('build/rust-project.json')).toContain('somebody');
});
