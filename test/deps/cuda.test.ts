import { expect, test } from 'vitest';
import { evaluateText } from '../support/evaluate-text.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { installGcc } from '../support/stand-in-compilers.ts';

/** A machine with two toolkits, of which the older one is the default. */
function withCuda(text: string) {
  const host = new MemoryHost({
    '/usr/local/cuda/version.txt': 'CUDA Version 11.8.89\n',
    '/usr/local/cuda/targets/x86_64-linux/lib/libcudart_static.a': '',
    '/usr/local/cuda-12.4/targets/x86_64-linux/include/cuda_runtime_api.h':
      '#define CUDART_VERSION  12040\n',
    '/usr/local/cuda-12.4/targets/x86_64-linux/lib/libcudart_static.a': '',
    '/usr/local/cuda-12.4/targets/x86_64-linux/lib/libcublas.so': '',
  });
  installGcc(host, 'cc');
  const { model, lines, error } = evaluateText(`project('p', 'c')\n${text}`, { host });
  const [row] = [...(model?.dependencies.values() ?? [])];
  return { row, error, told: lines.filter((line) => line.includes('CUDA')) };
}

const older = '/usr/local/cuda/targets/x86_64-linux';
const newer = '/usr/local/cuda-12.4/targets/x86_64-linux';

test('the default toolkit is taken, with the static runtime', () => {
  const { row, told } = withCuda("dependency('cuda')");
  expect(told).toEqual([
    'Run-time dependency CUDA (modules: cudart_static) for c found: YES 11.8 (/usr/local/cuda)',
  ]);
  expect(row).toMatchObject({
    version: '11.8',
    compileArgs: [`-I${older}/include`],
    linkArgs: [`${older}/lib/libcudart_static.a`, '-lrt', '-lpthread', '-ldl'],
  });
});

test('another toolkit is taken where its version is asked for, with modules that it has', () => {
  const asked = "version: '>=12', modules: ['cublas'], required: false";
  expect(withCuda(`dependency('cuda', ${asked})`).row).toMatchObject({
    version: '12.4',
    linkArgs: [
      ...[`${newer}/lib/libcudart_static.a`, '-lrt', '-lpthread', '-ldl'],
      `${newer}/lib/libcublas.so`,
    ],
  });
  const lacking = "modules: ['cublas', 'cudart_static'], required: false";
  expect(withCuda(`dependency('cuda', ${lacking})`).told).toEqual([
    'Run-time dependency CUDA (modules: cublas, cudart_static) for c found: NO  (tried system)',
  ]);
  expect(withCuda("dependency('cuda', modules: 'cublas')").error).toContain(
    "Couldn't find requested CUDA module 'cublas'",
  );
});

test('after one toolkit another one is found', () => {
  const { told } = withCuda("dependency('cuda')\ndependency('cuda', version: '>=12')");
  expect(told.map((line) => line.split(' ').at(-2))).toEqual(['11.8', '12.4']);
});
