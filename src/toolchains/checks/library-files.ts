import { posix } from 'node:path';
import type { Files, Host } from '../../host/host.ts';
import { rememberTool } from '../../host/tool-identity.ts';
import { toolEnvironment } from '../tool-environment.ts';
import { type ElfMachine, elfHeader, elfHeaderOf, sharedObject } from './elf-file.ts';
import { joinable } from './joint.ts';
import type { Checker } from './trial.ts';

/**
 * Whether a program that needs nothing can be linked with a library, as far as the files tell that GNU's
 * linker would find. Undefined where one has to link to know.
 */
export function linksByFiles(checker: Checker, name: string): boolean | undefined {
  const { host, family } = checker;
  const { toolchain } = family;
  const machine = machineOf(toolchain.facts);
  const args = [...checker.compileArgs, ...checker.linkArgs];
  // `-m…` may be another machine.
  const isPlain = joinable(args) && !args.some((arg) => arg.startsWith('-m'));
  const { environment } = host.system;
  if (machine === undefined || !isPlain || !/^[\w.+-]+$/.test(name)) return undefined;
  if (toolchain.linker?.id !== 'ld.bfd' || redirecting.some((each) => environment[each]))
    return undefined;
  const own = distinctFolders(host.files, toolchain.facts['library-folders'] ?? '');
  const found = filesNamed(host.files, own, name);
  if (found.length > 0)
    return found.every((path) => isLinkable(checker, path, machine)) || undefined;
  const linkers = linkerFolders(checker);
  return linkers === undefined || filesNamed(host.files, linkers, name).length > 0
    ? undefined
    : false;
}

const distinct = new WeakMap<Files, Map<string, readonly string[]>>();

/** Many of a compiler's folders are the same under several names. */
function distinctFolders(files: Files, folders: string): readonly string[] {
  const known = distinct.get(files) ?? new Map<string, readonly string[]>();
  distinct.set(files, known);
  const found = known.get(folders) ?? [
    ...new Set(
      folders.split(':').flatMap((folder) => {
        const real = folder === '' ? undefined : files.realPath(folder);
        return real?.ok ? [real.value] : [];
      }),
    ),
  ];
  known.set(folders, found);
  return found;
}

/** Variables by which compilers and linkers look elsewhere. */
const redirecting = [
  ...['LIBRARY_PATH', 'GCC_EXEC_PREFIX', 'COMPILER_PATH', 'LDEMULATION', 'LPATH'],
  ...['COMPILER_OPTIONS', 'CCC_OVERRIDE_OPTIONS', 'GNUTARGET'],
];

function machineOf(facts: Readonly<Record<string, string>>): ElfMachine | undefined {
  if (facts['__SIZEOF_POINTER__'] !== '8' || facts['__ELF__'] === undefined) return undefined;
  const little = { width: 2, endian: 1 };
  if (facts['__x86_64__'] !== undefined) return { ...little, machine: 62 };
  if (facts['__AARCH64EL__'] !== undefined) return { ...little, machine: 183 };
  return undefined;
}

/** In each folder the one that comes first. */
function filesNamed(files: Files, folders: readonly string[], name: string): readonly string[] {
  return folders.flatMap((folder) => {
    const paths = [`${folder}/lib${name}.so`, `${folder}/lib${name}.a`];
    return paths.find((path) => files.lstat(path) !== undefined) ?? [];
  });
}

function isLinkable(checker: Checker, path: string, machine: ElfMachine): boolean {
  const { files } = checker.host;
  if (isBinary(files, path, machine)) return true;
  const stat = files.stat(path);
  const text =
    stat?.kind === 'file' && stat.size < largestScript ? files.readText(path) : undefined;
  const items = text?.ok === true ? itemsOfScript(text.value) : undefined;
  return (
    items?.every((item) => {
      if (item.startsWith('-l')) return linksByFiles(checker, item.slice(2)) === true;
      return isBinary(files, posix.resolve(posix.dirname(path), item), machine);
    }) === true
  );
}

