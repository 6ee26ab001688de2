import type { ModuleRules } from '../../toolchains/rules.ts';
import { addAction, type PlanContext } from '../context.ts';
import { privateDir } from '../paths.ts';
import type { ResolvedTarget } from '../resolved-target.ts';

/** Which target makes a file of a module, where all have one folder for them. */
const owners = new WeakMap<PlanContext, Map<string, ResolvedTarget>>();

/**
 * The folder of a target's modules. Where all have one, it is for whoever makes a module of that name
 * first: others have their private folder, and a map that tells the compiler so.
 */
export function moduleFolder(
  context: PlanContext,
  resolved: ResolvedTarget,
  { rules, names }: { readonly rules: ModuleRules; readonly names: readonly string[] },
): string {
  const own = privateDir(resolved.target);
  if (rules.shared === undefined) return own;
  const { folder } = rules.shared;
  const known = owners.get(context) ?? new Map<string, ResolvedTarget>();
  owners.set(context, known);
  const files = names.map((name) => `${folder}/${rules.file(name)}`);
  if (files.some((file) => (known.get(file) ?? resolved) !== resolved)) return own;
  for (const file of files) known.set(file, resolved);
  return folder;
}

/** A target's map of modules, where not all that it may import are in the shared folder. */
export function moduleMap(
  context: PlanContext,
  resolved: ResolvedTarget,
  { rules, paths }: { readonly rules: ModuleRules; readonly paths: ReadonlyMap<string, string> },
): string | undefined {
  const { shared, standard } = rules;
  const isShared = (path: string): boolean => path.startsWith(`${shared?.folder}/`);
  if (shared === undefined || [...paths.values()].every(isShared)) return undefined;
  const path = `${privateDir(resolved.target)}/modules.map`;
  if (planned.has(resolved)) return path;
  planned.add(resolved);
  const all = standard === undefined ? paths : new Map([...paths, ['std', standard.module]]);
  addAction(context, {
    rule: 'WRITE_FILE',
    description: `Writing ${path}`,
    work: { kind: 'write', path, content: shared.map(all) },
    inputs: [],
    outputs: [path],
  });
  return path;
}

const planned = new WeakSet<ResolvedTarget>();
