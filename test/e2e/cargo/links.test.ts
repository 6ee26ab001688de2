import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { project, told } from '../support/project.ts';

/** A crate that calls C, and a C program that links the crate. */
const mixed = {
  'meson.build': [
    "project('p', 'c', 'rust')",
    "core = static_library('core', 'core.c')",
    "more = shared_library('more', 'more.c')",
    "maths = declare_dependency(dependencies: meson.get_compiler('c').find_library('m'))",
    "crates = import('rust').workspace('rust', link_with: [core, more], dependencies: maths)",
    'crates.build()',
    'crates.test()',
    "lib = crates.library('device')",
    "test('app', executable('app', 'main.c', link_with: [lib, core, more], dependencies: maths))",
    '',
  ].join('\n'),
  'core.c': '#include <math.h>\nint core_answer(int n) { return (int) sqrt(n); }\n',
  'more.c': 'int more_answer(void) { return 2; }\n',
  'main.c': 'int device_answer(void);\nint main(void) { return device_answer() - 8; }\n',
  'rust/Cargo.toml': '[workspace]\nmembers = ["device"]\nresolver = "2"\n',
  'rust/device/Cargo.toml':
    '[package]\nname = "device"\nversion = "0.1.0"\nedition = "2021"\n[lib]\ncrate-type = ["lib", "staticlib"]\n',
  'rust/device/src/lib.rs': [
    'extern "C" {',
    '    fn core_answer(n: i32) -> i32;',
    '    fn more_answer() -> i32;',
    '}',
    '/// ```',
    '/// assert_eq!(device::device_answer(), 8);',
    '/// ```',
    '#[no_mangle]',
    'pub extern "C" fn device_answer() -> i32 {',
    '    unsafe { core_answer(36) + more_answer() }',
    '}',
    '#[test]',
    'fn answers() {',
    '    assert_eq!(device_answer(), 8);',
    '}',
    '',
  ].join('\n'),
  'rust/device/src/main.rs': 'fn main() {\n    assert_eq!(device::device_answer(), 8);\n}\n',
  'rust/device/tests/runs.rs': [
    '#[test]',
    'fn runs() {',
    '    assert_eq!(device::device_answer(), 8);',
    '    assert!(std::process::Command::new(env!("CARGO_BIN_EXE_device")).status().unwrap().success());',
    '}',
    '',
  ].join('\n'),
};

test('unit tests, integration tests, doctests and programs of a workspace link the C they need', () => {
  const made = project(mixed);
  const tested = made.kaon(['test']);
  expect(tested.status, told(tested)).toBe(0);
  for (const name of ['device lib', 'device test runs', 'device doc', 'app'])
    expect(tested.stdout).toMatch(new RegExp(`${name} +OK`));
  made.write('core.c', 'int core_answer(int n) { return n; }\n');
  const wrong = made.kaon(['test']);
  expect(wrong.status).toBe(1);
  for (const name of ['device lib', 'device test runs', 'device doc', 'app'])
    expect(wrong.stdout).toMatch(new RegExp(`${name} +FAIL`));
});

test('an installed program of a workspace looks for no library in the build directory', () => {
  const made = project({
    ...mixed,
    'meson.build': mixed['meson.build'].replace('crates.build()', 'crates.build(install: true)'),
  });
  const installed = made.kaon(['install', '--destdir', `${made.folder}/dest`]);
  expect(installed.status, told(installed)).toBe(0);
  const dynamic = (path: string): string =>
    spawnSync('readelf', ['-d', path], { cwd: made.folder, encoding: 'utf8' }).stdout;
  expect(dynamic('build/rust/target/debug/device')).toContain(`${made.folder}/build`);
  expect(dynamic('dest/usr/local/bin/device')).toContain('libmore.so');
  expect(dynamic('dest/usr/local/bin/device')).not.toContain(made.folder);
});

test('a C program links what build scripts of the crates in a static library name', () => {
  const made = project({
    'meson.build': [
      "project('p', 'c', 'rust')",
      "crates = import('rust').workspace('rust')",
      "test('app', executable('app', 'main.c', link_with: crates.library('device')))",
      '',
    ].join('\n'),
    'main.c': 'int device(void);\nint main(void) { return device() - 2; }\n',
    'rust/Cargo.toml': '[workspace]\nmembers = ["device", "maths"]\nresolver = "2"\n',
    'rust/device/Cargo.toml':
      '[package]\nname = "device"\nversion = "0.1.0"\nedition = "2021"\n[lib]\ncrate-type = ["staticlib"]\n[dependencies]\nmaths = { path = "../maths" }\n',
    'rust/device/src/lib.rs':
      '#[no_mangle]\npub extern "C" fn device() -> i32 {\n    maths::root(4.0) as i32\n}\n',
    'rust/maths/Cargo.toml':
      '[package]\nname = "maths"\nversion = "0.1.0"\nedition = "2021"\nlinks = "m"\n',
    'rust/maths/build.rs': 'fn main() {\n    println!("cargo:rustc-link-lib=m");\n}\n',
    'rust/maths/src/lib.rs':
      'extern "C" {\n    fn j0(x: f64) -> f64;\n    fn sqrt(x: f64) -> f64;\n}\npub fn root(x: f64) -> f64 {\n    unsafe { sqrt(x) + j0(x) * 0.0 }\n}\n',
  });
  const tested = made.kaon(['test']);
  expect(tested.status, told(tested)).toBe(0);
  expect(tested.stdout).toMatch(/app +OK/);
});

