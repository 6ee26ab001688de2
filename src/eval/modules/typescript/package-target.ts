import type { CommandWord, CustomTarget } from '../../../model/target.ts';
import type { Call } from '../../call.ts';
import { customTargetType, type TargetObject } from '../../objects/target.ts';
import type { TypescriptDependencies } from '../../objects/typescript.ts';
import { joinPath, normalPath } from '../../paths.ts';
import { introspectionId, registerTarget } from '../../targets/register.ts';
import { textWords } from '../module-target.ts';

/** Registers a custom target whose command works on packages. */
export function packageTarget(
  call: Call,
  row: Pick<
    CustomTarget,
    | 'name'
    | 'inputs'
    | 'outputs'
    | 'alsoMakes'
    | 'contents'
    | 'command'
    | 'depends'
    | 'description'
    | 'buildByDefault'
    | 'environment'
    | 'install'
  > & { readonly depfile: string | undefined },
): TargetObject {
  const { scope } = call;
  const { depfile, ...given } = row;
  const target = registerTarget(call, {
    ...given,
    kind: 'custom',
    project: scope.project,
    subdir: scope.subdir,
    buildSubdir: scope.buildSubdir,
    introspectionId: introspectionId(scope.buildSubdir, row.name, '@cus'),
    definedIn: { tree: 'source', path: normalPath(joinPath(scope.subdir, 'meson.build')) },
    capture: false,
    feed: false,
    console: false,
    depfile: depfile === undefined ? undefined : { name: depfile, format: 'make' },
    dependFiles: [],
    buildAlwaysStale: false,
  });
  return { type: customTargetType, target };
}

/** `kaon internal typescript KIND --source … --mirror …`. */
export function internalCommand(
  call: Call,
  kind: string,
  { source, mirror }: Pick<TypescriptDependencies, 'source' | 'mirror'>,
): readonly CommandWord[] {
  return [
    { kind: 'program', command: call.evaluation.self },
    ...textWords(['internal', 'typescript', kind, '--source', source, '--mirror', mirror]),
  ];
}
