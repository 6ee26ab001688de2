import { posix } from 'node:path';
import { findInPath } from '../../host/find-in-path.ts';
import type { Host } from '../../host/host.ts';
import { findPython3 } from '../../host/python.ts';
import { joinPath } from '../join-path.ts';

/** The command of a program: of folders, then of PATH; undefined when there is none. */
export function searchProgram(
  host: Host,
  name: string,
  folders: readonly string[],
): readonly string[] | undefined {
  for (const folder of folders) {
    const found = inFolder(host, joinPath(folder, name));
    if (found !== undefined) return found;
  }
  if (name.includes('/') && !name.startsWith('/')) return undefined;
  const found = findInPath(host, name);
  return found === undefined ? undefined : [found];
}

function inFolder(host: Host, path: string): readonly string[] | undefined {
  const stat = host.files.stat(path);
  if (stat === undefined || stat.kind === 'directory') return undefined;
  if ((stat.mode & 0o111) !== 0) return [path];
  return scriptCommand(host, path);
}

/** How a script that is not executable is run: by what its first line names. */
function scriptCommand(host: Host, path: string): readonly string[] | undefined {
  const text = host.files.readText(path);
  const first = text.ok ? (text.value.split('\n', 1)[0] ?? '').trim() : '';
  if (!first.startsWith('#!')) return undefined;
  const line = first.slice(2).split('#')[0]?.trim() ?? '';
  const [, program = '', argument] = /^(\S+)(?:\s+(.*))?$/.exec(line) ?? [];
  if (program === '') return undefined;
  const words = [program, ...(argument === undefined ? [] : [argument])];
  if (program === '/usr/bin/env' && argument === 'python3') return [...python(host), path];
  if (posix.basename(program) === 'python3') return [...python(host), ...words.slice(1), path];
  return [...words, path];
}

/** The Python 3 that scripts are run by. */
export function python(host: Host): readonly string[] {
  return [findPython3(host) ?? 'python3'];
}

/** The last word of a command that is a file: `python3 -u script.py` is the script. */
export function programPath({ files }: Host, command: readonly string[]): string {
  return command.findLast((word) => files.isFile(word)) ?? command.at(-1) ?? '';
}
