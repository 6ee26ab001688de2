import { expect, test } from 'vitest';
import { noMember } from '../../../src/cli/cargo/no-member.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const manifest = (name: string): string =>
  `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\n`;

test('programs are run of members alone, not of what these need', () => {
  const { files } = new MemoryHost({
    'Cargo.toml': `${manifest('a')}[dependencies]\nouter = { path = "../outer" }\n`,
    'src/main.rs': '',
    '/outer/Cargo.toml': manifest('outer'),
    '/outer/src/main.rs': '',
  });
  const directory = {
    kind: 'to-set-up',
    sourceRoot: '/project',
    buildRoot: '/project/build',
  } as const;
  const said = (packages: string) =>
    noMember(files, directory, new Map([['packages', packages]]))?.message;
  expect(said('outer')).toBe('package(s) `outer` not found in workspace `/project`');
  for (const fine of ['a', 'a@1.0.0', 'path+file:///project#a@1.0.0', '*', '*,!a'])
    expect(said(fine)).toBe(undefined);
});
