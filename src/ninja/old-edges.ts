import {
  allInputs,
  allOutputs,
  type Edge,
  edgesByOutput,
  isPhony,
  type Manifest,
} from './manifest.ts';
import { edgesFor } from './tools/tool.ts';

/** What the file system and earlier builds tell of files. */
export interface FileTimes {
  /** When a file was last written, or that it is not there. */
  readonly mtimeNs: (path: string) => bigint | undefined;
  /** What a command is known to read beside its inputs. */
  readonly found: (edge: Edge) => readonly string[];
}

/**
 * The edges that are to run so that some files are up to date as ninja sees it, by time: a tool that ran outside
 * made them, and no log knows of it. Only those before which none is to run: what they make decides about others.
 */
export function oldEdges(
  manifest: Manifest,
  goals: readonly string[],
  { times, ran }: { readonly times: FileTimes; readonly ran: ReadonlySet<Edge> },
): readonly Edge[] {
  const byOutput = edgesByOutput(manifest);
  const newest = newestOf(byOutput, times);
  const old: Edge[] = [];
  const waiting = new Set<Edge>();
  for (const edge of edgesFor(manifest, goals)) {
    const waits = allInputs(edge).some((path) => {
      const maker = byOutput.get(path);
      return maker !== undefined && waiting.has(maker);
    });
    const isOld = !isPhony(edge) && !ran.has(edge) && isOutdated(edge, { times, newest });
    if (waits || isOld) waiting.add(edge);
    if (isOld && !waits) old.push(edge);
  }
  return old;
}

/** Nothing for what is never older than others. */
type Newest = (path: string) => bigint | 'always' | undefined;

function isOutdated(
  edge: Edge,
  { times, newest }: { readonly times: FileTimes; readonly newest: Newest },
): boolean {
  let oldest: bigint | undefined;
  for (const path of allOutputs(edge)) {
    const made = times.mtimeNs(path);
    if (made === undefined) return true;
    if (oldest === undefined || made < oldest) oldest = made;
  }
  const isNewer = (path: string): boolean => {
    const time = newest(path);
    return time === 'always' || (time !== undefined && oldest !== undefined && time > oldest);
  };
  return (
    [...edge.inputs, ...edge.implicitInputs].some(isNewer) ||
    times.found(edge).some((path) => times.mtimeNs(path) === undefined || isNewer(path))
  );
}

/** A name that is no file is as new as the newest that it stands for; one that stands for nothing is newer than all. */
function newestOf(byOutput: ReadonlyMap<string, Edge>, { mtimeNs }: FileTimes): Newest {
  const known = new Map<string, ReturnType<Newest>>();
  const newest: Newest = (path) => {
    if (known.has(path)) return known.get(path);
    // Of a circle of names nothing is newer.
    known.set(path, undefined);
    const edge = byOutput.get(path);
    let time: ReturnType<Newest> = mtimeNs(path);
    if (time === undefined && edge !== undefined && isPhony(edge)) {
      const inputs = [...edge.inputs, ...edge.implicitInputs];
      if (inputs.length === 0 && edge.orderOnly.length === 0) time = 'always';
      for (const input of inputs) time = later(time, newest(input));
    }
    known.set(path, time);
    return time;
  };
  return newest;
}

function later(a: ReturnType<Newest>, b: ReturnType<Newest>): ReturnType<Newest> {
  if (a === 'always' || b === undefined) return a;
  return a === undefined || b === 'always' || b > a ? b : a;
}
