import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { project, told } from './support/project.ts';

const manifest = (name: string, dependencies = '', more = '') =>
  `[package]\nname = "${name}"\nversion = "0.1.0"\nedition.workspace = true\n${more}
[dependencies]\n${dependencies}\n[lints]\nworkspace = true\n`;

/** Its target stands for the package where others need it. */
const library = (name: string, words = '') => `
${name}_lib = workspace.package('${name}').library(${words})
workspace.package('${name}').override_dependency(declare_dependency(link_with: ${name}_lib))
`;

const emulator = {
  'Cargo.toml': `[workspace]
resolver = "2"
members = ["rust/uart"]
[workspace.package]
edition = "2021"
[workspace.lints.rust]
unexpected_cfgs = { level = "deny", check-cfg = ['cfg(FAST)'] }
`,
  'Cargo.lock': `version = 4

[[package]]
name = "clock"
version = "0.1.0"
dependencies = [
 "clock-sys",
]

[[package]]
name = "clock-sys"
version = "0.1.0"

[[package]]
name = "macros"
version = "0.1.0"

[[package]]
name = "uart"
version = "0.1.0"
dependencies = [
 "clock",
 "macros",
]
`,
  'meson.build': `project('emulator', 'c', 'rust', meson_version: '>= 1.11')
rust = import('rust')
core = declare_dependency(link_with: static_library('core', 'core.c'))
devices = import('sourceset').source_set()
subdir('rust')
chosen = devices.apply({'UART': true})
crates = []
foreach device : chosen.dependencies()
  crates += device.get_variable('crate')
endforeach
root = custom_target(output: 'root.rs', capture: true, command: ['sh', files('root.sh'), crates])
all = static_library('devices', structured_sources([], {'.': root}), rust_abi: 'c',
  dependencies: chosen.dependencies(), override_options: ['rust_std=2021'])
emulator = executable('emulator', 'main.c',
  dependencies: [declare_dependency(link_whole: all), core])
test('emulator', emulator)
`,
  'root.sh': '#!/bin/sh\nfor crate in "$@"; do echo "extern crate $crate;"; done\n',
  'core.c': 'int ticks(void) { return 7; }\n',
  'main.c': `#include <stdio.h>
unsigned uart(void);
int main(void) { printf("%u\\n", uart()); return uart() != 50; }
`,
  'rust/meson.build': `workspace = rust.workspace()
macros_lib = workspace.package('macros').proc_macro()
workspace.package('macros').override_dependency(declare_dependency(link_with: macros_lib))
subdir('clock-sys')
${library('clock', "rust_args: ['--cfg', 'FAST']")}
clock = declare_dependency(link_with: clock_lib, dependencies: core)
rust.test('clock-tests', clock_lib, dependencies: core, suite: ['unit', 'rust'])
rust.doctest('clock-doctests', clock_lib, dependencies: clock, suite: ['doc', 'rust'])
subdir('uart')
`,
  'rust/macros/Cargo.toml': manifest('macros', '', '[lib]\nproc-macro = true\n'),
  'rust/macros/src/lib.rs': `use proc_macro::TokenStream;
#[proc_macro]
pub fn answer(_: TokenStream) -> TokenStream { "42".parse().unwrap() }
`,
  'rust/clock-sys/Cargo.toml': manifest('clock-sys', '', '[lib]\npath = "lib.rs"\n'),
  'rust/clock-sys/lib.rs': 'include!("bindings.rs");\n',
  'rust/clock-sys/meson.build': `bindings = custom_target(output: 'bindings.rs', capture: true,
  command: ['echo', 'extern "C" { pub fn ticks() -> i32; }'])
sys_lib = workspace.package('clock-sys').library(structured_sources(['lib.rs', bindings]))
workspace.package('clock-sys').override_dependency(declare_dependency(link_with: sys_lib))
`,
  'rust/clock/Cargo.toml': manifest('clock', 'clock-sys = { path = "../clock-sys" }\n'),
  'rust/clock/src/lib.rs': `//! What time it is.
pub mod fast;
/// Asks C.
///
/// \`\`\`
/// assert_eq!(clock::ticks(), 7);
/// \`\`\`
pub fn ticks() -> i32 { unsafe { clock_sys::ticks() } }
#[test]
fn seven() { assert_eq!(ticks() + fast::EXTRA, 8); }
`,
  'rust/clock/src/fast.rs': `#[cfg(FAST)]
pub const EXTRA: i32 = 1;
#[cfg(not(FAST))]
pub const EXTRA: i32 = 0;
`,
  'rust/uart/Cargo.toml': manifest(
    'uart',
    'clock = { path = "../clock" }\nmacros = { path = "../macros" }\n',
  ),
  'rust/uart/src/lib.rs': `mod base { include!("base.rs"); }
#[no_mangle]
pub extern "C" fn uart() -> u32 { (clock::ticks() + clock::fast::EXTRA) as u32 + base::BASE }
`,
  'rust/uart/meson.build': `base = custom_target(output: 'base.rs', capture: true,
  command: ['echo', 'pub const BASE: u32 = macros::answer!();'])
uart_lib = workspace.package('uart').library(structured_sources(['src/lib.rs'], {'.': base}))
devices.add(when: 'UART', if_true: [
  declare_dependency(link_whole: uart_lib, variables: {'crate': 'uart'})])
`,
};

test('packages of a workspace are targets with sources of their own, which stand for them in each other and in C', () => {
  const made = project(emulator);
  const tested = made.kaon(['test', '-v']);
  expect(tested.status, told(tested)).toBe(0);
  expect(told(tested)).toMatch(/clock-tests +OK.* 1 subtests passed/);
  expect(told(tested)).toMatch(/clock-doctests +OK.* 1 subtests passed/);
  expect(told(tested)).toMatch(/^Ok: +3/m);
  made.write('core.c', 'int ticks(void) { return 8; }\n');
  const again = told(made.kaon(['compile', '-v']));
  expect(again).toContain('core.c');
  // Programs are linked anew, but no library of Rust rests on what C does.
  expect(again).not.toContain('--crate-type rlib');
  expect(again).not.toContain('--crate-type staticlib');
});

const hasRustfmt = spawnSync('rustfmt', ['--version']).status === 0;

test.skipIf(!hasRustfmt)(
  'packages are formatted where their sources lie, copies of them are not',
  () => {
    const made = project(emulator);
    made.kaon(['compile']);
    const copy = made.read('build/rust/clock-sys/libclock_sys+0_1.rlib.p/structured/lib.rs');
    const formatted = made.kaon(['compile', 'rustfmt']);
    expect(formatted.status, told(formatted)).toBe(0);
    expect(made.read('rust/uart/src/lib.rs')).toContain('mod base {\n');
    expect(made.read('build/rust/clock-sys/libclock_sys+0_1.rlib.p/structured/lib.rs')).toBe(copy);
  },
);
