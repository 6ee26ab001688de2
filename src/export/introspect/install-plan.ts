import { basename, isAbsolute, join } from 'node:path/posix';
import type { Install } from '../../model/install.ts';
import type { InstallItem, InstallPlan } from '../../model/install-plan.ts';
import type { Model } from '../../model/model.ts';
import type { PlannedTarget } from '../../model/planned-target.ts';
import type { BuildTarget, CustomTarget } from '../../model/target.ts';
import { from } from './installed.ts';
import { absolute } from './targets.ts';

type Section = Record<string, Record<string, unknown>>;

/** `intro-install_plan.json`: what is installed, with directories as the build files named them. */
export function introspectInstallPlan(
  model: Model,
  planned: readonly PlannedTarget[],
  plan: InstallPlan,
): Readonly<Record<string, Section>> {
  const result: Record<string, Section> = { targets: targetSection(model, planned, plan) };
  const placed = bySource(plan);
  for (const kind of ['data', 'man', 'headers'] as const) {
    for (const install of model.installs) {
      if (install.kind !== kind) continue;
      const section = install.shownAs ?? kind;
      result[section] = Object.assign(result[section] ?? {}, files(model, placed, install));
    }
  }
  for (const install of model.installs) {
    if (install.kind !== 'subdir') continue;
    const path = absolute(model, install.from);
    const { spelled = path } = install;
    const slash = install.placeholder.endsWith('/') ? '' : '/';
    const inner = install.stripDirectory ? '' : `${slash}${basename(spelled)}`;
    result['install_subdirs'] ??= {};
    result['install_subdirs'][spelled] = {
      destination: `${install.placeholder}${inner}`,
      tag: install.tag ?? tagOf(placed, path) ?? null,
      subproject: install.subproject || null,
      exclude_dirs: install.excludeDirectories,
      exclude_files: install.excludeFiles,
    };
  }
  return result;
}

/** What is installed, by where it comes from. A file may be installed to several places. */
type Placed = ReadonlyMap<string, readonly InstallItem[]>;

function bySource(plan: InstallPlan): Placed {
  const placed = new Map<string, InstallItem[]>();
  for (const item of plan.items) {
    if (!('from' in item)) continue;
    const path = from(plan, item.from);
    const known = placed.get(path);
    if (known === undefined) placed.set(path, [item]);
    else known.push(item);
  }
  return placed;
}

function files(
  model: Model,
  placed: Placed,
  install: Extract<Install, { readonly kind: 'data' | 'man' | 'headers' }>,
): Section {
  return Object.fromEntries(
    install.files.map((file, at) => {
      const path = absolute(model, file);
      const entry = {
        destination: install.placeholders[at] ?? install.destinations[at] ?? '',
        tag: install.tag ?? tagOf(placed, path, install.destinations[at]) ?? null,
        subproject: install.subproject || null,
      };
      return [path, entry];
    }),
  );
}

function tagOf(placed: Placed, path: string, to?: string): string | undefined {
  const found = placed.get(path) ?? [];
  const exact = found.find((item) => item.kind === 'file' && item.to === to);
  return (exact ?? found[0])?.tag;
}

function targetSection(
  model: Model,
  planned: readonly PlannedTarget[],
  plan: InstallPlan,
): Section {
  const owners = new Map(
    planned.flatMap((made) => made.outputs.map((path, at) => [path, { made, at }] as const)),
  );
  const section: Section = {};
  for (const item of plan.items) {
    if (item.kind !== 'target') continue;
    const owner = owners.get(item.from);
    const target = owner && model.targets.get(owner.made.id);
    const known = target?.kind === 'build' || target?.kind === 'custom' ? target : undefined;
    // An archive has none, but shows what it was given.
    const isMain = target?.kind === 'build' && owner?.at === 0;
    const folder =
      known && placeholder(model, known, { output: owner?.at ?? 0, directory: item.directory });
    section[from(plan, item.from)] = {
      destination: join(folder ?? join('{prefix}', item.directory), basename(item.from)),
      tag: item.tag ?? null,
      subproject: item.subproject || null,
      install_rpath: (isMain ? target.installRpath : item.rpath?.install) || null,
      build_rpaths: (item.rpath?.remove ?? []).toSorted(),
    };
  }
  return section;
}

/** A directory as introspection shows it: by its option's name where the build file took it from there. */
function placeholder(
  model: Model,
  target: BuildTarget | CustomTarget,
  { output, directory }: { readonly output: number; readonly directory: string },
): string {
  const given = target.install?.placeholders;
  const own = given?.[given.length === 1 ? 0 : output] ?? model.directoryNames?.get(directory);
  if (own !== undefined) return own;
  return isAbsolute(directory) ? directory : join('{prefix}', directory);
}
