import { posix } from 'node:path';
import type { EnvironmentChange } from '../../base/environment.ts';
import type { FileRef } from '../../model/file.ts';
import type {
  BuildTargetInstall,
  CommandWord,
  CustomTarget,
  Item,
  TargetId,
} from '../../model/target.ts';
import type { Call } from '../call.ts';
import { customTargetType, type TargetObject } from '../objects/target.ts';
import { joinPath, normalPath } from '../paths.ts';
import { itemNames } from '../targets/item-names.ts';
import { ownIntrospectionId, registerTarget } from '../targets/register.ts';

/** A custom target that a module makes. */
export interface ModuleTarget {
  readonly name: string;
  readonly inputs: readonly Item[];
  readonly outputs: readonly string[];
  readonly command: readonly CommandWord[];
  readonly depfile?: string;
  readonly depends?: readonly TargetId[];
  readonly dependFiles?: readonly FileRef[];
  readonly install?: BuildTargetInstall | undefined;
  readonly buildByDefault?: boolean;
  /** What is told before its name while it runs. */
  readonly description?: string;
  /** Folder below the build file's, for outputs that must lie there. */
  readonly folder?: string;
  readonly environment?: readonly EnvironmentChange[];
  readonly capture?: boolean;
  readonly buildAlwaysStale?: boolean;
  readonly absoluteInputs?: true;
  readonly resources?: CustomTarget['resources'];
}

/**
 * Registers a custom target that a module makes, as if the build file had called `custom_target()` for it.
 */
export function moduleTarget(call: Call, given: ModuleTarget): TargetObject {
  const { scope } = call;
  const { depfile } = given;
  const folder = normalPath(joinPath(scope.buildSubdir, given.folder ?? ''));
  const subdir = normalPath(joinPath(scope.subdir, given.folder ?? ''));
  const target = registerTarget(call, {
    kind: 'custom',
    name: given.name,
    project: scope.project,
    subdir,
    buildSubdir: folder,
    introspectionId: ownIntrospectionId(call, {
      name: given.name,
      suffix: '@cus',
      folder: given.folder,
    }),
    definedIn: { tree: 'source', path: normalPath(joinPath(subdir, 'meson.build')) },
    buildByDefault: given.buildByDefault ?? given.install !== undefined,
    inputs: given.inputs,
    outputs: given.outputs,
    command: given.command,
    capture: given.capture ?? false,
    feed: false,
    console: false,
    depfile: depfile === undefined ? undefined : { name: depfile, format: 'make' },
    depends: [...new Set(given.depends ?? [])],
    dependFiles: given.dependFiles ?? [],
    environment: given.environment ?? [],
    buildAlwaysStale: given.buildAlwaysStale ?? false,
    ...(given.absoluteInputs && { absoluteInputs: given.absoluteInputs }),
    ...(given.resources && { resources: given.resources }),
    install: given.install,
    description:
      given.description === undefined
        ? undefined
        : given.description + joinPath(scope.subdir, given.name),
  });
  return { type: customTargetType, target };
}

/** The name of an input as its build file would write it; of a target, its output's name. */
export function fileNameOf({ evaluation, scope }: Call, item: Item): string {
  if (item.kind !== 'file') return itemNames(evaluation.tables, item)[0] ?? '';
  const { tree, path } = item.file;
  return posix.relative(tree === 'source' ? scope.subdir : scope.buildSubdir, path);
}

/** Words of a command that are text, templates among them. */
export function textWords(words: readonly string[]): readonly CommandWord[] {
  return words.map((text) => ({ kind: 'text', text }));
}