const largestScript = 10_000;

function isBinary(files: Files, path: string, machine: ElfMachine): boolean {
  if (!files.isFile(path)) return false;
  const header = elfHeaderOf(files, path);
  if (header !== undefined) return header.type === sharedObject && isSame(header, machine);
  return isArchive(files, path, machine);
}

const isSame = (a: ElfMachine, b: ElfMachine): boolean =>
  a.width === b.width && a.endian === b.endian && a.machine === b.machine;

/** What a linker's script names that does no more than name other files. */
function itemsOfScript(text: string): readonly string[] | undefined {
  const plain = text
    .replaceAll(/\/\*[\s\S]*?\*\//g, ' ')
    .replaceAll(/\bOUTPUT_FORMAT\s*\(\s*[\w-]+\s*\)/g, ' ')
    .trim();
  const [, list] = /^(?:GROUP|INPUT)\s*\(((?:[^()]|AS_NEEDED\s*\([^()]*\))*)\)$/.exec(plain) ?? [];
  const words = list?.replaceAll(/AS_NEEDED\s*\(|\)/g, ' ').split(/\s+/);
  const items = words?.filter((word) => word !== '') ?? [];
  const known = items.every((item) => /^(-l[\w.+-]+|\/[\w./+-]+|[\w][\w.+-]*)$/.test(item));
  return items.length > 0 && known ? items : undefined;
}

const archiveMark = '!<arch>\n';
const memberHead = 60;

/** An archive with an index, whose first object is of the machine; or with nothing in it. */
function isArchive(files: Files, path: string, machine: ElfMachine): boolean {
  const size = files.stat(path)?.size ?? 0;
  const text = (offset: number, length: number): string => {
    const bytes = files.readPart(path, offset, length);
    return bytes.ok ? Buffer.from(bytes.value).toString('latin1') : '';
  };
  if (text(0, archiveMark.length) !== archiveMark) return false;
  if (size === archiveMark.length) return true;
  let indexed = false;
  for (let at = archiveMark.length; at < size; ) {
    const head = text(at, memberHead);
    const name = head.slice(0, 16).trimEnd();
    const length = Number(head.slice(48, 58));
    if (head.slice(58) !== '`\n' || !Number.isSafeInteger(length)) return false;
    if (name !== '/' && name !== '//' && name !== '/SYM64/') {
      const bytes = files.readPart(path, at + memberHead, 64);
      const header = bytes.ok ? elfHeader(bytes.value) : undefined;
      return indexed && header !== undefined && isSame(header, machine);
    }
    indexed ||= name !== '//';
    at += memberHead + length + (length % 2);
  }
  return false;
}

const folders = new WeakMap<Host, Map<string, readonly string[] | undefined>>();

/** Where a linker looks by itself; undefined where it does not say so in a way that is known. */
function linkerFolders({ host, family: { toolchain } }: Checker): readonly string[] | undefined {
  const known = folders.get(host) ?? new Map<string, readonly string[] | undefined>();
  folders.set(host, known);
  const key = toolchain.command.join('\0');
  if (!known.has(key)) known.set(key, askLinker(host, toolchain.command));
  return known.get(key);
}

function askLinker(host: Host, command: readonly string[]): readonly string[] | undefined {
  const [script, root] = ['--verbose', '--print-sysroot']
    .map((word) => {
      const argv = [...command, '-nostdlib', `-Wl,${word}`];
      return host.processes.start({
        argv,
        workingDirectory: host.system.temporaryDirectory,
        environment: toolEnvironment(host),
        ...rememberTool(host, argv),
      });
    })
    .map((ticket) => host.processes.wait(ticket).stdout);
  if (root === undefined || !['', '/'].includes(root.trim())) return undefined;
  const named = [...(script ?? '').matchAll(/SEARCH_DIR\("=?([^"]+)"\)/g)];
  return named.length === 0 ? undefined : named.map(([, folder = '']) => folder);
}
