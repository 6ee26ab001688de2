import { posix } from 'node:path';
import type { Witness } from '../../exec/witness.ts';
import {
  allInputs,
  allOutputs,
  type Edge,
  edgesByOutput,
  isPhony,
  type Manifest,
} from '../../ninja/manifest.ts';
import type { FileTimes } from '../../ninja/old-edges.ts';
import { edgesFor } from '../../ninja/tools/tool.ts';
import { isLookedForHere, mayBeMissing } from '../../ninja/wanted.ts';
import {
  proofFolder,
  removeNoOpProof,
  type SeenFile,
  writeNoOpProof,
} from '../../store/no-op/no-op-proof.ts';
import { filesOfKaon, hasLook, isOld, programOf } from '../build/no-op.ts';
import type { Session } from '../session.ts';
import { logOf, type NinjaPlace } from './place.ts';
import { timesFor } from './remake-manifest.ts';
import type { NinjaRequest } from './words.ts';

/** Where the launcher looks, below a build directory whose manifest another tool has made. */
const own = '.kaon';

/** To be called before anything is run: what the launcher was told speaks of what was. */
export function forgetNoOp({ host }: Session, directory: string): void {
  removeNoOpProof(host.files, `${directory}/${own}`);
}

/**
 * Leaves word for the launcher: while what we saw stays the same, `kaon ninja` has no work to do. For a
 * manifest of another tool, of which there is no setup; see src/cli/build/no-op.ts for our own.
 */
export function leaveNoOp(session: Session, place: NinjaPlace, seen: Witness): void {
  const { host } = session;
  const { files } = host;
  const { directory } = place;
  if (seen.kind !== 'whole' || seen.uses.always.length > 0 || !hasLook(session)) return;
  const absolute = (path: string): string => posix.resolve(directory, path);
  const manifest = place.manifest();
  // These are told each time.
  if (manifest.warnings.length > 0) return;
  const log = logOf(directory, manifest);
  const look = (path: string): SeenFile => ({ path, signature: files.stat(path) });
  const deciding = decisive(manifest, timesFor({ session, directory, log: place.input.log }));
  if (deciding === undefined) return;
  const paths = [...filesOfKaon(session), ...deciding].map(absolute);
  const setup = [...new Set(paths)].map(look);
  const [graph] = manifest.files;
  if (graph === undefined || !setup.every(isOld(host.clock.nowMs()))) return;
  const buildRoot = `${directory}/${own}`;
  if (!files.makeDirectory(`${buildRoot}/${proofFolder}`).ok) return;
  writeNoOpProof(files, {
    buildRoot,
    setup: [...setup, look(log)],
    files: seen.files.map(({ path, signature, isLink = false }) => ({
      path: absolute(path),
      signature,
      isLink,
    })),
    folders: seen.folders.map((folder) => ({ ...folder, path: absolute(folder.path) })),
    names: seen.names,
    uses: seen.uses,
    captured: [],
    variables: seen.variables,
    environment: host.system.environment,
    program: programOf(session),
    says: 'ninja: no work to do.',
    log,
    graph: absolute(graph),
  });
}

/** Whether a command line asks for no more than the launcher knows to answer; of kaon's own builds it knows more. */
export function asksForAll(request: NinjaRequest, own: boolean): boolean {
  const { targets, file, dryRun, explain, tool, keeps, strictPhony } = request;
  if (dryRun || explain || strictPhony || keeps.given || tool !== undefined) return false;
  if (own) return targets.every((target) => target === 'all');
  return targets.length === 0 && file === undefined && !keeps.depfiles;
}

/**
 * What decides what is built, beside that which commands read: the manifest, what makes it, and files that only
 * have to be there. Nothing where that is looked at anew each time.
 */
function decisive(manifest: Manifest, times: FileTimes): readonly string[] | undefined {
  const made = edgesByOutput(manifest);
  const makers = edgesFor(
    manifest,
    manifest.files.filter((path) => made.has(path)),
  );
  const isAlways = (edge: Edge): boolean =>
    isPhony(edge) &&
    allInputs(edge).length === 0 &&
    edge.outputs.some((path) => times.mtimeNs(path) === undefined);
  if (makers.some(isAlways)) return undefined;
  const there = manifest.edges.flatMap((edge) =>
    allInputs(edge).filter(
      (path) => !made.has(path) && isLookedForHere(path, edge) && !mayBeMissing(path, edge),
    ),
  );
  return [
    ...manifest.files,
    ...makers.flatMap((edge) => [...allOutputs(edge), ...allInputs(edge), ...times.found(edge)]),
    ...there,
  ];
}
