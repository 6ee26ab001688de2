import { normalize } from 'node:path/posix';
import type { TargetId } from '../model/target.ts';
import type { Family, FolderOptions } from '../toolchains/rules.ts';
import type { CompileUnit } from './compile/compile-units.ts';
import { factsOf, type GrowingCompilation, type PlanContext } from './context.ts';
import { absolutePath } from './paths.ts';

/** Notes a compilation for the IDE files: sources with equal arguments stand together. */
export function recordCompilation(
  context: PlanContext,
  id: TargetId,
  made: {
    readonly family: Family;
    readonly args: readonly string[];
    readonly unit: Pick<CompileUnit, 'source' | 'origin'>;
    readonly joined?: readonly string[];
  },
): void {
  const group = groupOf(context, id, made);
  const list = made.unit.origin === 'given' ? group.sources : group.generatedSources;
  list.push(absolutePath(context.paths, made.unit.source.path));
  group.unitySources.push(...(made.joined ?? []).map((path) => absolutePath(context.paths, path)));
}

/** The sources of a target that are compiled with the same arguments. */
function groupOf(
  context: PlanContext,
  id: TargetId,
  { family, args }: { readonly family: Family; readonly args: readonly string[] },
): GrowingCompilation {
  const { toolchain, compile } = family;
  const facts = factsOf(context, id);
  // The planner works out the arguments of a language once, so its sources come with the same list.
  const known = facts.groups.get(args);
  if (known !== undefined && known.language === toolchain.language) return known;
  const parameters = withAbsoluteFolders(context, family, args);
  let group = facts.compilations.find(
    (other) =>
      other.language === toolchain.language &&
      other.parameters.length === parameters.length &&
      other.parameters.every((arg, at) => arg === parameters[at]),
  );
  if (group === undefined) {
    group = {
      language: toolchain.language,
      machine: toolchain.machine,
      compiler: compile.command,
      parameters,
      sources: [],
      generatedSources: [],
      unitySources: [],
    };
    facts.compilations.push(group);
  }
  facts.groups.set(args, group);
  return group;
}

const ofGnu: FolderOptions = { joined: ['-I', '-L'], lists: [] };

/** Folders as tools outside the build directory can use them. */
function withAbsoluteFolders(
  context: PlanContext,
  { folderOptions, argumentSyntax }: Family,
  args: readonly string[],
): readonly string[] {
  const options = folderOptions ?? (argumentSyntax === 'gcc' ? ofGnu : undefined);
  if (options === undefined) return args;
  const whole = (path: string): string => trimmed(normalize(absolutePath(context.paths, path)));
  return args.map((arg, at) => {
    if (options.lists.includes(args[at - 1] ?? '')) return arg.split(':').map(whole).join(':');
    const option = options.joined.find((one) => arg.startsWith(one) && arg !== one);
    return option === undefined ? arg : `${option}${whole(arg.slice(option.length))}`;
  });
}

function trimmed(folder: string): string {
  return folder.length > 1 && folder.endsWith('/') ? folder.slice(0, -1) : folder;
}
