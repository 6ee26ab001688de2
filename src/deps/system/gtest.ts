import { posix } from 'node:path';
import { sourceFile } from '../../model/file.ts';
import type { DependencyContext, DependencyRequest } from '../context.ts';
import { type Attempt, absent, found, noLanguage } from '../found.ts';
import { findWithPkgConfig } from '../pkg-config.ts';
import { compilerFor } from './checks.ts';
import { threads } from './threads.ts';

/** GoogleTest as a library, or as sources that are compiled with the test. */
export function findGtest(context: DependencyContext, { main }: DependencyRequest): Attempt {
  const compiler = compilerFor(context, 'cpp');
  if (compiler === undefined) return noLanguage('Gtest', 'cpp');
  const common = {
    name: 'gtest',
    type: 'system',
    machine: context.machine,
    language: 'cpp',
    dependencies: [threads(context)],
  };
  const library = compiler.library('gtest');
  const mainLibrary = main ? compiler.library('gtest_main') : [];
  if (library !== undefined && mainLibrary !== undefined)
    return found({ ...common, linkArgs: [...library, ...mainLibrary], note: 'prebuilt' });
  const root = context.property('sys_root');
  const prefix = typeof root === 'string' ? root : '';
  const folder = ['/usr/src/gtest/src', '/usr/src/googletest/googletest/src']
    .map((path) => prefix + path)
    .find((path) => context.host.files.exists(path));
  if (folder === undefined) return absent;
  const above = posix.dirname(folder);
  return found({
    ...common,
    compileArgs: [`-I${above}`, `-I${above}/include`],
    sources: ['gtest-all.cc', ...(main ? ['gtest_main.cc'] : [])].map((file) =>
      sourceFile(`${folder}/${file}`),
    ),
    note: 'building self',
  });
}

/** GoogleMock, which brings GoogleTest with it. */
export function findGmock(context: DependencyContext, request: DependencyRequest): Attempt {
  const compiler = compilerFor(context, 'cpp');
  if (compiler === undefined) return noLanguage('Gmock', 'cpp');
  const { main } = request;
  // Two main functions would meet.
  const gtest = gtestFor(context, { ...request, main: false, version: [] });
  if (gtest.kind !== 'found') return absent;
  const common = {
    name: 'gmock',
    type: 'system',
    machine: context.machine,
    language: 'cpp',
    dependencies: [threads(context), gtest.found],
  };
  const library = compiler.library('gmock');
  const mainLibrary = main ? compiler.library('gmock_main') : [];
  if (library !== undefined && mainLibrary !== undefined)
    return found({ ...common, linkArgs: [...library, ...mainLibrary], note: 'prebuilt' });
  const folders = ['/usr/src/googletest/googlemock/src', '/usr/src/gmock/src', '/usr/src/gmock'];
  const folder = folders.find((path) => context.host.files.exists(path));
  if (folder === undefined) return absent;
  const above = posix.dirname(folder);
  return found({
    ...common,
    compileArgs: [`-I${folder}`, `-I${above}`, `-I${above}/include`],
    sources: ['gmock-all.cc', ...(main ? ['gmock_main.cc'] : [])].map((file) =>
      sourceFile(`${folder}/${file}`),
    ),
    note: 'building self',
  });
}

function gtestFor(context: DependencyContext, request: DependencyRequest): Attempt {
  const packaged = findWithPkgConfig(context, 'gtest', { ...request, required: false });
  return packaged.kind === 'found' ? packaged : findGtest(context, request);
}
