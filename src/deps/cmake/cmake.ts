import { unreachable } from '../../base/assert.ts';
import { listed } from '../ask.ts';
import { type DependencyContext, type DependencyRequest, isStatic } from '../context.ts';
import { type Attempt, absent, found } from '../found.ts';
import { askPackage } from './package-project.ts';
import { hasPackageOfOtherCase, mayHavePackage } from './preliminary.ts';
import { cmakeTool } from './tool.ts';

/**
 * Looks for a dependency with CMake's packages. CMake itself says how a program is built with it:
 * a small project links the package's targets, and we read the command lines it would use.
 */
export function findWithCmake(
  context: DependencyContext,
  name: string,
  request: DependencyRequest,
): Attempt {
  const tool = cmakeTool(context);
  if (tool === undefined)
    return request.required
      ? {
          kind: 'failed',
          reason: `CMake binary for machine ${context.machine} machine not found. Giving up.`,
        }
      : absent;
  if (!mayHavePackage(context, name, request))
    return hasPackageOfOtherCase(context, name, request)
      ? { kind: 'failed', reason: 'PACKAGE_FOUND is false' }
      : absent;
  const answer = askPackage(context, {
    name,
    request,
    command: tool.command,
    languages: languagesOf(context),
    isStatic: isStatic(context, request),
  });
  switch (answer.kind) {
    case 'failed':
      return { kind: 'failed', reason: answer.reason };
    case 'no-such-target':
      return {
        kind: 'failed',
        reason:
          `CMake: invalid module ${answer.target} for ${name}.\n` +
          'Try to explicitly specify one or more targets with the "modules" property.\n' +
          `Valid targets are:\n${listed(answer.targets)}`,
      };
    case 'found':
      return found({
        name,
        type: 'cmake',
        machine: context.machine,
        version: answer.version,
        compileArgs: answer.compileArgs,
        linkArgs: answer.linkArgs,
        variables: answer.variables,
        language: request.language,
        ...(request.modules.length === 0
          ? {}
          : { details: `(modules: ${request.modules.join(', ')})` }),
      });
    default:
      return unreachable(answer);
  }
}

/**
 * The languages that a package may look for compilers of. C is always among them: many packages try
 * something in C, whatever they are for, and CMake finds a compiler of its own where we have none.
 */
function languagesOf(context: DependencyContext): readonly string[] {
  const known = ['c', 'cpp', 'fortran', 'objc', 'objcpp'].filter(
    (language) => context.checker(language) !== undefined,
  );
  const needsC = known.length === 0 || (known.includes('fortran') && !known.includes('c'));
  return needsC ? ['c', ...known] : known;
}
