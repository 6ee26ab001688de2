import { introspectionId } from '../eval/targets/register.ts';
import type { TracedDependency, TracedTarget } from './trace-project.ts';
import type { Work } from './work.ts';

const suffixes: Readonly<Record<string, string>> = {
  executable: '@exe',
  static_library: '@sta',
  jar: '@jar',
};

/** A target's id, as introspection names it. */
export function targetId({ file, name, node }: TracedTarget): string {
  return introspectionId(file.folder, name, suffixes[node.name] ?? '@sha');
}

/** The target of an id, a name or a variable. Several are told of, and none is taken; `undefined` where there is none. */
export function findTarget(work: Work, wanted: string): TracedTarget | 'several' | undefined {
  const { targets, heldBy } = work.traced;
  const byId = targets.find((target) => targetId(target) === wanted);
  if (byId !== undefined) return byId;
  const named = targets.filter(({ name }) => name === wanted);
  const found =
    named.length > 0 ? named : targets.filter(({ node }) => heldBy.get(wanted)?.includes(node));
  if (found.length < 2) return found[0];
  const list = found.map((each) => `  -- Target name ${each.name} with ID ${targetId(each)}`);
  work.fail(
    [
      `There are multiple targets matching ${wanted}`,
      ...list,
      'Please try again with the unique ID of the target',
    ].join('\n'),
  );
  return 'several';
}

/** The same of a dependency, by its name or a variable that holds it. */
export function findDependency(
  work: Work,
  wanted: string,
): TracedDependency | 'several' | undefined {
  const { dependencies, heldBy } = work.traced;
  const named = dependencies.filter(({ name }) => name === wanted);
  const found =
    named.length > 0
      ? named
      : dependencies.filter(({ node }) => heldBy.get(wanted)?.includes(node));
  if (found.length < 2) return found[0];
  work.fail(`There are multiple dependencies matching ${wanted}`);
  return 'several';
}
