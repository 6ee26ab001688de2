import type { ApiTarget, SourceGroup } from '../file-api/code-model.ts';

/** A target, and parts of it whose sources are compiled in another way. */
export interface SplitTarget {
  readonly main: ApiTarget;
  /** As object libraries: the target takes their objects. */
  readonly parts: readonly ApiTarget[];
}

/**
 * CMake gives flags to single sources (vector instructions, mostly); our targets have one set of them
 * for a language. Sources that differ from most of their language become object libraries of their
 * own, so that nothing is compiled with flags that are not its own.
 */
export function splitTarget(target: ApiTarget): SplitTarget {
  const bySignature = new Map<string, SourceGroup[]>();
  for (const group of target.groups) {
    if (group.language === undefined) continue;
    const key = signature(group);
    bySignature.set(key, [...(bySignature.get(key) ?? []), group]);
  }
  const largest = new Map<string, { readonly key: string; readonly count: number }>();
  for (const [key, groups] of bySignature) {
    const language = groups[0]?.language ?? '';
    const count = groups.reduce((sum, { sources }) => sum + sources.length, 0);
    if (count > (largest.get(language)?.count ?? 0)) largest.set(language, { key, count });
  }
  const others = [...bySignature].filter(
    ([key, groups]) => largest.get(groups[0]?.language ?? '')?.key !== key,
  );
  if (others.length === 0) return { main: target, parts: [] };
  const apart = new Set(others.flatMap(([, groups]) => groups));
  return {
    main: { ...target, groups: target.groups.filter((group) => !apart.has(group)) },
    parts: others.map(([, groups], at) => ({
      name: `${target.name} part ${at + 1}`,
      type: 'OBJECT_LIBRARY',
      nameOnDisk: '',
      artifacts: [],
      isInstalled: false,
      installDir: undefined,
      linkFlags: [],
      linkLibraries: [],
      groups,
    })),
  };
}

function signature({ language, flags, defines }: SourceGroup): string {
  return JSON.stringify([language, flags, defines]);
}
