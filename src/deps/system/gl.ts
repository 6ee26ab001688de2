import { isDarwin } from '../../toolchains/system.ts';
import type { DependencyContext } from '../context.ts';
import { type Attempt, absent, found, noCompiler } from '../found.ts';
import { compilerFor } from './checks.ts';

/** OpenGL of the system. */
export function findGl(context: DependencyContext): Attempt {
  const gl = (linkArgs: readonly string[]): Attempt =>
    found({ name: 'gl', type: 'system', machine: context.machine, linkArgs });
  const { system } = context.machineInfo;
  if (isDarwin(system)) return gl(['-framework', 'OpenGL']);
  if (system === 'windows') return gl(['-lopengl32']);
  const compiler = compilerFor(context);
  if (compiler === undefined) return noCompiler;
  const linkArgs = compiler.library('GL');
  if (linkArgs === undefined) return absent;
  return compiler.hasHeader('GL/gl.h')
    ? gl(linkArgs)
    : { kind: 'failed', reason: 'Found GL runtime library but no development header files' };
}
