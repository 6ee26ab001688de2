import { expect, test } from 'vitest';
import { rustVersionWarnings } from '../../../src/cli/subprojects/rust-version-warnings.ts';
import { evaluateText } from '../../support/evaluate-text.ts';
import { MemoryHost } from '../../support/memory-host.ts';
import { installRustc } from '../../support/stand-in-compilers.ts';

/** What setup says of a crate that promises to build with a version of rustc. */
function said(promise: string): readonly string[] {
  const host = new MemoryHost();
  installRustc(host);
  const { model, error } = evaluateText(
    {
      'meson.build': "project('t', 'rust')\nsubproject('foo-1-rs')",
      'subprojects/foo-1-rs/meson.build': "project('foo-1-rs', 'rust')",
      'subprojects/foo-1-rs/Cargo.toml': `[package]\nname = "foo"\nversion = "1.2.3"\n${promise}\n[lib]\nrust-version = "9.9"\n`,
    },
    { host },
  );
  expect(error).toBeUndefined();
  const warnings = model === undefined ? [] : rustVersionWarnings(host.files, model);
  return warnings.flatMap(({ message, hints }) => [message, ...hints]);
}

test('a crate that needs a newer rustc is told at setup, with both versions and what helps', () => {
  expect(said('rust-version = "1.999"')).toEqual([
    expect.stringMatching(/^foo 1\.2\.3 needs rustc 1\.999 or newer, and rustc is 1\.\d+\.\d+$/),
    '"rustup update" brings a newer one, RUSTC=… names another, "kaon update foo --precise VERSION" takes an older foo.',
  ]);
});

test('a crate that promises nothing, or less, is built in silence', () => {
  expect(said('')).toEqual([]);
  expect(said('rust-version = "1.1"')).toEqual([]);
  expect(said('rust-version.workspace = true')).toEqual([]);
});
