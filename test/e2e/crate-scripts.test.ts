import { expect, test } from 'vitest';
import { project, told } from './support/project.ts';

/** A C program and a Rust one, over a crate with a build script that needs a crate with another. */
const scripted = {
  'capp.c': [
    'int stl_answer(void);',
    'int main(void){ return stl_answer() == 42 + 6 ? 0 : 1; }',
  ].join('\n'),
  'main.rs':
    'fn main(){ assert_eq!(foo::answer(), 42); assert!((foo::root(4.0)-2.0).abs() < 1e-9); println!("{}", foo::name()); }',
  'meson.build': [
    "project('p','c','rust', meson_version: '>=1.3.0')",
    "foo = dependency('foo-1-rs')",
    "exe = executable('app', 'main.rs', dependencies: foo)",
    "test('app', exe)",
    "st = static_library('stl', 'stl.rs', rust_abi: 'c', dependencies: foo)",
    "capp = executable('capp', 'capp.c', link_with: st)",
    "test('capp', capp)",
  ].join('\n'),
  'stl.rs':
    '#[no_mangle] pub extern "C" fn stl_answer() -> i32 { foo::answer() + foo::zlen() as i32 }',
  'subprojects/foo-1-rs.wrap': ['[wrap-file]', 'method = cargo'].join('\n'),
  'subprojects/foo-1-rs/Cargo.toml': [
    '[package]',
    'name = "foo"',
    'version = "1.2.3"',
    'edition = "2021"',
    'build = "build.rs"',
    '[features]',
    'default = ["big"]',
    'big = []',
    '[dependencies]',
    'nat = { version = "1" }',
    '[build-dependencies]',
    'gen = { version = "1" }',
  ].join('\n'),
  'subprojects/foo-1-rs/build.rs': [
    'fn main(){',
    '  let out = std::env::var("OUT_DIR").unwrap();',
    '  assert!(std::env::var("CARGO_FEATURE_BIG").is_ok());',
    '  let n = std::env::var("DEP_NAT_ANSWER").expect("dep");',
    '  std::fs::write(format!("{out}/a.rs"), gen::text(&n)).unwrap();',
    '  println!("cargo::rerun-if-changed=build.rs");',
    '  println!("cargo::rustc-cfg=answered");',
    '  println!("cargo::rustc-check-cfg=cfg(answered)");',
    '  println!("cargo::rustc-env=WHO=it\'s foo");',
    '}',
  ].join('\n'),
  'subprojects/foo-1-rs/src/lib.rs': [
    'include!(concat!(env!("OUT_DIR"), "/a.rs"));',
    '#[cfg(answered)]',
    'pub fn answer() -> i32 { ANSWER }',
    'pub fn root(x: f64) -> f64 { nat::root(x) }',
    'pub fn zlen() -> usize { nat::zlen() }',
    'pub fn name() -> &\'static str { concat!(env!("CARGO_PKG_NAME"), " ", env!("WHO"), " ", env!("CARGO_PKG_VERSION")) }',
  ].join('\n'),
  'subprojects/gen-1-rs.wrap': ['[wrap-file]', 'method = cargo'].join('\n'),
  'subprojects/gen-1-rs/Cargo.toml': [
    '[package]',
    'name = "gen"',
    'version = "1.0.0"',
    'edition = "2021"',
  ].join('\n'),
  'subprojects/gen-1-rs/src/lib.rs':
    'pub fn text(n: &str) -> String { format!("pub const ANSWER: i32 = {n};") }',
  'subprojects/nat-1-rs.wrap': ['[wrap-file]', 'method = cargo'].join('\n'),
  'subprojects/nat-1-rs/Cargo.toml': [
    '[package]',
    'name = "nat"',
    'version = "1.0.0"',
    'edition = "2021"',
    'links = "nat"',
  ].join('\n'),
  'subprojects/nat-1-rs/build.rs': [
    'use std::process::Command;',
    'fn main(){',
    '  let out = std::env::var("OUT_DIR").unwrap();',
    '  assert!(Command::new("cc").args(["-c","n.c","-fPIC","-o"]).arg(format!("{out}/n.o")).status().unwrap().success());',
    '  assert!(Command::new("ar").arg("rcs").arg(format!("{out}/libn.a")).arg(format!("{out}/n.o")).status().unwrap().success());',
    '  println!("cargo:rerun-if-changed=n.c");',
    '  println!("cargo:rustc-link-search=native={out}");',
    '  println!("cargo:rustc-link-lib=static=n");',
    '  println!("cargo:rustc-link-lib=z");',
    '  println!("cargo:rustc-link-lib=m");',
    '  println!("cargo:answer=42");',
    '}',
  ].join('\n'),
  'subprojects/nat-1-rs/n.c': [
    '#include <math.h>',
    '#include <string.h>',
    'double n_root(double x){ return sqrt(x) + 0.0; }',
  ].join('\n'),
  'subprojects/nat-1-rs/src/lib.rs': [
    'extern "C" { fn n_root(x: f64) -> f64; fn zlibVersion() -> *const u8; }',
    'pub fn root(x: f64) -> f64 { unsafe { n_root(x) } }',
    "pub fn zlen() -> usize { unsafe { let p = zlibVersion(); (*p) as usize - b'1' as usize + 6 } }",
  ].join('\n'),
};

test("build scripts of a subproject's crates run, and what they say reaches crates, programs and C", () => {
  const made = project(scripted);
  const setup = made.kaon(['setup', 'build']);
  expect(setup.status, told(setup)).toBe(0);
  const tested = made.kaon(['test', '-C', 'build']);
  expect(tested.status, told(tested)).toBe(0);
  expect(tested.stdout).toContain('Running the build script of crate nat 1.0.0');
  expect(made.kaon(['-C', 'build']).stdout).not.toContain('Compiling');
  made.write(
    'subprojects/nat-1-rs/n.c',
    scripted['subprojects/nat-1-rs/n.c'].replace('sqrt(x)', '-sqrt(x)'),
  );
  const again = made.kaon(['test', '-C', 'build']);
  expect(again.status).toBe(1);
  // That other script has said the same as before.
  expect(again.stdout).not.toContain('Running the build script of crate foo');
});

test('a folder "meson" beside the manifest replaces a build script', () => {
  const made = project({
    ...scripted,
    'subprojects/foo-1-rs/meson/meson.build': [
      "extra_args += ['--cfg', 'answered']",
      "configure_file(output: 'a.rs', configuration: {'ANSWER': 42}, input: 'a.rs.in')",
      '',
    ].join('\n'),
    'subprojects/foo-1-rs/meson/a.rs.in': 'pub const ANSWER: i32 = @ANSWER@;\n',
    'subprojects/foo-1-rs/src/lib.rs': scripted['subprojects/foo-1-rs/src/lib.rs'].replace(
      'env!("WHO")',
      '"it\'s foo"',
    ),
  });
  const setup = made.kaon(['setup', 'build']);
  expect(setup.status, told(setup)).toBe(0);
  const tested = made.kaon(['test', '-C', 'build']);
  expect(tested.status, told(tested)).toBe(0);
  expect(tested.stdout).toContain('the build script of crate nat 1.0.0');
  expect(tested.stdout).not.toContain('the build script of crate foo');
});

test('a build script whose crates nobody has is told of at setup', () => {
  const { 'subprojects/gen-1-rs.wrap': _gone, ...lacking } = scripted;
  const setup = project(lacking).kaon(['setup', 'build']);
  expect(setup.status).toBe(2);
  expect(told(setup)).toContain('The build script of foo 1.2.3 cannot be built: there is no "gen"');
});
