import type { ArchiveProgress } from '../../release/archive/make-archives.ts';
import type { Tree } from '../../release/archive/tree.ts';
import type { Session } from '../session.ts';
import { progressLine } from '../terminal/terminal.ts';

/** Below this an archive is made in a moment, and nobody needs to be told how it goes. */
const worthTelling = 50_000_000;
const redrawMs = 200;

/** Shows how an archive is made: a line that changes, or, where lines stay, one for each step. */
export function archiveProgress(
  { host, terminal, json }: Session,
  tree: Tree,
): { readonly show: (progress: ArchiveProgress) => void; readonly end: () => void } {
  let step = '';
  let shownAtMs = Number.NEGATIVE_INFINITY;
  const line = terminal.interactive && !json ? progressLine(terminal) : undefined;
  return {
    show: (progress) => {
      const now = host.clock.monotonicMs();
      const current = `${progress.step} ${progress.format}`;
      const isNew = current !== step;
      if (tree.bytes < worthTelling || json || (!isNew && now - shownAtMs < redrawMs)) return;
      step = current;
      shownAtMs = now;
      if (line !== undefined) line.progress(progressText(progress, tree));
      else if (isNew) terminal.print(stepText(progress, tree));
    },
    end: () => line?.write(''),
  };
}

function stepText({ step, format }: ArchiveProgress, { entries, bytes }: Tree): string {
  if (step === 'compressing') return `Compressing ${format}`;
  return `Collecting ${entries.length} entries, ${megabytes(bytes)}`;
}

function progressText(progress: ArchiveProgress, tree: Tree): string {
  const { step, bytes } = progress;
  if (step === 'compressing') return `${stepText(progress, tree)}: ${megabytes(bytes)}`;
  return `${stepText(progress, tree)}: ${Math.floor((100 * bytes) / Math.max(1, tree.bytes))} %`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
