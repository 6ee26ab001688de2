import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Project, project, told } from '../support/project.ts';

/** Every kind of product, a build script and a macro. */
const all = {
  'Cargo.toml': '[workspace]\nmembers = ["all", "words"]\nresolver = "2"\n',
  'all/Cargo.toml': [
    '[package]\nname = "all-kinds"\nversion = "0.3.0"\nedition = "2021"',
    '[lib]\ncrate-type = ["lib", "cdylib", "staticlib"]',
    '[dependencies]\nwords = { path = "../words" }',
    '[[example]]\nname = "plugin"\ncrate-type = ["cdylib"]',
    '[[bench]]\nname = "quick"\nharness = false\n',
  ].join('\n'),
  'all/build.rs': [
    'fn main() {',
    '    let target = std::env::var("CARGO_CFG_TARGET_ARCH").unwrap();',
    '    println!("cargo::rustc-env=ARCHES={} {target}", std::env::consts::ARCH);',
    '    println!("cargo::rerun-if-changed=build.rs");',
    '}',
    '',
  ].join('\n'),
  'all/src/lib.rs': [
    '#[no_mangle]',
    'pub extern "C" fn seven() -> i32 {',
    '    words::seven!()',
    '}',
    "pub fn arches() -> &'static str {",
    '    env!("ARCHES")',
    '}',
    '',
  ].join('\n'),
  'all/src/main.rs':
    'fn main() {\n    println!("{} {}", all_kinds::seven(), all_kinds::arches());\n}\n',
  'all/examples/plain.rs': 'fn main() {\n    assert_eq!(all_kinds::seven(), 7);\n}\n',
  'all/examples/plugin.rs': '#[no_mangle]\npub extern "C" fn plug() {}\n',
  'all/benches/quick.rs':
    'fn main() {\n    assert_eq!(std::env::args().nth(1).as_deref(), Some("--bench"));\n}\n',
  'words/Cargo.toml':
    '[package]\nname = "words"\nversion = "0.1.0"\nedition = "2021"\n[lib]\nproc-macro = true\n',
  'words/src/lib.rs':
    'use proc_macro::TokenStream;\n#[proc_macro]\npub fn seven(_: TokenStream) -> TokenStream {\n    "7".parse().unwrap()\n}\n',
};

const c = 'int seven(void);\nint main(void) { return seven() - 7; }\n';

test('all kinds of libraries, examples and benchmarks of a workspace; C links and installs them', () => {
  const made = project({
    ...all,
    'meson.build': [
      "project('p', 'c', 'rust')",
      "crates = import('rust').workspace('.', packages: ['*'])",
      'crates.build(install: true)',
      'crates.test()',
      "archive = crates.library('all-kinds', install: true)",
      "shared = crates.library('all-kinds', kind: 'shared', install: true)",
      "test('archive', executable('a', 'main.c', link_with: archive))",
      "test('shared', executable('s', 'main.c', link_with: shared))",
      '',
    ].join('\n'),
    'main.c': c,
  });
  const tested = made.kaon(['test']);
  expect(tested.status, told(tested)).toBe(0);
  expect(tested.stdout).toContain('example plugin');
  const measured = made.kaon(['test', '--benchmark']);
  expect(measured.status, told(measured)).toBe(0);
  expect(measured.stdout).toContain('all-kinds bench quick');
  const installed = made.kaon(['install', '--destdir', join(made.folder, 'dest')]);
  expect(installed.status, told(installed)).toBe(0);
  const found = execFileSync('find', ['dest', '-type', 'f', '-printf', '%f\n'], {
    cwd: made.folder,
    encoding: 'utf8',
  });
  expect(found.trim().split('\n').sort()).toEqual([
    'all-kinds',
    'liball_kinds.a',
    'liball_kinds.so',
  ]);
  const products = execFileSync('ls', ['build/target/debug'], {
    cwd: made.folder,
    encoding: 'utf8',
  });
  for (const name of ['liball_kinds.rlib', 'liball_kinds.so', 'liball_kinds.a', 'libwords.so'])
    expect(products.split('\n')).toContain(name);
});

/** Compiles for this machine what is for another, whose standard library is not here; notes each call. */
const wrapper = [
  '#!/bin/sh',
  'rustc="$1"; shift; name=; kind=; target=; linker=; last=',
  'for word; do',
  '  case "$last" in --crate-name) name="$word" ;; --crate-type) kind="$kind $word" ;; --target) target="$word" ;; -C) case "$word" in linker=*) linker="$word" ;; esac ;; esac',
  '  case "$word" in --test) kind=" test" ;; esac',
  '  last="$word"',
  'done',
  'if [ -n "$name" ] && [ "$name" != ___ ]; then echo "$name$kind $target $linker" >> "$CALLS"; fi',
  'if [ -z "$target" ] || [ "$name" = ___ ] || [ -z "$name" ]; then exec "$rustc" "$@"; fi',
  'n=$#; last=',
  'while [ "$n" -gt 0 ]; do',
  '  word="$1"; shift; n=$((n - 1))',
  '  if [ "$word" = --target ]; then shift; n=$((n - 1)); continue; fi',
  '  case "$word" in linker=*) word=linker=cc ;; esac',
  '  set -- "$@" "$word"',
  'done',
  'exec "$rustc" "$@"',
  '',
].join('\n');

const machine = [
  '[binaries]',
  "c = 'cc'",
  "rust = ['rustc', '--target', 'aarch64-unknown-linux-gnu']",
  "rust_ld = 'gcc'",
  '[host_machine]',
  "system = 'linux'",
  "cpu_family = 'aarch64'",
  "cpu = 'aarch64'",
  "endian = 'little'",
  '',
].join('\n');

function calls(made: Project, log: string, run: (env: Readonly<Record<string, string>>) => void) {
  const path = join(made.folder, log);
  run({ RUSTC_WRAPPER: join(made.folder, 'wrap.sh'), CALLS: path });
  return made.read(log).trimEnd().split('\n').sort();
}

test('for another machine rustc is called as Cargo calls it: macros and scripts are for this one', () => {
  const made = project({ ...all, 'wrap.sh': wrapper, 'machine.ini': machine });
  execFileSync('chmod', ['+x', 'wrap.sh'], { cwd: made.folder });
  const triple = 'aarch64-unknown-linux-gnu';
  const byCargo = calls(made, 'cargo.log', (env) => {
    const words = [
      'build',
      '--workspace',
      '--offline',
      '--target',
      triple,
      '--target-dir',
      'cargo',
    ];
    const linker = { CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER: 'gcc' };
    execFileSync('cargo', words, {
      cwd: made.folder,
      env: { ...process.env, ...env, ...linker },
      stdio: 'pipe',
    });
  });
  const ours = calls(made, 'kaon.log', (env) => {
    const setup = made.kaon(['setup', '--cross-file', 'machine.ini', '-Dpackages=*', 'build'], {
      env,
    });
    expect(setup.status, told(setup)).toBe(0);
    const build = made.kaon(['-C', 'build'], { env });
    expect(build.status, told(build)).toBe(0);
  });
  expect(ours).toEqual(byCargo);
  expect(ours.filter((call) => call.includes(triple))).toHaveLength(2);
  const said = execFileSync(join(made.folder, 'build/target', triple, 'debug/all-kinds'), {
    encoding: 'utf8',
  });
  expect(said).toBe(`7 ${process.arch === 'x64' ? 'x86_64' : process.arch} aarch64\n`);
});