test('a C program links what the standard library in a static library of crates would bring', () => {
  const made = project({
    'meson.build': [
      "project('p', 'c', 'rust')",
      "crates = import('rust').workspace('rust')",
      "test('app', executable('app', 'main.c', link_with: crates.library('device')))",
      '',
    ].join('\n'),
    'main.c': 'double device(void);\nint main(void) { return device() != 1.0; }\n',
    'rust/Cargo.toml':
      '[package]\nname = "device"\nversion = "0.1.0"\nedition = "2021"\n[lib]\ncrate-type = ["staticlib"]\n',
    // No crate says that it needs the mathematical library: programs of rustc always have it.
    'rust/src/lib.rs':
      'extern "C" {\n    fn j0(x: f64) -> f64;\n}\n#[no_mangle]\npub extern "C" fn device() -> f64 {\n    unsafe { j0(0.0) }\n}\n',
  });
  const tested = made.kaon(['test']);
  expect(tested.status, told(tested)).toBe(0);
});

test('programs find a shared library of a workspace wherever they are started, and when installed', () => {
  const made = project({
    'meson.build': [
      "project('p', 'c', 'rust', default_options: ['prefix=/'])",
      "crates = import('rust').workspace('rust')",
      "device = crates.library('device', kind: 'shared', install: true, install_dir: 'lib')",
      "executable('in-c', 'main.c', link_with: device, install: true, install_rpath: '$ORIGIN/../lib')",
      "executable('in-rust', 'main.rs', link_with: device)",
      '',
    ].join('\n'),
    'main.c': 'int device(void);\nint main(void) { return device() - 7; }\n',
    'main.rs':
      'extern "C" {\n    fn device() -> i32;\n}\nfn main() {\n    std::process::exit(unsafe { device() } - 7)\n}\n',
    'rust/Cargo.toml':
      '[package]\nname = "device"\nversion = "0.1.0"\nedition = "2021"\n[lib]\ncrate-type = ["cdylib"]\n',
    'rust/src/lib.rs': '#[no_mangle]\npub extern "C" fn device() -> i32 {\n    7\n}\n',
  });
  const installed = made.kaon(['install', '--destdir', join(made.folder, 'dest')]);
  expect(installed.status, told(installed)).toBe(0);
  for (const program of ['build/in-c', 'build/in-rust', 'dest/bin/in-c'])
    expect(spawnSync(join(made.folder, program), { cwd: '/' }).status, program).toBe(0);
});

test('a program is linked again when a linker script changes that its build script watches or writes', () => {
  const made = project({
    'Cargo.toml': '[package]\nname = "p"\nversion = "1.0.0"\nedition = "2021"\n',
    'src/main.rs': 'fn main() {}\n',
    'own.x': 'PROVIDE(one = 1);\n',
    'copied.x': 'PROVIDE(two = 1);\n',
    'build.rs': [
      'fn main() {',
      '    let out = std::env::var("OUT_DIR").unwrap();',
      '    std::fs::copy("copied.x", format!("{out}/made.x")).unwrap();',
      '    println!("cargo::rerun-if-changed=own.x");',
      '    println!("cargo::rerun-if-changed=copied.x");',
      '    println!("cargo::rustc-link-search={out}");',
      '    println!("cargo::rustc-link-arg={}/own.x", std::env::var("CARGO_MANIFEST_DIR").unwrap());',
      '    println!("cargo::rustc-link-arg=-Wl,-L{out},-T,made.x");',
      '}',
      '',
    ].join('\n'),
  });
  const isLinked = (): boolean => told(made.kaon([])).includes('Compiling crate p 1.0.0 (bin p)');
  // A script behind -T takes the place of the linker's own unless it adds to it.
  made.write('copied.x', 'SECTIONS { .two : { BYTE(1) } } INSERT AFTER .data;\n');
  expect(isLinked()).toBe(true);
  expect(isLinked()).toBe(false);
  made.write('own.x', 'PROVIDE(one = 2);\n');
  expect(isLinked()).toBe(true);
  made.write('copied.x', 'SECTIONS { .two : { BYTE(2) } } INSERT AFTER .data;\n');
  expect(isLinked()).toBe(true);
  expect(isLinked()).toBe(false);
});
