import { expect, test } from 'vitest';
import { detectToolchain } from '../../src/toolchains/detect/detect.ts';
import type { DetectRequest } from '../../src/toolchains/detect/request.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { detectRequest, installGcc } from '../support/stand-in-compilers.ts';

/** What a compiler is refused with, if it is; its program can be started as `starts` says. */
function refusal(macros: string, more: Partial<DetectRequest>, starts: 'by-itself' | 'by-qemu') {
  const host = new MemoryHost();
  const started: string[] = [];
  const program = `${host.system.temporaryDirectory}/kaon-${host.system.processId}-host-c`;
  const accepts = () => {
    if (starts === 'by-itself')
      host.program(program, () => {
        started.push('itself');
        return 0;
      });
    return true;
  };
  installGcc(host, 'arm-gcc', { macros, accepts });
  host.program('qemu-arm', ({ argv }) => {
    started.push(argv.join(' ').replace(program, 'PROGRAM'));
    return starts === 'by-qemu' ? 0 : { stderr: 'qemu-arm: Could not open the board\n', code: 1 };
  });
  const found = detectToolchain(host, detectRequest('c', { c: ['arm-gcc'] }, more));
  return { started, refused: found.ok ? undefined : found.error };
}

const arm = '#define __arm__ 1\n';

test('what a compiler makes for another processor is run where nobody spoke of one', () => {
  expect(refusal(arm, { runner: [] }, 'by-qemu')).toEqual({
    started: [],
    refused: {
      kind: 'broken',
      message: 'Executables created by c compiler arm-gcc are not runnable.',
      hint: 'it makes programs for another machine, of which --cross-file is to tell',
    },
  });
  // The system may know how.
  expect(refusal(arm, { runner: [] }, 'by-itself')).toEqual({
    started: ['itself'],
    refused: undefined,
  });
});

test('what a compiler makes for this machine is not run', () => {
  expect(refusal('#define __x86_64__ 1\n', { runner: [] }, 'by-qemu')).toEqual({
    started: [],
    refused: undefined,
  });
});

test('what is made for the machine of a cross file is run by its exe_wrapper, if it has one', () => {
  const cross = { cross: true, runner: ['qemu-arm', '-L', '/sysroot'] };
  expect(refusal(arm, cross, 'by-qemu')).toEqual({
    started: ['qemu-arm -L /sysroot PROGRAM'],
    refused: undefined,
  });
  expect(refusal(arm, cross, 'by-itself').refused).toEqual({
    kind: 'broken',
    message: 'Executables created by c compiler arm-gcc are not runnable.',
    hint: 'qemu-arm: Could not open the board',
  });
  for (const untried of [{ ...cross, untried: true }, { cross: true }])
    expect(refusal(arm, untried, 'by-itself')).toEqual({ started: [], refused: undefined });
});
