import type { LinkItem } from '../../model/target.ts';
import type { PlanContext } from '../context.ts';
import { buildTarget } from '../resolve-target.ts';
import { nativeArgumentFiles } from './rust/crate-scripts.ts';

/** Files of arguments that linking a library asks for: what they say is known only while building. */
export function linkedAlong(context: PlanContext, closure: readonly LinkItem[]): readonly string[] {
  return closure.flatMap(({ target }) =>
    buildTarget(context, target)?.rust?.crateType === 'staticlib'
      ? nativeArgumentFiles(context, target)
      : [],
  );
}
