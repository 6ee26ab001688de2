import type { AliasTarget, RunTarget } from '../../model/target.ts';
import type { Call } from '../call.ts';
import { aliasTargetType, runTargetType, type TargetObject } from '../objects/target.ts';
import { joinPath, normalPath } from '../paths.ts';
import { introspectionId, registerTarget } from './register.ts';

type RunRequest = Pick<RunTarget, 'name' | 'command'> &
  Partial<Pick<RunTarget, 'depends' | 'environment'>>;

/** Adds a command that runs when asked for. */
export function declareRunTarget(call: Call, request: RunRequest): TargetObject {
  const target = registerTarget(call, {
    ...placeOf(call, request.name),
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

function placeOf({ scope }: Call, name: string) {
  return {
    name,
    project: scope.project,
    subdir: scope.subdir,
    buildSubdir: scope.buildSubdir,
    introspectionId: introspectionId(scope.buildSubdir, name, '@run'),
    definedIn: { tree: 'source', path: normalPath(joinPath(scope.subdir, 'meson.build')) },
    buildByDefault: false,
  } as const;
}
