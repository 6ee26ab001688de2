import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { Finished, Host } from '../../host/host.ts';
import type { DetectFault, DetectRequest } from './request.ts';
import type { Question, Steps } from './steps.ts';

/** Compilers that may be there, in the order they are tried, and ccache or sccache before them. */
export interface Candidates {
  readonly commands: readonly (readonly string[])[];
  readonly wrapper: readonly string[];
}

/**
 * The commands to try for the compiler of a language, the first that works is taken: those of a machine
 * file or variable, else the usual ones, behind sccache or ccache where there is one.
 */
export function candidatesOf(
  host: Host,
  { language, binary, cross }: DetectRequest,
  defaults: readonly string[],
): Result<Candidates, DetectFault> {
  const named = binary(language);
  if (named !== undefined) return namedCompiler(host, named);
  if (cross)
    return err({
      kind: 'not-in-cross-file',
      message: `'${language}' compiler binary not defined in cross file [binaries] section`,
    });
  const cache = findInPath(host, 'sccache') ?? findInPath(host, 'ccache');
  return ok({
    commands: defaults.map((name) => [name]),
    wrapper: cache === undefined ? [] : [cache],
  });
}

function namedCompiler(host: Host, named: readonly string[]): Result<Candidates, DetectFault> {
  const [first = '', ...others] = named;
  const isCache = ['ccache', 'sccache'].includes(first);
  if (!isCache) return ok({ commands: [named], wrapper: [] });
  if (others.length === 0)
    return err({
      kind: 'broken',
      message: `Compiler cache specified without compiler: ${first}`,
    });
  const cache = findInPath(host, first);
  return ok({ commands: [others], wrapper: cache === undefined ? [] : [cache] });
}

interface Recognition<T> {
  readonly versionArgs?: readonly string[];
  /** What it is, by what it prints; nothing where it is another. */
  readonly known: (
    command: readonly string[],
    ...answers: [Finished, ...Finished[]]
  ) => T | undefined;
  /** What will probably be asked of it next can be asked at once; those answers follow that of its version. */
  readonly ahead?: (command: readonly string[]) => readonly Question[];
}

/** The first candidate that starts and is recognised. */
export function* firstKnown<T>(
  host: Host,
  candidates: readonly (readonly string[])[],
  { versionArgs = ['--version'], known, ahead = () => [] }: Recognition<T>,
): Steps<Result<T, DetectFault>> {
  const complaints: string[] = [];
  const said: string[] = [];
  for (const command of candidates) {
    const argv = [...command, ...versionArgs];
    if (findInPath(host, command[0] ?? '') === undefined) {
      const reason = `[Errno 2] No such file or directory: '${command[0]}'`;
      complaints.push(`\nRunning \`${argv.join(' ')}\` gave "${reason}"`);
      continue;
    }
    const [answer, ...more] = yield [{ argv }, ...ahead(command)];
    if (answer === undefined || answer.ended.kind === 'not-started') continue;
    const found = known(command, answer, ...more);
    if (found !== undefined) return ok(found);
    const words = `${answer.stderr}${answer.stdout}`.trim().split('\n').slice(0, 3).join('\n  ');
    said.push(`\`${argv.join(' ')}\` says: ${words || 'nothing'}`);
  }
  return err({
    kind: 'no-compiler',
    message:
      `Unknown compiler(s): ${pythonLists(candidates)}` +
      (complaints.length === 0
        ? ''
        : `\nThe following exception(s) were encountered:${complaints.join('')}`),
    ...(said.length === 0 ? {} : { hint: said.join('\n  ') }),
  });
}

/** Lists of words as Meson's messages show them. */
function pythonLists(lists: readonly (readonly string[])[]): string {
  return `[${lists.map((list) => `[${list.map((word) => `'${word}'`).join(', ')}]`).join(', ')}]`;
}

/** The name of a command's program, without its folder. */
export function baseName(command: readonly string[]): string {
  return posix.basename(command[0] ?? '');
}
