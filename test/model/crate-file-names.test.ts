import { expect, test } from 'vitest';
import { crateFileName } from '../../src/model/crate-file-names.ts';

// As `rustc --print file-names --target TRIPLE` says.
test.each([
  ['x86_64-unknown-linux-musl', ['s', 'libs.so', 'libs.a', 'libs.rlib']],
  ['aarch64-apple-darwin', ['s', 'libs.dylib', 'libs.a', 'libs.rlib']],
  ['x86_64-pc-windows-msvc', ['s.exe', 's.dll', 's.lib', 'libs.rlib']],
  ['x86_64-pc-windows-gnu', ['s.exe', 's.dll', 'libs.a', 'libs.rlib']],
  ['wasm32-unknown-unknown', ['s.wasm', 's.wasm', 'libs.a', 'libs.rlib']],
  ['wasm32-wasip1', ['s.wasm', 's.wasm', 'libs.a', 'libs.rlib']],
  ['wasm32-unknown-emscripten', ['s.js', 's.wasm', 'libs.a', 'libs.rlib']],
  ['x86_64-unknown-uefi', ['s.efi', 's.dll', 'libs.a', 'libs.rlib']],
])('files have the names that rustc gives them: %s', (triple, names) => {
  const types = ['bin', 'cdylib', 'staticlib', 'lib'];
  expect(types.map((type) => crateFileName(type, 's', triple))).toEqual(names);
});
