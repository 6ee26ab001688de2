import { expect, test } from 'vitest';
import { strayMember } from '../../../src/cli/cargo/stray-member.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const lone = '[package]\nname = "b"\nversion = "1.0.0"\nedition = "2021"\n';

function stray(files: Readonly<Record<string, string>>, given: Record<string, string> = {}) {
  const directory = {
    kind: 'to-set-up',
    sourceRoot: '/project',
    buildRoot: '/project/build',
    member: 'b',
  } as const;
  return strayMember(new MemoryHost(files).files, directory, new Map(Object.entries(given)))
    ?.message;
}

test('a package that its workspace does not have says so, in the words of Cargo', () => {
  const files = { 'Cargo.toml': '[workspace]\nmembers = []\n', 'b/Cargo.toml': lone };
  const said = "current package believes it's in a workspace when it's not:";
  const root = { ...files, 'a/Cargo.toml': lone.replace('"b"', '"a"'), 'a/src/lib.rs': '' };
  const listed = '[workspace]\nmembers = ["a"]\n';
  expect(stray({ ...root, 'Cargo.toml': listed })).toBe(
    `${said}\ncurrent:   b\nworkspace: /project/Cargo.toml`,
  );
  expect(stray({ ...root, 'Cargo.toml': listed }, { packages: 'a' })).toBe(undefined);
  const both = { ...root, 'Cargo.toml': '[workspace]\nmembers = ["a", "b"]\n' };
  expect(stray({ ...both, 'b/src/lib.rs': '' })).toBe(undefined);
});

test('a package elsewhere belongs to the workspace that it names, where that needs it by path', () => {
  const files = {
    'Cargo.toml': '[workspace]\nmembers = ["a"]\n',
    'a/Cargo.toml': `${lone.replace('"b"', '"a"')}[dependencies]\nb = { path = "../../b" }\n`,
    'a/src/lib.rs': '',
    '/b/src/lib.rs': '',
  };
  const named = lone.replace('edition', 'workspace = "../project"\nedition');
  expect(stray({ ...files, '/b/Cargo.toml': named })).toBe(undefined);
  expect(stray({ ...files, '/b/Cargo.toml': lone })).toContain("when it's not");
});

test('a workspace that a package names has to be there', () => {
  expect(stray({ 'b/Cargo.toml': lone })).toBe('failed to read `/project/Cargo.toml`');
});
