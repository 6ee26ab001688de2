import { posix } from 'node:path';
import type { Files } from '../../host/host.ts';
import { type ExpressionContext, evaluateList } from '../generator-expression.ts';
import type { TraceTarget } from '../trace/trace-facts.ts';
import { configuredProperty } from './imported-location.ts';

/** What a target brings along to those that link it, itself and all that it links. */
export interface LinkClosure {
  readonly includes: readonly string[];
  readonly publicCompileArgs: readonly string[];
  readonly publicLinkFlags: readonly string[];
  /** Files and `-l` arguments that are no targets of the project. */
  readonly libraries: readonly string[];
  /** All that was named to be linked: targets, and what may be none. */
  readonly named: readonly string[];
}

/** What those link that link a target, beside itself. */
export type PublicLinks = Pick<LinkClosure, 'libraries' | 'named'>;

export interface LinkWorld extends ExpressionContext {
  readonly files: Pick<Files, 'exists'>;
  /** Link arguments of a system library; undefined when there is none. */
  readonly findLibrary: (name: string) => readonly string[] | undefined;
}

/** What a target asks of its users to link: all of it that is `PUBLIC` or `INTERFACE`. */
export function publicLinks(name: string, world: LinkWorld): PublicLinks {
  return follow(name, world, ['INTERFACE_LINK_LIBRARIES']);
}

/** Follows what a target links, each target once, as CMake's properties tell of it. */
export function linkClosure(name: string, world: LinkWorld): LinkClosure {
  return follow(name, world, ['LINK_LIBRARIES', 'INTERFACE_LINK_LIBRARIES']);
}

function follow(name: string, world: LinkWorld, edges: readonly string[]): LinkClosure {
  const closure = {
    includes: [] as string[],
    publicCompileArgs: [] as string[],
    publicLinkFlags: [] as string[],
    libraries: [] as string[],
    named: [] as string[],
  };
  const pending = [name];
  const seen = new Set<string>();
  for (let at = 0; at < pending.length; at++) {
    const current = pending[at] ?? '';
    const target = world.targets.get(current);
    if (target === undefined) {
      closure.libraries.push(...libraryArgs(current, world, closure.publicCompileArgs));
      continue;
    }
    if (seen.has(current)) continue;
    seen.add(current);
    const list = (property: string): readonly string[] =>
      evaluateList(target.properties.get(property) ?? [], world, target);
    closure.includes.push(...list('INTERFACE_INCLUDE_DIRECTORIES'));
    closure.publicLinkFlags.push(...list('INTERFACE_LINK_OPTIONS'));
    closure.publicCompileArgs.push(
      ...list('INTERFACE_COMPILE_DEFINITIONS').map((one) => `-D${one.replace(/^-D/, '')}`),
      ...list('INTERFACE_COMPILE_OPTIONS'),
    );
    const located = (property: string): readonly string[] | undefined =>
      configuredProperty(target, property, world);
    const importLibrary = located('IMPORTED_IMPLIB');
    if (importLibrary !== undefined) closure.libraries.push(...importLibrary);
    else pending.push(...(located('IMPORTED_LOCATION') ?? []));
    for (const property of edges) {
      const items = forConfiguration(list(property), world);
      pending.push(...items);
      closure.named.push(...items);
    }
    pending.push(...(located('IMPORTED_LINK_DEPENDENT_LIBRARIES') ?? []));
  }
  return closure;
}

/** `debug a optimized b general c`: the keyword counts for the item behind it. */
function forConfiguration(items: readonly string[], { isDebug }: LinkWorld): readonly string[] {
  const chosen: Readonly<Record<string, boolean>> = {
    debug: isDebug,
    optimized: !isDebug,
    general: true,
  };
  const isKeyword = (item: string | undefined): item is string =>
    item !== undefined && Object.hasOwn(chosen, item.toLowerCase());
  return items.filter((item, at) => {
    if (isKeyword(item)) return false;
    const before = items[at - 1];
    return !isKeyword(before) || chosen[before.toLowerCase()] === true;
  });
}

function libraryArgs(
  item: string,
  { files, findLibrary }: LinkWorld,
  compileArgs: string[],
): readonly string[] {
  if (item.startsWith('-')) return [item];
  if (posix.isAbsolute(item)) {
    if (!files.exists(item)) return [];
    const framework = /^(.*?)\/([^/]+)\.framework(\/|$)/.exec(item);
    if (framework === null) return [item];
    const [, folder = '', name = ''] = framework;
    compileArgs.push(`-F${folder}`);
    return [`-F${folder}`, '-framework', name];
  }
  // A bare name that is no target is a library of the system.
  return /^\w+$/.test(item) ? (findLibrary(item) ?? []) : [];
}

/** Whether anything is known of a target that links could follow. */
export function isLinkable(target: TraceTarget | undefined): target is TraceTarget {
  return target !== undefined && target.type !== 'EXECUTABLE' && target.type !== 'CUSTOM';
}
