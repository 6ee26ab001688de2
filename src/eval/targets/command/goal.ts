import type { AliasTarget, RunTarget } from '../../../model/target.ts';
import type { Call } from '../../call.ts';
import { aliasTargetType, runTargetType, type TargetObject } from '../../objects/target.ts';
import { joinPath, normalPath } from '../../paths.ts';
import { ownIntrospectionId, registerTarget } from '../register.ts';

type RunRequest = Pick<RunTarget, 'name' | 'command'> &
  Partial<Pick<RunTarget, 'depends' | 'environment'>> & {
    /** Below this one; it needs no build file. */
    readonly folder?: string;
  };

/** Adds a command that runs when asked for. */
export function declareRunTarget(
  call: Call,
  { folder = '', ...request }: RunRequest,
): TargetObject {
  const target = registerTarget(call, {
    ...placeOf(call, request.name, folder),
    kind: 'run',
    depends: [],
    environment: [],
    ...request,
  });
  return { type: runTargetType, target };
}

/** Adds a name for several targets. */
export function declareAliasTarget(
  call: Call,
  request: Pick<AliasTarget, 'name' | 'targets'>,
): TargetObject {
  const target = registerTarget(call, {
    ...placeOf(call, request.name),
    kind: 'alias',
    targets: request.targets,
  });
  return { type: aliasTargetType, target };
}

function placeOf(call: Call, name: string, folder = '') {
  const { scope } = call;
  const subdir = normalPath(joinPath(scope.subdir, folder));
  const buildSubdir = normalPath(joinPath(scope.buildSubdir, folder));
  return {
    name,
    project: scope.project,
    subdir,
    buildSubdir,
    introspectionId: ownIntrospectionId(call, { name, suffix: '@run', folder }),
    definedIn: { tree: 'source', path: normalPath(joinPath(subdir, 'meson.build')) },
    buildByDefault: false,
  } as const;
}
