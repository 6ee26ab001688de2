import type { Trace } from '../trace/trace-facts.ts';

/** The target that an alias stands for. */
export function aliased({ targets }: Trace, name: string): string {
  const target = targets.get(name);
  if (target?.type !== 'ALIAS') return name;
  return target.properties.get('INTERFACE_LINK_LIBRARIES')?.[0] ?? name;
}
