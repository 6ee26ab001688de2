import { basename, join } from 'node:path/posix';
import { unreachable } from '../../base/assert.ts';
import type { Install } from '../../model/install.ts';
import type { InstallItem, InstallPlan } from '../../model/install-plan.ts';
import { commandFromBuild } from '../commands/absolute-command.ts';
import { findOption, type PlanContext } from '../context.ts';
import { absoluteFile } from '../paths.ts';
import { guessTag } from './install-tag.ts';
import { installedTargets } from './installed-targets.ts';

/** Resolves what is installed, in the order in which it is. */
export function planInstall(context: PlanContext, introspect: readonly string[]): InstallPlan {
  const { model } = context;
  const option = (name: string) => findOption(context, { name });
  const targets = installedTargets(context);
  const of = (...kinds: readonly Install['kind'][]): readonly InstallItem[] =>
    model.installs
      .filter((install) => kinds.includes(install.kind))
      .flatMap((install) => installItems(context, install));
  return {
    sourceRoot: model.sourceRoot,
    buildRoot: model.buildRoot,
    prefix: String(option('prefix') ?? '/usr/local'),
    umask: umaskOf(option('install_umask')),
    strip: model.binaries.get('host')?.get('strip') ?? (model.cross ? undefined : ['strip']),
    introspect,
    items: [
      ...of('subdir'),
      ...targets.filter((item) => item.kind === 'target'),
      ...of('headers'),
      ...of('man'),
      ...of('emptydir'),
      ...of('data'),
      ...targets.filter((item) => item.kind === 'symlink'),
      ...of('symlink'),
      ...of('script'),
    ],
  };
}

function umaskOf(value: unknown): number | 'preserve' {
  if (typeof value === 'number') return value;
  const digits = typeof value === 'string' && /^0?o?[0-7]+$/.test(value) ? value : undefined;
  if (digits === undefined) return value === undefined ? 0o022 : 'preserve';
  return Number.parseInt(digits.replace('o', ''), 8);
}

function installItems(context: PlanContext, install: Install): readonly InstallItem[] {
  switch (install.kind) {
    case 'data':
    case 'headers':
    case 'man':
      return installedFiles(context, install);
    case 'subdir':
      return [installedFolder(context, install)];
    case 'symlink': {
      const path = join(install.directory, install.name);
      return [
        {
          kind: 'symlink',
          path,
          pointsTo: install.pointingTo,
          subproject: install.subproject,
          tag: install.tag ?? guessTag(context, path),
        },
      ];
    }
    case 'emptydir':
      return [
        {
          kind: 'empty-directory',
          path: install.directory,
          mode: install.mode,
          subproject: install.subproject,
          tag: install.tag ?? guessTag(context, install.directory),
        },
      ];
    case 'script':
      return [
        {
          kind: 'script',
          argv: commandFromBuild(context, install.command),
          environment: install.environment,
          skipIfDestdir: install.skipIfDestdir,
          dryRun: install.dryRun,
          subproject: install.subproject,
          tag: install.tag,
        },
      ];
    default:
      return unreachable(install);
  }
}

type Files = Extract<Install, { readonly kind: 'data' | 'headers' | 'man' }>;

function installedFiles(context: PlanContext, install: Files): readonly InstallItem[] {
  return install.files.map((file, at): InstallItem => {
    const to = install.destinations[at] ?? basename(file.path);
    return {
      kind: 'file',
      ...(install.kind === 'data' && { isData: true as const }),
      from: absoluteFile(context.paths, file),
      to,
      mode: install.mode,
      followSymlinks: install.followSymlinks,
      subproject: install.subproject,
      tag: install.tag ?? fileTag(context, install.kind, to),
    };
  });
}

function fileTag(context: PlanContext, kind: Files['kind'], to: string): string | undefined {
  if (kind === 'headers') return 'devel';
  return kind === 'man' ? 'man' : guessTag(context, to);
}

function installedFolder(
  context: PlanContext,
  install: Extract<Install, { readonly kind: 'subdir' }>,
): InstallItem {
  const from = absoluteFile(context.paths, install.from).replace(/\/$/, '');
  return {
    kind: 'directory',
    from,
    ...(install.spelled !== undefined && { spelled: install.spelled }),
    to: install.stripDirectory
      ? install.directory
      : join(install.directory, basename(install.spelled ?? from)),
    excludeFiles: install.excludeFiles,
    excludeDirectories: install.excludeDirectories,
    mode: install.mode,
    followSymlinks: install.followSymlinks,
    subproject: install.subproject,
    tag: install.tag ?? guessTag(context, join(install.directory, 'dummy')),
  };
}
