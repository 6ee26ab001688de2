import { expect, test } from 'vitest';
import { withConfiguredRustc } from '../../../src/eval/cargo/configured-rustc.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const workspace = {
  'Cargo.toml': '[workspace]\nmembers = []\n',
  '.cargo/config.toml': '[build]\nrustc = "tools/rustc"\n',
};

function compilerOf(
  files: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
): string | undefined {
  const host = new MemoryHost(files, { environment });
  return withConfiguredRustc(host, { sourceRoot: '/project' }, environment)['RUSTC'];
}

test("Cargo's configuration chooses the compiler of a workspace without build file", () => {
  expect(compilerOf(workspace)).toBe('/project/tools/rustc');
  expect(compilerOf(workspace, { CARGO_BUILD_RUSTC: 'other' })).toBe('other');
  expect(compilerOf(workspace, { RUSTC: 'mine', CARGO_BUILD_RUSTC: 'other' })).toBe('mine');
  // A path of a variable rests on the folder that a command is called in.
  expect(compilerOf(workspace, { RUSTC: './mine' })).toBe('/project/mine');
  expect(compilerOf({ ...workspace, 'meson.build': '' })).toBeUndefined();
  expect(compilerOf({ ...workspace, '.cargo/config.toml': '' })).toBeUndefined();
});
