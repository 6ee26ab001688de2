import { isAbsolute, join } from 'node:path/posix';
import { findOption, type PlanContext } from '../context.ts';

/** The tag that a path suggests where a build file gives none. `path` is relative to the prefix or absolute. */
export function guessTag(context: PlanContext, path: string): string | undefined {
  const option = (name: string): string => String(findOption(context, { name }) ?? name);
  const absolute = (to: string): string => (isAbsolute(to) ? to : join(option('prefix'), to));
  const inside = (name: string): boolean =>
    absolute(path).startsWith(join(absolute(option(name)), '/'));
  if (inside('bindir') || inside('sbindir')) return 'runtime';
  if (inside('libdir')) {
    if (/\.(a|pc)$/.test(path)) return 'devel';
    return /\.(so|dll)$/.test(path) ? 'runtime' : undefined;
  }
  if (inside('includedir')) return 'devel';
  if (inside('localedir')) return 'i18n';
  const parts = path.split('/');
  if (parts.includes('installed-tests')) return 'tests';
  return parts.includes('systemtap') ? 'systemtap' : undefined;
}
