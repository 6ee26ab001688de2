import { expect, test } from 'vitest';
import { pathsFault } from '../../../src/cargo/config/path-overrides.ts';
import { MemoryHost } from '../../support/memory-host.ts';

test('folders that stand for packages of registries have some, at any depth', () => {
  const { files } = new MemoryHost({
    'some/in/Cargo.toml': '[package]\nname = "in"\nversion = "1.0.0"\n',
    'some/in/src/lib.rs': '',
    'none/x': '',
  });
  const fault = (path: string) => pathsFault(files, [`/project/${path}`])?.hints;
  expect(fault('some')).toBe(undefined);
  expect(fault('none')).toEqual(['could not find `Cargo.toml` in `/project/none`']);
  expect(fault('nowhere')).toEqual(['failed to read directory `/project/nowhere`']);
});
