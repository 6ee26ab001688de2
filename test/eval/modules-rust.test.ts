import { expect, test } from 'vitest';
import { evaluateText } from '../support/evaluate-text.ts';

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
