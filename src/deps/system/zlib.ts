import type { DependencyContext, DependencyRequest } from '../context.ts';
import { type Attempt, absent, found, noCompiler } from '../found.ts';
import { compilerFor, libraryTypeOf } from './checks.ts';

/** zlib as a part of the system. */
export function findZlib(context: DependencyContext, request: DependencyRequest): Attempt {
  const compiler = compilerFor(context);
  if (compiler === undefined) return noCompiler;
  const { system } = context.machineInfo;
  const always = ['darwin', 'freebsd', 'dragonfly', 'android'].includes(system);
  const linkArgs = always ? ['-lz'] : compiler.library('z', libraryTypeOf(context, request));
  if (linkArgs === undefined || !(always || compiler.hasHeader('zlib.h'))) return absent;
  const version = compiler.define('ZLIB_VERSION', '#include <zlib.h>', {
    compileArgs: [],
    linkArgs,
  });
  return found({ name: 'zlib', type: 'system', machine: context.machine, version, linkArgs });
}
