import { findInPath } from '../../host/find-in-path.ts';
import type { Files, Host } from '../../host/host.ts';
import { rememberTool } from '../../host/tool-identity.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import { toolEnvironment } from '../tool-environment.ts';
import { type ElfMachine, elfHeader, elfHeaderOf, relocatable, sharedObject } from './elf-file.ts';
import { joinable } from './joint.ts';

/** A compiler that links, with what the user gives it. */
export interface Linking {
  readonly host: Host;
  readonly family: { readonly toolchain: Pick<Toolchain, 'command' | 'facts' | 'linker'> };
  readonly compileArgs: readonly string[];
  readonly linkArgs: readonly string[];
}

/**
 * Whether a program that needs nothing can be linked with a library, as far as the files tell that GNU's
 * linker would find. Undefined where one has to link to know.
 */
export function linksByFiles(linking: Linking, name: string): boolean | undefined {
  const place = placeOf(linking);
  if (place === undefined || !/^[\w.+-]+$/.test(name)) return undefined;
  const { host } = linking;
  const found = filesNamed(host.files, place.folders, name);
  if (found.length > 0) return found.every((path) => isLinkable(place, path)) || undefined;
  const linkers = linkerFolders(linking);
  return linkers === undefined || filesNamed(host.files, linkers, name).length > 0
    ? undefined
    : false;
}

/** Whether all is there that comes with each program in C or C++ by itself. */
export function programsLinkByFiles(linking: Linking, libraries: readonly string[]): boolean {
  const place = placeOf(linking);
  if (place === undefined) return false;
  const { files, folders, machine } = place;
  const objects = ['crt1.o', 'Scrt1.o', 'crti.o', 'crtn.o', 'crtbegin.o', 'crtbeginS.o'];
  const isThere = (name: string): boolean => {
    const path = folders.map((folder) => `${folder}/${name}`).find((each) => files.isFile(each));
    const header = path === undefined ? undefined : elfHeaderOf(files, path);
    return header?.type === relocatable && isSame(header, machine);
  };
  return objects.every(isThere) && libraries.every((name) => linksByFiles(linking, name) === true);
}

/** Where a linker finds what it links for which machine. */
interface Place {
  readonly files: Files;
  readonly folders: readonly string[];
  readonly machine: ElfMachine;
}

/** Undefined where more than files decides it. */
function placeOf({ host, family, compileArgs, linkArgs }: Linking): Place | undefined {
  const { command, facts, linker } = family.toolchain;
  const machine = machineOf(facts);
  const own = command.filter((word) => word.startsWith('-') && word !== '-m64');
  const args = [...own, ...compileArgs, ...linkArgs];
  // `-m…` may be another machine, where the facts are not those of it.
  const isPlain = joinable(args) && !args.some((arg) => arg.startsWith('-m'));
  const { environment } = host.system;
  if (machine === undefined || !isPlain || linker?.id !== 'ld.bfd') return undefined;
  if (redirecting.some((each) => environment[each]) || isWrapped(host, command)) return undefined;
  const folders = distinctFolders(host.files, facts['library-folders'] ?? '');
  return { files: host.files, folders, machine };
}

const wrapped = new WeakMap<Host, Map<string, boolean>>();

/** Scripts around a compiler (`musl-gcc`, Nix's, Spack's) give it specs and folders that it does not tell of. */
function isWrapped(host: Host, [program = '', ...words]: readonly string[]): boolean {
  // `env` and its like.
  if (words.some((word) => !word.startsWith('-'))) return true;
  const known = wrapped.get(host) ?? new Map<string, boolean>();
  wrapped.set(host, known);
  const is = known.get(program) ?? isScript(host, findInPath(host, program) ?? program);
  known.set(program, is);
  return is;
}

function isScript({ files }: Host, path: string): boolean {
  const bytes = files.readPart(path, 0, 16);
  return bytes.ok && /^#!\s*\//.test(Buffer.from(bytes.value).toString('latin1'));
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

function isLinkable(place: Place, path: string, depth = 0): boolean {
  const { files, folders, machine } = place;
  if (isBinary(files, path, machine)) return true;
  const stat = files.stat(path);
  const text =
    stat?.kind === 'file' && stat.size < largestScript ? files.readText(path) : undefined;
  const items = text?.ok === true ? itemsOfScript(text.value) : undefined;
  if (items === undefined || depth > deepestScript) return false;
  return items.every((item) => {
    if (item.startsWith('/')) return isBinary(files, item, machine);
    const isLibrary = item.startsWith('-l');
    const found = isLibrary
      ? filesNamed(files, folders, item.slice(2))
      : folders.map((folder) => `${folder}/${item}`).filter((each) => files.isFile(each));
    const isGood = (each: string): boolean =>
      isLibrary ? isLinkable(place, each, depth + 1) : isBinary(files, each, machine);
    return found.length > 0 && found.every(isGood);
  });
}

/** Scripts may name scripts, and each other. */
const deepestScript = 3;
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
function linkerFolders({ host, family: { toolchain } }: Linking): readonly string[] | undefined {
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
