import { blamedPlace, saidByCargo } from '../../cargo/said-by-cargo.ts';
import type { LoadedWorkspace } from '../../cargo/units/packages/load-workspace.ts';
import { errorAt } from '../../diag/diagnostic.ts';
import type { Call } from '../call.ts';
import { askCargo } from './ask-cargo.ts';
import { failWith } from './fail-with.ts';

/** Lets the user's Cargo make a workspace's `Cargo.lock` where there is none, as `cargo build` does. */
export function makeLock(
  call: Call,
  { folder, locked }: { readonly folder: string; readonly locked: boolean },
  workspace: LoadedWorkspace,
): void {
  if (call.evaluation.host.files.isFile(`${folder}/Cargo.lock`)) return;
  if (locked)
    call.fail(`cannot create the lock file ${folder}/Cargo.lock because --locked was passed`, {
      hint: 'Make it by "cargo generate-lockfile", or leave --locked and --frozen out.',
    });
  const answer = askCargo(call, folder, ['generate-lockfile']);
  // A workspace of path dependencies alone can do without.
  if (answer === undefined) return;
  const { ended, stderr } = answer;
  if (ended.kind === 'exited' && ended.code === 0) return;
  refuseAsCargo(call, {
    ...{ workspace, stderr },
    what: `${folder} has no Cargo.lock, and none can be made`,
  });
}

/** Ends evaluation with what Cargo refused: at the line of a manifest, if it tells of one. */
export function refuseAsCargo(
  call: Call,
  {
    workspace,
    stderr,
    what,
  }: { readonly workspace: LoadedWorkspace; readonly stderr: string; readonly what: string },
): never {
  const { first, causes } = saidByCargo(stderr);
  const place = blamedPlace(call.evaluation.host.files, workspace, stderr);
  if (place !== undefined) return failWith(call, [errorAt(place, first, causes)]);
  return call.fail(`${what}: ${first}`, { hint: causes });
}
