import { err, ok, type Result } from '../../base/result.ts';
import type { Lock } from '../../host/host.ts';
import { exitCodes, type Session } from '../session.ts';

/**
 * Takes a build directory for this command alone; waits for another kaon that works in it. One that waits
 * for us leaves it to us.
 */
export async function lockBuild(
  { host, terminal, json, within }: Session,
  buildRoot: string,
  { noWait = false }: { readonly noWait?: boolean | undefined } = {},
): Promise<Result<Lock, number>> {
  for (let told = false; ; told = true) {
    const locked = await host.storage.lock(buildRoot);
    if (locked.ok) return ok(locked.value);
    if (locked.error.kind === 'unavailable') {
      terminal.printError(`ERROR: ${buildRoot} cannot be locked: ${locked.error.reason}`);
      return err(exitCodes.wrong);
    }
    const { processId, released } = locked.error;
    if (processId !== undefined && host.processes.isAbove?.(processId) === true) {
      within.add(buildRoot);
      return ok({ release: () => undefined });
    }
    const who = processId === undefined ? 'another kaon' : `kaon, process ${processId}`;
    if (noWait) {
      terminal.printError(`ERROR: ${who}, works in ${buildRoot}, and it was not to be waited for`);
      return err(exitCodes.failed);
    }
    if (!told && !json) {
      terminal.printError(`Waiting for ${who}, which works in ${buildRoot} …`);
    }
    await released;
  }
}
