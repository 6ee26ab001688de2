import { expect, test } from 'vitest';
import { run } from '../../src/cli/commands/env2mfile.ts';
import { machineFileText } from '../../src/cli/machine-file-text.ts';
import { memorySession } from '../support/memory-session.ts';

test('a machine file has its sections in order, and quotes what it must', () => {
  const text = machineFileText({
    compilers: new Map([['c', ['ccache', 'gcc']]]),
    binaries: new Map([['ar', ["/it's/ar"]]]),
    compileArgs: new Map([['c', ['-O2']]]),
    linkArgs: new Map(),
    properties: new Map([['sys_root', '/s']]),
    machine: new Map([['cpu', 'arm']]),
  });
  expect(text).toBe(
    "[binaries]\n# Compilers\nc = ['ccache', 'gcc']\n\n# Other binaries\nar = ['/it\\'s/ar']\n\n" +
      "[built-in options]\nc_args = ['-O2']\n\n[properties]\nsys_root = '/s'\n\n[host_machine]\ncpu = 'arm'\n",
  );
});

test('a cross file needs to be told of its machine', async () => {
  const { session, printed } = memorySession();
  expect(await run(session, ['--cross', '-o', 'x.ini', '--cpu', 'arm'])).toBe(2);
  expect(printed()).toContain('Cross property "cpu_family" missing, set it with --cpu-family.');
});
