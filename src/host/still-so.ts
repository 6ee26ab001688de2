import { posix } from 'node:path';
import type { Files } from './host.ts';
import { type ReplaySettings, sawTheSame } from './replay-world.ts';
import type { Step } from './world-trace.ts';

type Saw = Extract<Step, { kind: 'saw' }>;

/** What a path holds and whether it is there; times and modes change with less consequence. */
const ofContent: ReadonlySet<Saw['what']> = new Set<Saw['what']>([
  ...(['readText', 'readBytes', 'list', 'exists', 'isFile', 'isDirectory'] as const),
]);

/** Deeds that change nothing below their path. */
const ofOnePath: ReadonlySet<Step['kind']> = new Set<Step['kind']>([
  ...(['wrote', 'made', 'mode', 'timed'] as const),
]);

/**
 * Of some paths those that are other now than a piece of work saw them, and that it did not change
 * itself: someone edited them while it was at work. What a process ran after may be of its making.
 */
export function editedMeanwhile(
  files: Files,
  steps: Iterable<Step>,
  { paths, settings }: { readonly paths: ReadonlySet<string>; readonly settings: ReplaySettings },
): ReadonlySet<string> {
  const last = new Map<string, Map<Saw['what'], Saw>>();
  for (const step of steps) {
    if (step.kind === 'ran') last.clear();
    else if (step.kind === 'saw') {
      if (!paths.has(step.path) || !ofContent.has(step.what)) continue;
      const seen = last.get(step.path);
      if (seen === undefined) last.set(step.path, new Map([[step.what, step]]));
      else seen.set(step.what, step);
    } else if (step.kind !== 'asked') {
      last.delete(step.path);
      last.delete(posix.dirname(step.path));
      if (step.kind === 'renamed') last.delete(posix.dirname(step.from));
      if (ofOnePath.has(step.kind)) continue;
      // What was unpacked, or taken away, with all below.
      for (const path of last.keys()) if (path.startsWith(`${step.path}/`)) last.delete(path);
    }
  }
  const edited = new Set<string>();
  for (const [path, seen] of last) {
    if (![...seen.values()].every((step) => sawTheSame(files, step, settings))) edited.add(path);
  }
  return edited;
}
