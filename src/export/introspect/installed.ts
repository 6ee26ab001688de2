import { basename, isAbsolute, join } from 'node:path/posix';
import { unreachable } from '../../base/assert.ts';
import type { InstallItem, InstallPlan } from '../../model/install-plan.ts';

/** `intro-installed.json`: where each file of the source and build trees goes. */
export function introspectInstalled(plan: InstallPlan): Readonly<Record<string, string>> {
  // Of several places of a file the last is told: headers and manuals come after data.
  const isData = (item: InstallItem): boolean => item.kind === 'file' && item.isData === true;
  const items = [
    ...plan.items.filter((item) => item.kind === 'target' || isData(item)),
    ...plan.items.filter((item) => item.kind !== 'target' && !isData(item)),
  ];
  return Object.fromEntries(items.flatMap((item) => place(plan, item)));
}

function place(plan: InstallPlan, item: InstallItem): readonly (readonly [string, string])[] {
  const whole = (path: string): string => (isAbsolute(path) ? path : join(plan.prefix, path));
  switch (item.kind) {
    case 'target':
      return [[from(plan, item.from), whole(join(item.directory, basename(item.from)))]];
    case 'directory':
      return [[item.spelled ?? from(plan, item.from), whole(item.to)]];
    case 'file':
      return [[from(plan, item.from), whole(item.to)]];
    case 'symlink':
      return [[basename(item.path), whole(item.path)]];
    case 'empty-directory':
    case 'script':
      return [];
    default:
      return unreachable(item);
  }
}

/** Where an installed file comes from, absolute. */
export function from({ buildRoot }: InstallPlan, path: string): string {
  return isAbsolute(path) ? path : join(buildRoot, path);
}
