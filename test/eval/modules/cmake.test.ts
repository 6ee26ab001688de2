import { expect, test } from 'vitest';
import { evaluateText } from '../../support/evaluate-text.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const text = `project('p')
import('cmake').write_basic_package_version_file(name: 'p', version: '1')`;

test('the CMake whose templates are taken is looked for as a program', () => {
  const host = new MemoryHost({ '/cmake/Modules/BasicConfigVersion-AnyNewerVersion.cmake.in': '' });
  host.program('cmake', ({ argv }) =>
    argv.includes('-P') ? { exitCode: 0, stdout: '', stderr: '/cmake' } : 1,
  );
  const { error, lines } = evaluateText(text, { host });
  expect(lines).toContain('Program cmake found: YES (/usr/bin/cmake)');
  expect(error).toContain('Requires a C or C++ compiler to compute sizeof(void *).');
});

test('without CMake there are none', () => {
  const { error } = evaluateText(text, { host: new MemoryHost() });
  expect(error).toContain("Program 'cmake' not found or not executable");
});
