import { findInPath } from '../../host/find-in-path.ts';
import type { Finished, Host } from '../../host/host.ts';
import type { Archiver } from '../../model/toolchain.ts';
import type { DetectRequest } from './request.ts';
import type { Question } from './steps.ts';

/** The archiver to try for a compiler: the named one, else the first that is there, beginning with its own. */
export function archiverCommand(
  host: Host,
  { binary }: DetectRequest,
  own: readonly string[],
): readonly string[] | undefined {
  const named = binary('ar');
  if (named !== undefined) return named;
  const found = [...own, 'ar', 'gar'].find((name) => findInPath(host, name) !== undefined);
  return found === undefined ? undefined : [found];
}

/** Asks an archiver for its help, which tells what it can do. */
export function archiverQuestion(command: readonly string[]): Question {
  return { argv: [...command, '-h'] };
}

/** What an archiver can do, by its help. */
export function archiverFrom(
  command: readonly string[],
  help: Finished | undefined,
): Archiver | undefined {
  if (help === undefined || help.ended.kind === 'not-started') return undefined;
  const text = help.stdout;
  return {
    id: 'ar',
    command,
    deterministic: text.includes('[D]'),
    thin: text.includes('[T]'),
    responseFiles: text.includes('@<'),
  };
}
