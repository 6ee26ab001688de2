import type { Session } from '../session.ts';
import type { Configured } from '../setup/configured.ts';

/** Removes every file that actions made, and nothing else. */
export function removeBuilt({ host, terminal, json }: Session, { state, graph }: Configured): void {
  let removed = 0;
  for (const action of graph.actions.values()) {
    for (const output of action.outputs) {
      const path = absolute(state.buildRoot, graph.files.get(output));
      if (host.files.lstat(path) === undefined) continue;
      if (host.files.remove(path).ok) removed++;
    }
    if (action.depfile !== undefined) {
      host.files.remove(absolute(state.buildRoot, action.depfile.path));
    }
  }
  if (json) terminal.print(JSON.stringify({ v: 1, kind: 'cleaned', removed }));
  else terminal.print(`Cleaned ${removed} ${removed === 1 ? 'file' : 'files'}.`);
}

function absolute(buildRoot: string, path: string): string {
  return path.startsWith('/') ? path : `${buildRoot}/${path}`;
}
