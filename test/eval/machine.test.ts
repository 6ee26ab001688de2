import { expect, test } from 'vitest';
import { detectMachine } from '../../src/eval/machines/detect-machine.ts';
import { evaluateText } from '../support/evaluate-text.ts';

test('a machine is named as Meson names it', () => {
  expect(detectMachine({ platform: 'linux', machine: 'arm64' })).toMatchObject({
    system: 'linux',
    cpuFamily: 'aarch64',
    cpu: 'aarch64',
    endian: 'little',
  });
  expect(detectMachine({ platform: 'linux', machine: 'x86_64' }, { __i386__: '1' })).toMatchObject({
    cpuFamily: 'x86',
    cpu: 'i686',
  });
});

test('a cross file describes the host machine', () => {
  const { messages, error } = evaluateText(
    {
      'meson.build':
        "project('x')\nmessage(host_machine.cpu_family(), build_machine.cpu(), target_machine.system(), meson.is_cross_build(), meson.can_run_host_binaries())",
      'cross.ini':
        "[host_machine]\nsystem = 'linux'\ncpu_family = 'riscv64'\ncpu = 'rv64'\nendian = 'little'\n",
    },
    { crossFiles: ['cross.ini'] },
  );
  expect(error).toBeUndefined();
  expect(messages).toEqual(['riscv64 x86_64 linux true false']);
});

test('a machine file with an unknown constant is an error', () => {
  const { error } = evaluateText(
    { 'meson.build': "project('x')", 'n.ini': '[properties]\na = b\n' },
    { nativeFiles: ['n.ini'] },
  );
  expect(error).toBe("ERROR: Undefined constant 'b' in machine file variable 'a'.");
});
