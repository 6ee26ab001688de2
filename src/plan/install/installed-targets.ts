import { join } from 'node:path/posix';
import type { InstalledTarget, InstallItem } from '../../model/install-plan.ts';
import type { BuildTarget, CustomTarget, TargetId } from '../../model/target.ts';
import { factsOf, type PlanContext, targetOptions } from '../context.ts';
import { productRpath } from '../languages/rust/units/products.ts';
import { traitsOf } from '../languages/traits.ts';
import { filesBeside } from '../link/files-beside.ts';
import { targetOutputs } from '../paths.ts';
import { resolveTarget } from '../resolve-target.ts';
import { guessTag } from './install-tag.ts';

/** Outputs of targets that are installed, and the links beside versioned libraries. */
export function installedTargets(context: PlanContext): readonly InstallItem[] {
  return [...context.model.targets.entries()].flatMap(([id, target]): readonly InstallItem[] => {
    if (target.kind === 'build') return installedBuild(context, id, target);
    return target.kind === 'custom' ? installedCustom(context, target) : [];
  });
}

function installedBuild(
  context: PlanContext,
  id: TargetId,
  target: BuildTarget,
): readonly InstallItem[] {
  const { install } = target;
  if (install === undefined) return [];
  const [file = '', ...others] = targetOutputs(target);
  const [directory, ...otherDirectories] = install.directories;
  const { subproject } = context.model.projects.get(target.project);
  const common = { subproject, mode: install.mode };
  const secondary = others.flatMap((from, at): readonly InstallItem[] => {
    const to = otherDirectories[at];
    if (to === undefined) return [];
    const tag = install.tags[at + 1];
    return [{ ...common, kind: 'target', from, directory: to, tag, ...asItIs, optional: false }];
  });
  if (directory === undefined) return secondary;
  const isArchive = target.type === 'static-library';
  const main: InstalledTarget = {
    ...common,
    kind: 'target',
    from: file,
    directory,
    tag: install.tags[0] ?? (isArchive ? 'devel' : 'runtime'),
    canStrip: !isArchive,
    strip: !isArchive && targetOptions(context, target)('strip') === true,
    rpath: isArchive
      ? undefined
      : { remove: factsOf(context, id).rpathToRemove, install: target.installRpath },
    optional: false,
  };
  const along = (item: Pick<InstalledTarget, 'from' | 'tag' | 'optional'>): InstallItem => ({
    ...common,
    ...asItIs,
    kind: 'target',
    directory,
    ...item,
  });
  const debug = main.strip ? [] : debugFiles(target);
  const beside = filesBeside(context, resolveTarget(context, id));
  return [
    main,
    ...installedAliases(target, { directory, tag: install.tags[0], subproject }),
    ...debug.map((from) => along({ from, tag: 'devel', optional: true })),
    ...beside.map((from) => along({ from, tag: main.tag, optional: false })),
    ...secondary,
  ];
}

function debugFiles(target: BuildTarget): readonly string[] {
  return target.languages.flatMap((language) => traitsOf(language).debugFile?.(target) ?? []);
}

const asItIs = { canStrip: false, strip: false, rpath: undefined };

/** The link without a version is for those who compile, the others for those who run. */
function installedAliases(
  target: BuildTarget,
  { directory, tag, subproject }: Pick<InstalledTarget, 'directory' | 'tag' | 'subproject'>,
): readonly InstallItem[] {
  return target.aliases.map((alias, at) => ({
    kind: 'symlink',
    path: join(directory, alias.name),
    pointsTo: alias.to,
    subproject,
    tag: tag ?? (at === target.aliases.length - 1 ? 'devel' : 'runtime'),
  }));
}

function installedCustom(context: PlanContext, target: CustomTarget): readonly InstallItem[] {
  const { install } = target;
  if (install === undefined) return [];
  const { subproject } = context.model.projects.get(target.project);
  const remove = target.crate === undefined ? [] : productRpath(context, target.crate);
  const rpath = remove.length === 0 ? undefined : { remove, install: '' };
  return targetOutputs(target).flatMap((from, at): readonly InstallItem[] => {
    // One directory is meant for all outputs.
    const directory = install.directories[install.directories.length === 1 ? 0 : at];
    if (directory === undefined) return [];
    const name = target.outputs[at] ?? '';
    return [
      {
        kind: 'target',
        from,
        directory,
        tag: install.tags[at] ?? guessTag(context, join(directory, name)),
        ...asItIs,
        rpath,
        mode: install.mode,
        optional: !target.buildByDefault,
        subproject,
      },
    ];
  });
}
