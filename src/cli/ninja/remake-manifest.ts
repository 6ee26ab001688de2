import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { BuildInput } from '../../exec/build-context.ts';
import { parseMakeDepfile } from '../../exec/inputs/make-depfile.ts';
import type { FileStat } from '../../host/host.ts';
import { sameStat } from '../../host/same-stat.ts';
import { allOutputs, type Edge, type Manifest } from '../../ninja/manifest.ts';
import { type FileTimes, oldEdges } from '../../ninja/old-edges.ts';
import { normalPath } from '../../ninja/parse-manifest.ts';
import type { Session } from '../session.ts';
import { NinjaBuild } from './ninja-build.ts';
import type { NinjaRequest } from './words.ts';

/** A manifest as it was read, and how to build what it tells of. */
export interface Remade {
  readonly session: Session;
  /** Absolute. */
  readonly directory: string;
  readonly request: NinjaRequest;
  readonly name: string;
  readonly manifest: Manifest;
  readonly log: BuildInput['log'];
  /** To run some edges, whatever the log says of them. */
  readonly inputFor: (forced: ReadonlySet<Edge>) => Result<BuildInput, number>;
}

/** Brings a manifest up to date. Whether it is another one now, or what to exit with. */
export async function remakeManifest(remade: Remade): Promise<Result<boolean, number>> {
  const { session, directory, manifest, name, request } = remade;
  const times = timesFor(remade);
  const ran = new Set<Edge>();
  const restore = keeping(remade);
  const before = manifest.files.map((path) => statOf(remade, path));
  const build = new NinjaBuild(session, { ...request, keepGoing: 1 });
  for (;;) {
    const old = oldEdges(manifest, [name], { times, ran });
    if (old.length === 0) break;
    // What only changes when there is something to change stays old: of that the log knows more.
    const input = remade.inputFor(new Set(old.filter(({ restat }) => !restat)));
    if (!input.ok) return input;
    for (const edge of old) ran.add(edge);
    const goals = old.flatMap((edge) => allOutputs(edge).slice(0, 1));
    const code = await build.ahead(input.value, goals, `rebuilding '${name}': subcommand failed`);
    if (code === undefined) continue;
    restore();
    return err(code);
  }
  const isSame = (path: string, at: number): boolean => {
    const [was, is] = [before[at], statOf(remade, path)];
    return was === undefined || is === undefined ? was === is : sameStat(was, is);
  };
  return ok(ran.size > 0 && !manifest.files.every(isSame));

  function statOf({ session: { host } }: Remade, path: string): FileStat | undefined {
    return host.files.stat(posix.resolve(directory, path));
  }
}

/** What tells of the edges behind a manifest. */
export function timesFor({
  session: { host },
  directory,
  log,
}: Pick<Remade, 'session' | 'directory' | 'log'>): FileTimes {
  const at = (path: string): string => posix.resolve(directory, path);
  return {
    mtimeNs: (path) => host.files.stat(at(path))?.mtimeNs,
    found: (edge) => {
      const record = log.action(allOutputs(edge)[0] ?? '');
      if (record !== undefined) return record.discovered.map((id) => log.content(id).path);
      const text = edge.depfile === '' ? undefined : host.files.readText(at(edge.depfile));
      if (text?.ok !== true) return [];
      return (parseMakeDepfile(text.value)?.paths ?? []).map(normalPath);
    },
  };
}

/** Puts a manifest back, as old as it was: without it nobody could try again. */
function keeping({ session, directory, name }: Remade): () => void {
  const { files } = session.host;
  const path = posix.resolve(directory, name);
  const before = files.readBytes(path);
  const madeNs = files.stat(path)?.mtimeNs;
  return () => {
    if (!before.ok || madeNs === undefined || files.exists(path)) return;
    files.write(path, before.value);
    files.setTimes(path, Number(madeNs / 1_000_000n));
  };
}
