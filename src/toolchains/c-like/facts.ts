import type { Finished, Host } from '../../host/host.ts';
import { realPath } from '../../host/real-path.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import type { DetectRequest } from '../detect/request.ts';
import { type Question, succeeded } from '../detect/steps.ts';
import { isWindowsLike, systemFacts } from '../system.ts';
import { inputLanguages } from './input-languages.ts';

/** What a compiler is asked about itself: its macros and the folders it reads, and which C++ library it uses. */
export interface FactQuestions {
  /** For its macros; with them come the folders of headers. */
  readonly macros: Question;
  /** For the folders of libraries and programs. */
  readonly folders: Question;
  /** Only where options decide which C++ library there is: otherwise the macros tell. */
  readonly cppLibrary?: Question;
}

/** The questions whose answers are the facts of a toolchain. */
export function factQuestions(request: DetectRequest, command: readonly string[]): FactQuestions {
  const speaking = [...command, `-x${inputLanguages[request.language] ?? 'c'}`, '-E'];
  const cppLibrary = cppLibraryQuestion(request, speaking);
  return {
    macros: { argv: [...speaking, '-v', '-dM', '-'], input: macrosToTell(request) },
    // Among a user's arguments may be a --sysroot.
    folders: { argv: [...command, ...request.compileArgs, '--print-search-dirs'] },
    ...(cppLibrary !== undefined && { cppLibrary }),
  };
}

/** The macros that a compiler defines by itself, by name; none where it did not answer. */
export function definesOf(macros: Finished | undefined): ReadonlyMap<string, string> {
  const defines = new Map<string, string>();
  for (const line of succeeded(macros) ? macros.stdout.split('\n') : []) {
    const [, name, value = ''] = /^#define (\S+)(?: (.*))?$/.exec(line) ?? [];
    if (name !== undefined) defines.set(name, value);
  }
  return defines;
}

/** The facts of a toolchain, by the answers to its questions; lists of folders are joined by `:`. */
export function factsOf(
  host: Host,
  { language, machineInfo }: DetectRequest,
  answers: { readonly [Asked in keyof FactQuestions]?: Finished | undefined },
): Toolchain['facts'] {
  const { [llvmLibrary]: llvm, ...defines } = Object.fromEntries(definesOf(answers.macros));
  const searched = answers.folders?.stdout ?? '';
  return {
    ...defines,
    ...systemFacts(machineInfo),
    'default-includes': defaultIncludes(host, answers.macros?.stderr ?? ''),
    'library-folders': foldersOf(host, 'libraries', searched),
    // Libraries that programs load lie there, too.
    ...(isWindowsLike(machineInfo.system) && {
      'program-folders': foldersOf(host, 'programs', searched),
    }),
    ...(language === 'cpp' && {
      'cpp-library': cppLibrary(answers.cppLibrary, llvm === undefined ? 'stdc++' : 'c++'),
    }),
  };
}

/** A macro of ours, where the C++ library is LLVM's: it alone has such a header. */
const llvmLibrary = '_KAON_LIBCPP';

/** The code whose macros are wanted. Which C++ library there is shows with the same, unless options decide it. */
function macrosToTell(request: DetectRequest): string {
  if (request.language !== 'cpp' || libraryArguments(request).length > 0) return '';
  return `#ifdef __has_include\n#if __has_include(<__config>)\n#define ${llvmLibrary}\n#endif\n#endif\n`;
}

const libraryArguments = ({ compileArgs }: DetectRequest): readonly string[] =>
  compileArgs.filter((arg) => /^-(stdlib|std|nostdinc|isystem|I)/.test(arg));

function cppLibraryQuestion(
  request: DetectRequest,
  speaking: readonly string[],
): Question | undefined {
  const chosen = libraryArguments(request);
  if (request.language !== 'cpp' || chosen.length === 0) return undefined;
  const header =
    '#if __has_include(<version>)\n#include <version>\n#else\n#include <ciso646>\n#endif\n';
  return { argv: [...speaking, '-P', ...chosen, '-'], input: `${header}marker _LIBCPP_VERSION\n` };
}

/** Which standard library it is: what an answer marks, else what macros tell. */
function cppLibrary(answer: Finished | undefined, byMacros: 'c++' | 'stdc++'): string {
  if (answer === undefined) return byMacros;
  const marked = /^marker (.*)$/m.exec(answer.stdout)?.[1];
  return marked === undefined || marked === '_LIBCPP_VERSION' ? 'stdc++' : 'c++';
}

/** The version that gcc's macros tell; what it answers to `--version` is its distributor's. */
export function gccVersion(defines: ReadonlyMap<string, string>): string {
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
  const real = folders.map((folder) => realPath(host.files, folder));
  return [...new Set([...folders, ...real])].join(':');
}

/** Where the compiler looks for libraries or programs: each folder as it really is and as it is written. */
function foldersOf(host: Host, what: 'libraries' | 'programs', printed: string): string {
  const [, list = ''] = new RegExp(`^${what}: =(.*)$`, 'm').exec(printed) ?? [];
  const folders = list
    .split(':')
    .filter((folder) => folder !== '' && host.files.exists(folder))
    .flatMap((folder) => [realPath(host.files, folder), folder.replace(/(?<=.)\/$/, '')]);
  return [...new Set(folders)].join(':');
}
