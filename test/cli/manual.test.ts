import { expect, test } from 'vitest';
import { manualNames, manualOf } from '../../src/cli/manual/manual.ts';

test('functions, methods and modules have a manual, from their declarations', () => {
  expect(manualOf('message')).toMatch(/^message\(/);
  expect(manualOf('str.split')).toMatch(/^str\.split\(/);
  expect(manualOf('split')).toContain('str.split(');
  expect(manualOf('fs.exists')).toMatch(/^fs\.exists\(/);
  expect(manualOf('nothing')).toBeUndefined();
});

test('objects and modules have a page, by the names that build files and the reference use', () => {
  expect(manualOf('fs')).toMatch(/^fs\n\n {2}Questions about files/);
  expect(manualOf('str')).toContain('  split ');
  for (const name of ['compiler', 'meson', 'host_machine', 'dep', 'configuration_data'])
    expect(manualOf(name), name).toBeDefined();
  expect(manualOf('configuration_data.set')).toMatch(/^cfg_data\.set\(/);
  expect(manualOf('executable')).toMatch(/^executable\(/);
});

test('every name that is told has a manual', () => {
  expect(manualNames().filter((name) => manualOf(name) === undefined)).toEqual([]);
});

test('a keyword is told of for one function, or with all functions that take it', () => {
  const one = manualOf('executable.build_rpath');
  expect(one).toContain('run from the build tree');
  expect(one).toContain('Of executable.');
  expect(manualOf('build_rpath')).toMatch(/Of executable, .*library/s);
  expect(manualOf('executable.nothing')).toBeUndefined();
});

test('methods are found by the types that extend theirs', () => {
  expect(manualOf('exe.full_path')).toMatch(/^build_tgt\.full_path\(/);
  expect(manualOf('python_installation.path')).toContain('path(');
});

test('pages tell since when there is what, and what went', () => {
  expect(manualOf('install_symlink')).toContain('Since 0.61.0.');
  expect(manualOf('meson.source_root')).toContain('Deprecated since 0.56.0');
  expect(manualOf('dependency')?.replaceAll(/\s+/g, ' ')).toContain(
    '"qmake": deprecated since 0.58.0',
  );
  expect(manualOf('cuda')).toContain("import('unstable-cuda')");
});

test('no line is longer than the terminal, but for one word', () => {
  for (const name of manualNames()) {
    const lines = (manualOf(name, 70) ?? '').split('\n');
    const long = lines.filter((line) => line.length > 70 && /\S\s+\S+\s+\S/.test(line.slice(44)));
    expect(long.slice(0, 1), name).toEqual([]);
  }
});

test('functions, modules and objects are listed', () => {
  expect(manualOf('functions')).toContain('  executable ');
  expect(manualOf('modules')).toContain('  wayland ');
  expect(manualOf('objects')).toContain('  compiler ');
});
