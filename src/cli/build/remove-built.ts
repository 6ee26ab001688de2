import { pythonRepr } from '../../base/python-repr.ts';
import type { FileFault } from '../../host/host.ts';
import { exitCodes, type Session } from '../session.ts';
import type { Configured } from '../setup/configured.ts';
import { refuse } from '../terminal/refuse.ts';

/** Removes every file that actions made, and nothing else. Answers what to exit with. */
export function removeBuilt(session: Session, { state, graph }: Configured): number {
  const { host, terminal, json } = session;
  const faults: FileFault[] = [];
  let removed = 0;
  for (const action of graph.actions.values()) {
    for (const output of action.outputs) {
      const path = absolute(state.buildRoot, graph.files.get(output));
      if (host.files.lstat(path) === undefined) continue;
      const gone = host.files.remove(path);
      if (gone.ok) removed++;
      else faults.push(gone.error);
    }
    if (action.depfile !== undefined) {
      host.files.remove(absolute(state.buildRoot, action.depfile.path));
    }
  }
  if (json) terminal.print(JSON.stringify({ v: 1, kind: 'cleaned', removed }));
  else terminal.print(`Cleaned ${counted(removed)}.`);
  const [first] = faults;
  if (first === undefined) return exitCodes.ok;
  refuse(
    session,
    `${counted(faults.length)} could not be removed. ${first.reason}: ${pythonRepr(first.path)}`,
  );
  return exitCodes.failed;
}

function counted(files: number): string {
  return `${files} ${files === 1 ? 'file' : 'files'}`;
}

function absolute(buildRoot: string, path: string): string {
  return path.startsWith('/') ? path : `${buildRoot}/${path}`;
}
