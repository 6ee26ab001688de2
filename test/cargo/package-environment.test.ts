import { expect, test } from 'vitest';
import { readManifest } from '../../src/cargo/manifest/read-manifest.ts';
import { MemoryHost } from '../support/memory-host.ts';

/** The fields of a package in `/w/one`, which may inherit from the workspace in `/w`. */
function fieldsOf(rest: string, files: Readonly<Record<string, string>> = {}) {
  const text = `[package]\nname = "one"\nversion = "1.0.0"\nedition = "2021"\n${rest}`;
  const host = new MemoryHost({ '/w/one/Cargo.toml': text, '/w/one/src/lib.rs': '', ...files });
  const read = readManifest({
    files: host.files,
    folder: '/w/one',
    display: 'one/Cargo.toml',
    workspace: {
      package: { readme: 'docs/README.md', 'license-file': 'LICENSE' },
      dependencies: {},
      lints: {},
    },
    workspaceFolder: '/w',
  });
  if (!read.ok) throw new Error(read.error[0]?.message);
  if (read.value.kind !== 'package') throw new Error('a package was meant');
  return read.value.manifest.package;
}

test('a readme of a usual name is found without being named, unless that is switched off', () => {
  const lying = { '/w/one/README.txt': '' };
  expect(fieldsOf('').readme).toBe('');
  expect(fieldsOf('', lying).readme).toBe('README.txt');
  expect(fieldsOf('readme = false\n', lying).readme).toBe('');
  expect(fieldsOf('readme = true\n', lying).readme).toBe('README.md');
  expect(fieldsOf('readme = "ABOUT"\n', lying).readme).toBe('ABOUT');
});

test('files that the workspace names are told as seen from the package', () => {
  const { readme, licenseFile } = fieldsOf(
    'readme.workspace = true\nlicense-file.workspace = true\n',
  );
  expect([readme, licenseFile]).toEqual(['../docs/README.md', '../LICENSE']);
});
