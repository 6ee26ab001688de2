import { expect, test } from 'vitest';
import { isPlainlyThere } from '../../../src/eval/modules/rust/libclang.ts';
import { evaluateText } from '../../support/evaluate-text.ts';
import { MemoryHost } from '../../support/memory-host.ts';
import { installRustc } from '../../support/stand-in-compilers.ts';

const fails = (text: string): string | undefined =>
  evaluateText(`rust = import('rust')\n${text}`).error;

test('the compiler target needs a compiler', () => {
  expect(fails('rust.compiler_target()')).toContain(
    'No Rust compiler was requested for the host machine machine',
  );
});

test('a workspace needs a lock file', () => {
  expect(fails('rust.workspace()')).toContain(
    'rust.workspace() requires a Cargo project (Cargo.toml and Cargo.lock)',
  );
});

test('bindings need a header', () => {
  expect(fails("rust.bindgen(input: [], output: 'x.rs')")).toContain(
    "rust.bindgen keyword argument 'input' was of type array[] but should have been array",
  );
});

test('a dependency tells crates that it is there', () => {
  const { error, messages } = evaluateText(
    "rust = import('rust')\nd = rust.to_system_dependency(declare_dependency(version: '2'), 'a-b')\nmessage(d.version(), d.found())",
  );
  expect(error).toBeUndefined();
  expect(messages).toEqual(['2 true']);
});

test('a dependency that is missing stays so', () => {
  const { messages } = evaluateText(
    "rust = import('rust')\nd = rust.to_system_dependency(dependency('', required: false))\nmessage(d.found())",
  );
  expect(messages).toEqual(['false']);
});

const bindings =
  "project('t', 'c', 'rust', meson_version: '>=1.0.0')\nimport('rust').bindgen(input: 'h.h', output: 'h.rs')";

test('bindings see what the project depends on as a whole', () => {
  const host = new MemoryHost({ 'h.h': '' });
  installRustc(host);
  host.program('bindgen', () => 'bindgen 0.60.1\n');
  const { model, error } = evaluateText(
    `project('t', 'c', 'rust')
outer = declare_dependency(dependencies: declare_dependency(compile_args: ['-DINNER', '-pthread']))
add_project_dependencies(outer, language: 'c')
import('rust').bindgen(input: 'h.h', output: 'h.rs')`,
    { host },
  );
  expect(error).toBeUndefined();
  const [target] = model?.targets.values() ?? [];
  const words = target?.kind === 'custom' ? target.command : [];
  const texts = words.flatMap((word) => (word.kind === 'text' ? [word.text] : []));
  expect(texts).toContain('-DINNER');
  expect(texts).not.toContain('-pthread');
});

test.each([
  ['14.0.6', '0.60.1', undefined],
  ['16.0.6', '0.60.1', 'libclang 16.0.6'],
  ['16.0.6', '0.72.0', undefined],
])('setup looks at libclang %s of bindgen %s', (clang, version, warned) => {
  const host = new MemoryHost({ 'h.h': '' });
  installRustc(host);
  host.program('bindgen', ({ argv }) =>
    argv.includes('--verbose')
      ? `bindgen ${version}\nClang: Debian clang version ${clang}\n`
      : `bindgen ${version}\n`,
  );
  const { error, warnings } = evaluateText(bindings, { host });
  expect(error).toBeUndefined();
  if (warned === undefined) expect(warnings).toEqual([]);
  else
    expect(warnings[0]).toContain(
      `bindgen ${version} misreads types without a name with ${warned}`,
    );
});

test.each([
  ['14', '0.60.1', true],
  ['16', '0.60.1', false],
  ['19', '0.72.0', true],
])('a libclang %s in its usual place serves bindgen %s: %s', (llvm, version, serves) => {
  const host = new MemoryHost();
  const elf = (machine: number) =>
    Uint8Array.from([
      ...[0x7f, 0x45, 0x4c, 0x46, 2, 1, ...Array(12).fill(0), machine, 0],
      ...Array(44).fill(0),
    ]);
  host.files.write('/usr/bin/bindgen', elf(62));
  host.files.makeDirectory(`/usr/lib/llvm-${llvm}/lib`);
  expect(isPlainlyThere(host, ['/usr/bin/bindgen'], version)).toBe(false);
  host.files.write(`/usr/lib/llvm-${llvm}/lib/libclang.so.1`, elf(62));
  expect(isPlainlyThere(host, ['/usr/bin/bindgen'], version)).toBe(serves);
  host.files.write(`/usr/lib/llvm-${llvm}/lib/libclang.so.1`, elf(40));
  expect(isPlainlyThere(host, ['/usr/bin/bindgen'], version)).toBe(false);
});

test('that bindgen has no libclang is said at setup, with what brings it', () => {
  const host = new MemoryHost({ 'h.h': '' });
  installRustc(host);
  host.program('bindgen', ({ argv }) =>
    argv.includes('--verbose')
      ? { code: 101, stdout: 'bindgen 0.72.0\n', stderr: "'Unable to find libclang: …'" }
      : 'bindgen 0.72.0\n',
  );
  const { error, diagnostics } = evaluateText(bindings, { host });
  expect(error).toBe(
    'meson.build:2:15: ERROR: bindgen 0.72.0 does not find libclang, by which it reads C',
  );
  expect(diagnostics[0]?.hints.join(' ')).toMatch(/libclang-dev.*LIBCLANG_PATH/);
});

test('what native: says of a crate does not count for its tests, where nothing is cross-compiled', () => {
  const host = new MemoryHost({ 'm.rs': '' });
  installRustc(host);
  const { model, error } = evaluateText(
    "project('t', 'rust')\nrust = import('rust')\nrust.test('tests', rust.proc_macro('m', 'm.rs'))",
    { host },
  );
  expect(error).toBeUndefined();
  const rows = [...(model?.targets.values() ?? [])];
  expect(rows.map((row) => [row.name, row.kind === 'build' && row.askedMachine])).toEqual([
    ['m', 'build'],
    ['tests', 'host'],
  ]);
});
