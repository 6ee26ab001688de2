import { isDarwin } from '../../toolchains/system.ts';
import type { DependencyContext } from '../context.ts';
import { type Attempt, absent, found, noCompiler } from '../found.ts';
import { compilerFor } from './checks.ts';

const program = `int main(int argc, char **argv)
{
    int (^callback)(void) = ^ int (void) { return 0; };
    return callback();
}`;

/** clang's blocks, with their run-time library where the system does not have them. */
export function findBlocks(context: DependencyContext): Attempt {
  const compiler = compilerFor(context);
  if (compiler === undefined) return noCompiler;
  const native = isDarwin(context.machineInfo.system);
  const compileArgs = native ? [] : ['-fblocks'];
  const linkArgs = native ? [] : ['-lBlocksRuntime'];
  if (
    !native &&
    (!compiler.hasHeader('Block.h') || compiler.library('BlocksRuntime') === undefined)
  ) {
    context.log('ERROR: BlocksRuntime not found.');
    return absent;
  }
  if (!compiler.links(program, [...compileArgs, ...linkArgs])) {
    context.log('ERROR: Compiler does not support blocks extension.');
    return absent;
  }
  return found({
    name: 'blocks',
    type: 'system',
    machine: context.machine,
    compileArgs,
    linkArgs,
  });
}
