import { expect, test } from 'vitest';
import { plainBuildFile } from '../../../src/eval/cargo/plain-workspace.ts';
import { MemoryHost } from '../../support/memory-host.ts';

test('a workspace without a package is called as its folder, whatever that is called', () => {
  const folder = "/it's a: \\folder";
  const host = new MemoryHost({ [`${folder}/Cargo.toml`]: '[workspace]\nmembers = []\n' });
  expect(plainBuildFile({ host }, folder).text.split('\n')[0]).toBe(
    "project('it\\'s a- \\\\folder', 'rust', version: 'undefined', meson_version: '>= 1.12.0')",
  );
});
