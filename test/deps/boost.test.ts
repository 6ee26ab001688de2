import { expect, test } from 'vitest';
import { isModule, librariesIn, moduleArgs, usable } from '../../src/deps/boost/library-files.ts';
import { MemoryHost } from '../support/memory-host.ts';

test('what a Boost library is shows in its name', () => {
  const host = new MemoryHost({
    '/lib/libboost_thread.so.1.74.0': '',
    '/lib/libboost_regex.a': '',
    '/lib/libboost_system-gcc12-mt-d-x64-1_80.a': '',
    '/lib/libfoo.so': '',
  });
  expect(librariesIn(host.files, '/lib')).toMatchObject([
    { module: 'thread', static: false, version: '1_74', debug: false },
    { module: 'regex', static: true, version: undefined },
    { module: 'system', static: true, version: '1_80', debug: true, multithreaded: true },
  ]);
});

test('libraries of another version or of debugging are passed over', () => {
  const host = new MemoryHost({
    '/lib/libboost_a.so.1.74.0': '',
    '/lib/libboost_b.so.1.80.0': '',
    '/lib/libboost_c-mt-d-1_74.so': '',
  });
  const fit = usable(librariesIn(host.files, '/lib'), {
    version: '1_74',
    static: undefined,
    debug: false,
  });
  expect(fit.map(({ module }) => module)).toEqual(['a']);
});

test("headers are told the kind of library by each module's own macros, those of others nothing", () => {
  const host = new MemoryHost({
    '/lib/libboost_coroutine.so': '',
    '/lib/libboost_chrono.a': '',
    '/lib/libboost_iostreams.so': '',
    '/lib/libboost_python311.so': '',
    '/lib/libboost_locale.so': '',
    '/lib/libboost_coroutine.a': '',
  });
  expect(librariesIn(host.files, '/lib').flatMap(moduleArgs)).toEqual([
    '-DBOOST_COROUTINES_DYN_LINK=1',
    '-DBOOST_IOSTREAMS_DYN_LINK=1',
    '-DBOOST_CHRONO_STATIC_LINK=1',
  ]);
});

test('a module for Python is of the latest Python that begins so, however its version is written', () => {
  const host = new MemoryHost({
    '/lib/libboost_python39.so.1.92.0': '',
    '/lib/libboost_python314.so.1.92.0': '',
    '/lib/libboost_numpy-py38.so.1.92.0': '',
    '/lib/libboost_python27.a': '',
  });
  const wanted = { version: '1_92', static: undefined, debug: false };
  const fit = usable(librariesIn(host.files, '/lib'), wanted);
  const found = (name: string) => fit.find((one) => isModule(one, name))?.module;
  expect(['python3', 'python39', 'python', 'numpy3', 'numpy', 'python4'].map(found)).toEqual([
    ...['python314', 'python39', 'python27', 'numpy38', undefined, undefined],
  ]);
});
