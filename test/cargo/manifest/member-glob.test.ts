import { expect, test } from 'vitest';
import { expandMember } from '../../../src/cargo/manifest/member-glob.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const { files } = new MemoryHost({
  '/w/crates/a/Cargo.toml': '',
  '/w/crates/b/deep/Cargo.toml': '',
  '/w/crates/.hidden/Cargo.toml': '',
  '/w/crates/README.md': '',
  '/w/apps/a1/x': '',
  '/w/apps/b2/x': '',
  '/w/odd (1)+{x}/one/x': '',
  '/w/target/CACHEDIR.TAG': '',
  '/w/target/debug/x': '',
});

test.each<[string, readonly string[]]>([
  ['crates/*', ['crates/a', 'crates/b']],
  ['crates/**', ['crates', 'crates/a', 'crates/b', 'crates/b/deep']],
  ['./crates/*/', ['crates/a', 'crates/b']],
  ['*/a?', ['apps/a1']],
  ['apps/[!a]*', ['apps/b2']],
  ['apps/[a-b][12]', ['apps/a1', 'apps/b2']],
  ['odd (1)+{x}/*', ['odd (1)+{x}/one']],
  ['target/*', ['target/debug']],
  ['**/debug', []],
  ['nowhere/*', []],
  ['crates/[a]', ['crates/a']],
  ['/w/crates/*', ['crates/a', 'crates/b']],
  ['../w/crates/*', ['crates/a', 'crates/b']],
])('the folders that %s means', (path, folders) => {
  expect(expandMember(files, '/w', path)).toEqual(folders);
});
