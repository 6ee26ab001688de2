import { expect, test } from 'vitest';
import { configFolder } from '../../../src/cli/cargo/config-folder.ts';
import { MemoryHost } from '../../support/memory-host.ts';

test('configuration is looked for from the folder of the command, in the workspace', () => {
  const host = new MemoryHost({});
  const at = (workingDirectory: string) =>
    configFolder({ system: { ...host.system, workingDirectory } }, '/project');
  expect(at('/project')).toBe('/project');
  expect(at('/project/crates/a')).toBe('/project/crates/a');
  expect(at('/projects')).toBe('/project');
  expect(at('/')).toBe('/project');
});
