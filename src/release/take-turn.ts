import { ok, type Result } from '../base/result.ts';
import type { Installation } from './installation.ts';
import { fault, type InstallFault } from './installer.ts';

/** Between two files: lets others do something, and ends the installation where that was asked for. */
export async function takeTurn({
  turns,
  signal,
}: Installation): Promise<Result<void, InstallFault>> {
  if (signal !== undefined) await turns.take();
  if (signal?.aborted !== true) return ok(undefined);
  return fault('Interrupted: what was installed so far is whole, and is in the install log.', 130);
}
