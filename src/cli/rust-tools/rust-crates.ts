import { err, ok, type Result } from '../../base/result.ts';
import type { Files } from '../../host/host.ts';
import type { CrateFacts } from '../../model/planned-target.ts';
import type { Plan } from '../../plan/plan.ts';
import { readWrittenJson } from '../setup/written-json.ts';

/** A crate as setup writes it down for tools. */
interface WrittenCrate
  extends Pick<
    CrateFacts,
    'displayName' | 'rootModule' | 'edition' | 'isWorkspaceMember' | 'call' | 'said'
  > {
  readonly isTest: boolean;
}

/** A crate of the project as its build compiles it. */
export interface RustCrate extends WrittenCrate {
  /** rustc's arguments without those that say what is written. */
  readonly args: readonly string[];
}

/** Where setup writes down the crates of a build directory. */
export function rustCratesPath(buildRoot: string): string {
  return `${buildRoot}/meson-private/rust-crates.json`;
}

/** What tools will ask of all crates, of build files and of Cargo's manifests. */
export function plannedRustCrates({
  targets,
  crates,
}: Pick<Plan, 'targets' | 'crates'>): readonly WrittenCrate[] {
  const all = [...targets.flatMap(({ crate }) => crate ?? []), ...crates];
  return all.map(
    ({ displayName, rootModule, edition, isWorkspaceMember, call, said }): WrittenCrate => ({
      displayName,
      rootModule,
      edition,
      isWorkspaceMember,
      call,
      ...(said !== undefined && { said }),
      isTest: call.args.includes('--test'),
    }),
  );
}

/** The crates of a build directory that are the project's own: no subproject's, and none whose lints are off. */
export function rustCrates(
  files: Files,
  {
    sourceRoot,
    buildRoot,
    subprojects,
  }: { readonly sourceRoot: string; readonly buildRoot: string; readonly subprojects: string },
): Result<readonly RustCrate[], 'damaged'> {
  const read = readWrittenJson(files, rustCratesPath(buildRoot));
  if (!read.ok && read.error === 'missing') return ok([]);
  if (!read.ok || !Array.isArray(read.value)) return err('damaged');
  const written = read.value as readonly WrittenCrate[]; // by setup, in this shape
  const seen = new Set<string>();
  const own = written.flatMap((crate) => {
    const inside = (folder: string): boolean => crate.rootModule.startsWith(`${folder}/`);
    const isOwn = inside(buildRoot)
      ? !inside(`${buildRoot}/${subprojects.slice(subprojects.lastIndexOf('/') + 1)}`)
      : inside(sourceRoot) && !inside(subprojects);
    const { args } = crate.call;
    const cap = args.indexOf('--cap-lints');
    if (!isOwn || !crate.isWorkspaceMember || (cap >= 0 && args[cap + 1] === 'allow')) return [];
    // With the same features, a crate says the same to whoever needs it.
    const cfgs = args.filter((_word, at) => args[at - 1] === '--cfg');
    const key = [crate.rootModule, crate.displayName, crate.isTest, ...cfgs].join('\0');
    if (crate.call.hasLints && seen.has(key)) return [];
    seen.add(key);
    return [{ ...crate, args: withoutOutputs(args) }];
  });
  return ok(own);
}

/** Options whose value says where something is written. */
const outputs = new Set(['--emit', '--out-dir', '-o', '--dep-info']);

function withoutOutputs(args: readonly string[]): readonly string[] {
  return args.filter((word, at) => {
    const before = args[at - 1] ?? '';
    if (outputs.has(word) || outputs.has(before)) return false;
    if (word === '-C' && args[at + 1]?.startsWith('incremental=') === true) return false;
    if (before === '-C' && word.startsWith('incremental=')) return false;
    return !/^--(emit|out-dir|color|error-format|json)=/.test(word);
  });
}
