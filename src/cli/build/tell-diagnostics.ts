import type { ActionId, Graph } from '../../graph/graph.ts';
import { neededActions } from '../../graph/needed-actions.ts';
import { plainDiagnostics } from '../cargo/cargo-messages.ts';
import type { CargoTelling } from './tell-as-cargo.ts';

/**
 * Tells what compilers say of the crates of a build, as rustc writes it for programs: also of those that
 * are up to date, and each thing once, as a library and its unit tests have the same sources.
 */
export function tellDiagnostics(
  { graph, goals }: { readonly graph: Graph; readonly goals: readonly string[] },
  write: (lines: string) => void,
): CargoTelling {
  const told = new Set<string>();
  const heard = new Set<ActionId>();
  const tell = (diagnostics: string): void => {
    const fresh = plainDiagnostics(diagnostics).filter((line) => !told.has(line));
    for (const line of fresh) told.add(line);
    if (fresh.length > 0) write(`${fresh.join('\n')}\n`);
  };
  return {
    listener: (event) => {
      if (event.kind !== 'action-finished' && event.kind !== 'action-failed') return;
      heard.add(event.action);
      tell(event.diagnostics ?? '');
    },
    end: (kept) => {
      for (const id of neededActions(graph, goals))
        if (!heard.has(id)) tell(kept.of(id).diagnostics);
    },
  };
}
