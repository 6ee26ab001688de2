import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { project, told } from '../support/project.ts';

const workspace = {
  'Cargo.toml': '[workspace]\nmembers = ["core", "words", "tool"]\nresolver = "2"\n',
  'core/Cargo.toml':
    '[package]\nname = "core-lib"\nversion = "0.1.0"\nedition = "2021"\n[lib]\ncrate-type = ["staticlib", "rlib"]\n[features]\nmore = []\n[dependencies]\nwords = { path = "../words" }\n',
  'core/build.rs': [
    'use std::{env, fs, path::Path};',
    'fn main() {',
    '    let answer = fs::read_to_string("answer.txt").unwrap();',
    '    let out = env::var("OUT_DIR").unwrap();',
    '    let text = format!("pub const ANSWER: i32 = {};", answer.trim());',
    '    fs::write(Path::new(&out).join("answer.rs"), text).unwrap();',
    '    println!("cargo::rerun-if-changed=answer.txt");',
    '    println!("cargo::rustc-env=GREETING=it\'s me");',
    '    println!("cargo::rustc-check-cfg=cfg(has_answer)");',
    '    println!("cargo::rustc-cfg=has_answer");',
    '}',
    '',
  ].join('\n'),
  'core/answer.txt': '42\n',
  'core/src/lib.rs': [
    '//! ```',
    '//! assert_eq!(core_lib::greeting(), "it\'s me");',
    '//! ```',
    'include!(concat!(env!("OUT_DIR"), "/answer.rs"));',
    '#[cfg(has_answer)]',
    '#[no_mangle]',
    'pub extern "C" fn core_answer() -> i32 {',
    '    words::same!(ANSWER) + if cfg!(feature = "more") { 1 } else { 0 }',
    '}',
    "pub fn greeting() -> &'static str {",
    '    env!("GREETING")',
    '}',
    '#[test]',
    'fn greets() {',
    '    assert_eq!(greeting(), "it\'s me");',
    '}',
    '',
  ].join('\n'),
  'words/Cargo.toml':
    '[package]\nname = "words"\nversion = "0.1.0"\nedition = "2021"\n[lib]\nproc-macro = true\ndoctest = false\n',
  'words/src/lib.rs':
    'use proc_macro::TokenStream;\n#[proc_macro]\npub fn same(input: TokenStream) -> TokenStream {\n    input\n}\n#[test]\nfn runs() {}\n',
  'tool/Cargo.toml':
    '[package]\nname = "tool"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\ncore-lib = { path = "../core" }\n',
  'tool/src/main.rs':
    'fn main() {\n    println!("{} {}", core_lib::core_answer(), core_lib::greeting());\n}\n',
  'tool/examples/shown.rs': 'fn main() {}\n',
  'tool/tests/runs.rs':
    '#[test]\nfn runs() {\n    let program = std::path::Path::new(env!("CARGO_BIN_EXE_tool"));\n    assert!(program.ends_with("tool"), "{program:?}");\n    let own = std::env::current_exe().unwrap();\n    assert!(own.parent().unwrap().with_file_name("examples").join("shown").exists());\n    let done = std::process::Command::new(env!("CARGO_BIN_EXE_tool")).output().unwrap();\n    assert!(String::from_utf8_lossy(&done.stdout).contains("it\'s me"));\n}\n',
};

function said(folder: string, program: string): string {
  return execFileSync(`${folder}/${program}`, { encoding: 'utf8' });
}

