import type { Files } from '../host/host.ts';
import { loadCommandLine } from '../store/setup-state.ts';
import type { BuildDirectory } from './build-directory.ts';

/** The option of a Cargo workspace without build file that says which member it is held to. */
export const memberOption = 'member';

/**
 * Options to set, with that which holds a Cargo workspace to the member in whose folder a command was
 * called, as Cargo does; elsewhere, and where packages are named, it is taken back.
 */
export function withMemberHere(
  files: Files,
  { buildRoot, member = '' }: BuildDirectory,
  given: ReadonlyMap<string, string>,
): ReadonlyMap<string, string | undefined> {
  const wanted = given.has('packages') ? '' : member;
  const before = loadCommandLine(files, buildRoot).options.get(memberOption) ?? '';
  return wanted === before
    ? given
    : new Map([...given, [memberOption, wanted === '' ? undefined : wanted]]);
}
