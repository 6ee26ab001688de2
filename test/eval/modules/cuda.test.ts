import { expect, test } from 'vitest';
import { evaluateText } from '../../support/evaluate-text.ts';

function cuda(text: string) {
  return evaluateText(`project('p')\ncuda = import('unstable-cuda')\n${text}`);
}

test.each([
  ['12.0.1', '525.85.11'],
  ['11.0', '440.33'],
  ['6.0', 'unknown'],
])('the toolkit %s needs the driver %s', (toolkit, driver) => {
  const { messages } = cuda(`message(cuda.min_driver_version('${toolkit}'))`);
  expect(messages).toEqual([driver]);
});

test.each([
  ["'9.0', 'Common'", 'sm_30 sm_35 sm_50 sm_52 sm_60 sm_61 sm_70 sm_72 compute_72'],
  ["'11.1', 'Ampere+PTX'", 'sm_80 sm_86 compute_86'],
  ["'8.0', '2.1(2.0) 6.1'", 'sm_21 sm_61'],
  ["'10.0', 'Auto', detected: ['3.0', '8.6']", 'sm_30 sm_75 compute_75'],
])('of %s the architectures are %s', (args, expected) => {
  const { messages } = cuda(`message(' '.join(cuda.nvcc_arch_readable(${args})))`);
  expect(messages).toEqual([expected]);
});

test('flags name the virtual and the real architecture', () => {
  const { messages } = cuda("message(' '.join(cuda.nvcc_arch_flags('8.0', '2.1(2.0)')))");
  expect(messages).toEqual(['-gencode arch=compute_20,code=sm_21']);
});

test.each([
  ["nvcc_arch_flags('9.0', 'All', '5.0')", "The special architectures 'All', 'Common' and 'Auto'"],
  ["nvcc_arch_flags('9.0', 'Nosuch')", 'Unknown CUDA Architecture Name Nosuch!'],
  ['min_driver_version()', 'must have exactly one positional argument'],
])('%s is refused', (text, message) => {
  expect(cuda(`cuda.${text}`).error).toContain(message);
});

test('the module must be imported as unstable, by the name that Meson has for it', () => {
  expect(evaluateText("project('p')\nimport('cuda')").error).toContain(
    'Module "CUDA" has not been stabilized, and must be imported as unstable-CUDA',
  );
});
