import { err, ok } from '../../base/result.ts';
import type { Finished, Host } from '../../host/host.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import { archiverCommand, archiverFrom, archiverQuestion } from '../detect/archiver.ts';
import { candidatesOf, firstKnown } from '../detect/candidates.ts';
import { linkerChoice, linkerFrom, linkerQuestion } from '../detect/linker.ts';
import type { Detection, DetectRequest } from '../detect/request.ts';
import { findVersion, type Question, succeeded } from '../detect/steps.ts';
import { systemFacts } from '../system.ts';

/** Finds gcc or clang for C, C++, Objective-C or Objective-C++, and gcc for Fortran. */
export function* detectCLike(host: Host, request: DetectRequest): Detection {
  const candidates = candidatesOf(host, request, defaults[request.language] ?? []);
  if (!candidates.ok) return candidates;
  const { commands, wrapper } = candidates.value;
  const found = yield* firstKnown(host, commands, ['--version'], (command, answer) => {
    const identified = identify(command, answer);
    const id = identified?.id ?? '';
    return compilerIds[request.language]?.includes(id) === false ? undefined : identified;
  });
  if (!found.ok) return found;
  return yield* describe(host, request, { ...found.value, wrapper });
}

const defaults: Readonly<Record<string, readonly string[]>> = {
  c: ['cc', 'gcc', 'clang', 'nvc', 'pgcc', 'icc', 'icx'],
  cpp: ['c++', 'g++', 'clang++', 'nvc++', 'pgc++', 'icpc', 'icpx'],
  objc: ['clang', 'gcc'],
  objcpp: ['clang++', 'g++'],
  fortran: ['gfortran', 'flang-new', 'flang', 'nvfortran', 'pgfortran', 'ifort', 'ifx', 'g95'],
};

/** Languages for which not every compiler that can be told is one that can be used. */
const compilerIds: Readonly<Record<string, readonly string[]>> = { fortran: ['gcc'] };

interface Identified {
  readonly id: 'gcc' | 'clang';
  readonly command: readonly string[];
  readonly version: string;
  readonly fullVersion: string;
}

function identify(
  command: readonly string[],
  { stdout }: Pick<Finished, 'stdout'>,
): Identified | undefined {
  const fullVersion = stdout.split('\n', 1)[0] ?? '';
  const version = findVersion(stdout);
  if (stdout.includes('Free Software Foundation') || stdout.startsWith('xt-'))
    return { id: 'gcc', command, version, fullVersion };
  if (/clang/i.test(stdout)) return { id: 'clang', command, version, fullVersion };
  return undefined;
}

/** What `-x` calls a language. */
const inputLanguages: Readonly<Record<string, string>> = {
  c: 'c',
  cpp: 'c++',
  objc: 'objective-c',
  objcpp: 'objective-c++',
};

/** Asks all that remains at once: macros, search folders, linker, archiver, C++ library. */
function* describe(
  host: Host,
  request: DetectRequest,
  compiler: Identified & { readonly wrapper: readonly string[] },
): Detection {
  const { language, machine, machineInfo } = request;
  const { id, command, wrapper, fullVersion } = compiler;
  const choice = linkerChoice(host, request, compiler);
  const archiver = archiverCommand(host, request, compiler);
  const speaking = [...command, `-x${inputLanguages[language] ?? 'c'}`, '-E'];
  const [macros, includes, libraries, linker, help, library] = yield [
    { argv: [...speaking, '-dM', '-'] },
    { argv: [...speaking, '-v', '-'] },
    // Among a user's arguments may be a --sysroot.
    { argv: [...command, ...request.compileArgs, '--print-search-dirs'] },
    linkerQuestion(command, choice, request.linkArgs),
    archiverQuestion(archiver ?? ['true']),
    ...cppLibraryQuestion(request, speaking),
  ];
  const defines = parseMacros(succeeded(macros) ? macros.stdout : '');
  if (id === 'gcc' && defines.size === 0)
    return err({
      kind: 'broken',
      message: `Unknown compiler(s): [['${command.join("', '")}']]\nThe following exception(s) were encountered:\nRunning \`${command.join(' ')}\` gave "no pre-processor defines"`,
    });
  const toolchain: Toolchain = {
    language,
    id,
    machine,
    command,
    wrapper,
    version: id === 'gcc' ? gccVersion(defines) : compiler.version,
    fullVersion,
    linker: linkerFrom(linker, command, choice),
    archiver: archiver === undefined ? undefined : archiverFrom(archiver, help),
    facts: {
      ...Object.fromEntries(defines),
      ...systemFacts(machineInfo),
      'default-includes': defaultIncludes(host, includes?.stderr ?? ''),
      'library-folders': libraryFolders(host, libraries?.stdout ?? ''),
      ...(library === undefined ? {} : { 'cpp-library': cppLibrary(library.stdout) }),
    },
  };
  return ok(toolchain);
}

/** Which C++ library a compiler uses shows in the macros of its smallest header. */
function cppLibraryQuestion(
  { language, compileArgs }: DetectRequest,
  speaking: readonly string[],
): readonly Question[] {
  if (language !== 'cpp') return [];
  const standard = compileArgs.filter((arg) => /^-(stdlib|std|nostdinc|isystem|I)/.test(arg));
  const header =
    '#if __has_include(<version>)\n#include <version>\n#else\n#include <ciso646>\n#endif\n';
  return [
    { argv: [...speaking, '-P', ...standard, '-'], input: `${header}marker _LIBCPP_VERSION\n` },
  ];
}

function cppLibrary(preprocessed: string): string {
  return /^marker _LIBCPP_VERSION$/m.test(preprocessed) || !/^marker/m.test(preprocessed)
    ? 'stdc++'
    : 'c++';
}

function parseMacros(text: string): ReadonlyMap<string, string> {
  const defines = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, name, value = ''] = /^#define (\S+)(?: (.*))?$/.exec(line) ?? [];
    if (name !== undefined) defines.set(name, value);
  }
  return defines;
}

function gccVersion(defines: ReadonlyMap<string, string>): string {
  const part = (name: string): string => defines.get(name) ?? '0';
  return `${part('__GNUC__')}.${part('__GNUC_MINOR__')}.${part('__GNUC_PATCHLEVEL__')}`;
}

/** Folders between the two lines of `-v`, as written and as they really are. */
function defaultIncludes(host: Host, verbose: string): string {
  const [, list = ''] =
    /^#include "\.\.\." search starts here:\n(.*?)^End of search list\./ms.exec(verbose) ?? [];
  const folders = list
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#include <'));
  const real = folders.map((folder) => realPath(host, folder));
  return [...new Set([...folders, ...real])].join(':');
}

/** Where the compiler looks for libraries: each folder as it really is and as it is written. */
function libraryFolders(host: Host, printed: string): string {
  const [, list = ''] = /^libraries: =(.*)$/m.exec(printed) ?? [];
  const folders = list
    .split(':')
    .filter((folder) => folder !== '' && host.files.exists(folder))
    .flatMap((folder) => [realPath(host, folder), folder.replace(/(?<=.)\/$/, '')]);
  return [...new Set(folders)].join(':');
}

function realPath(host: Host, path: string): string {
  const real = host.files.realPath(path);
  return real.ok ? real.value : path;
}