test('a Cargo workspace without meson.build is built and tested, build scripts and all', () => {
  const made = project(workspace);
  const built = made.kaon([]);
  expect(built.status, told(built)).toBe(0);
  expect(said(made.folder, 'build/target/debug/tool')).toBe("42 it's me\n");
  expect(made.kaon([]).stdout).toContain('is up to date');
  const tested = made.kaon(['test']);
  expect(tested.status, told(tested)).toBe(0);
  for (const name of ['core-lib lib', 'core-lib doc', 'words lib', 'tool test runs'])
    expect(tested.stdout).toMatch(new RegExp(`${name} +OK`));
  // What the script rests on makes it run, and then what rests on that.
  made.write('core/answer.txt', '7\n');
  expect(made.kaon([]).status).toBe(0);
  expect(said(made.folder, 'build/target/debug/tool')).toBe("7 it's me\n");
  expect(made.kaon([]).stdout).toContain('is up to date');
  const featured = made.kaon(['-p', 'core-lib,tool', '--features', 'core-lib/more']);
  expect(featured.status, told(featured)).toBe(0);
  expect(said(made.folder, 'build/target/debug/tool')).toBe("8 it's me\n");
});

test('a workspace of a folder gives C programs a library, and its programs are installed', () => {
  const files = Object.entries(workspace).map(([path, text]) => [`rust/${path}`, text]);
  const made = project({
    ...Object.fromEntries(files),
    'meson.build': [
      "project('mixed', 'c', 'rust', meson_version: '>= 1.12.0')",
      "crates = import('rust').workspace('rust')",
      "core = crates.library('core-lib')",
      "crates.executable('tool', install: true)",
      'crates.test()',
      "cc = meson.get_compiler('c')",
      "system = [dependency('threads'), cc.find_library('dl', required: false), cc.find_library('m', required: false)]",
      "test('main', executable('main', 'main.c', link_with: core, dependencies: system))",
      '',
    ].join('\n'),
    'main.c': 'int core_answer(void);\nint main(void) { return core_answer() != 42; }\n',
  });
  const tested = made.kaon(['test']);
  expect(tested.status, told(tested)).toBe(0);
  expect(tested.stdout).toMatch(/mixed:main +OK/);
  const installed = made.kaon(['install', '--destdir', `${made.folder}/dest`]);
  expect(installed.status, told(installed)).toBe(0);
  expect(said(made.folder, 'dest/usr/local/bin/tool')).toBe("42 it's me\n");
});

test('a build script that fails shows what it said', () => {
  const made = project({
    'Cargo.toml': '[package]\nname = "broken"\nversion = "0.1.0"\nedition = "2021"\n',
    'build.rs': 'fn main() {\n    println!("looked everywhere");\n    panic!("no library");\n}\n',
    'src/lib.rs': '',
  });
  const run = made.kaon([]);
  expect(run.status).toBe(1);
  expect(run.stdout).toContain('the build script of broken 0.1.0 ended with 101');
  expect(run.stdout).toContain('looked everywhere');
  expect(run.stdout).toContain('no library');
});

test('a build script that names a file which is not there runs in each build, and others only if it says something else', () => {
  const made = project({
    'Cargo.toml': '[package]\nname = "counted"\nversion = "0.1.0"\nedition = "2021"\n',
    'build.rs': [
      'fn main() {',
      '    let runs = std::fs::read_to_string("runs").unwrap_or_default() + "x";',
      '    std::fs::write("runs", &runs).unwrap();',
      '    println!("cargo::rerun-if-changed=always");',
      '    println!("cargo::rustc-env=HALF={}", runs.len() / 2);',
      '}',
      '',
    ].join('\n'),
    'src/main.rs': 'fn main() {\n    println!("{}", env!("HALF"));\n}\n',
  });
  const runs = () => made.read('runs').length;
  expect(made.kaon(['run']).stdout).toMatch(/^0$/m);
  expect(runs()).toBe(1);
  const second = made.kaon([]);
  expect(told(second)).toContain('Compiling');
  expect(runs()).toBe(2);
  const third = made.kaon([]);
  expect(told(third)).not.toContain('Compiling');
  expect(runs()).toBe(3);
  made.write('always', '');
  expect(made.kaon([]).status).toBe(0);
  expect(told(made.kaon([]))).toContain('up to date');
  expect(runs()).toBe(4);
});
