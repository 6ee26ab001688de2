import { expect, test } from 'vitest';
import { evaluateText } from '../support/evaluate-text.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { installRustc } from '../support/stand-in-compilers.ts';

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
