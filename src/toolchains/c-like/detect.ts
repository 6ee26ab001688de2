import { err, ok } from '../../base/result.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { Finished, Host } from '../../host/host.ts';
import { realPath } from '../../host/real-path.ts';
import type { Linker, Toolchain } from '../../model/toolchain.ts';
import { programsLinkByFiles } from '../checks/library-files.ts';
import { archiverCommand, archiverFrom, archiverQuestion } from '../detect/archiver.ts';
import { candidatesOf, firstKnown } from '../detect/candidates.ts';
import {
  linkerChoice,
  linkerFrom,
  linkerQuestion,
  undetectedLinker,
  unsupportedLinker,
} from '../detect/linker.ts';
import type { DetectFault, Detection, DetectRequest } from '../detect/request.ts';
import { findVersion, type Question, type Steps, succeeded } from '../detect/steps.ts';
import { emscriptenLinkerQuestion, emscriptenRefused } from '../emscripten/detect.ts';
import { isWindowsLike, systemFacts } from '../system.ts';
import { bareTrialQuestion, inputLanguages, trialPath, trialQuestion } from './trial.ts';
import { type Lacking, programRuns } from './trial-run.ts';

/** Finds gcc or clang for C, C++, Objective-C or Objective-C++, and gcc or flang for Fortran. */
export function* detectCLike(host: Host, request: DetectRequest): Detection {
  const candidates = candidatesOf(host, request, defaults[request.language] ?? []);
  if (!candidates.ok) return candidates;
  const { commands } = candidates.value;
  // Meson has no compiler cache before those of Fortran, which caches do not know.
  const wrapper = request.language === 'fortran' ? [] : candidates.value.wrapper;
  const isNamed = request.onlyNamed === true && isPlain(request);
  const found = yield* firstKnown(host, commands, {
    known: (command, answer, ...told) => {
      const identified = identify(request, command, answer);
      return identified === undefined ? undefined : { ...identified, told };
    },
    ahead: (command) => (isNamed ? [] : questionsFor(host, request, guessed(host, command))),
  });
  if (!found.ok) return found;
  const id = found.value.id === 'flang' ? yield* flangId(found.value) : found.value.id;
  if (isNamed) return ok(named(request, { ...found.value, id, wrapper }));
  return yield* describe(host, request, { ...found.value, id, wrapper });
}

const defaults: Readonly<Record<string, readonly string[]>> = {
  c: ['cc', 'gcc', 'clang', 'nvc', 'pgcc', 'icc', 'icx'],
  cpp: ['c++', 'g++', 'clang++', 'nvc++', 'pgc++', 'icpc', 'icpx'],
  objc: ['clang', 'gcc'],
  objcpp: ['clang++', 'g++'],
  fortran: ['gfortran', 'flang-new', 'flang', 'nvfortran', 'pgfortran', 'ifort', 'ifx', 'g95'],
};

interface Identified {
  readonly id: 'gcc' | 'clang' | 'emscripten' | 'flang' | 'llvm-flang';
  readonly command: readonly string[];
  readonly version: string;
  readonly fullVersion: string;
}

function identify(
  { language }: Pick<DetectRequest, 'language'>,
  command: readonly string[],
  { stdout }: Pick<Finished, 'stdout'>,
): Identified | undefined {
  const fullVersion = stdout.split('\n', 1)[0] ?? '';
  const version = findVersion(stdout);
  if (stdout.includes('Free Software Foundation') || stdout.startsWith('xt-'))
    return { id: 'gcc', command, version, fullVersion };
  if (stdout.includes('Emscripten')) return { id: 'emscripten', command, version, fullVersion };
  const isFlang = language === 'fortran' && /[cf]lang/.test(stdout);
  if (isFlang) return { id: 'flang', command, version, fullVersion };
  if (/clang/i.test(stdout)) return { id: 'clang', command, version, fullVersion };
  return undefined;
}

/** LLVM's flang names itself in its help; the one before it names clang, or nothing. */
function* flangId({ command, fullVersion }: Identified): Steps<Identified['id']> {
  if (fullVersion.includes('flang-new')) return 'llvm-flang';
  const [help] = yield [{ argv: [...command, '--help'] }];
  return help?.stdout.includes('flang LLVM compiler') === true ? 'llvm-flang' : 'flang';
}

/** What a compiler will turn out to be, by the name of its program; nothing breaks when it is another. */
function guessed(host: Host, command: readonly string[]): Compiler {
  const path = findInPath(host, command[0] ?? '') ?? '';
  return { id: /clang/.test(realPath(host.files, path)) ? 'clang' : 'gcc', command, version: '' };
}

type Compiler = Pick<Identified, 'id' | 'command' | 'version'>;

/** All that is asked of a compiler beside its version: macros and search folders, linker, archiver, C++ library. */
function questionsFor(host: Host, request: DetectRequest, compiler: Compiler): readonly Question[] {
  const { command } = compiler;
  const archiver = archiverCommand(host, request, compiler) ?? ['true'];
  const speaking = [...command, `-x${inputLanguages[request.language] ?? 'c'}`, '-E'];
  return [
    { argv: [...speaking, '-v', '-dM', '-'], input: macrosToTell(request) },
    // Among a user's arguments may be a --sysroot.
    { argv: [...command, ...request.compileArgs, '--print-search-dirs'] },
    // A program that is tried tells of its linker as well.
    isPlain(request)
      ? bareTrialQuestion(host, request, command)
      : linkerQuestionOf(host, request, compiler),
    archiverQuestion(archiver),
    ...(isPlain(request) ? [] : [trialQuestion(host, request, command)]),
    ...cppLibraryQuestion(request, speaking),
  ];
}

function linkerQuestionOf(host: Host, request: DetectRequest, compiler: Compiler): Question {
  return compiler.id === 'emscripten'
    ? emscriptenLinkerQuestion(compiler.command, trialPath(host, request))
    : linkerQuestion(compiler.command, linkerChoice(host, request, compiler), request.linkArgs);
}

/** A compiler of which only name and version are known. All linkers of Linux have the same options. */
function named(
  { language, machine, machineInfo }: DetectRequest,
  { id, command, wrapper, version, fullVersion }: Identified & { wrapper: readonly string[] },
): Toolchain {
  return {
    ...{ language, id, machine, command, wrapper, version, fullVersion },
    linker: { id: 'ld.bfd', version: '', command },
    archiver: undefined,
    facts: systemFacts(machineInfo),
  };
}

/** Asks what the guess did not ask rightly, and makes a toolchain of the answers. */
function* describe(
  host: Host,
  request: DetectRequest,
  compiler: Identified & { readonly wrapper: readonly string[]; readonly told: Finished[] },
): Detection {
  const { language, machine, machineInfo } = request;
  const { id, command, wrapper, fullVersion, told } = compiler;
  const refused =
    (id === 'emscripten' ? emscriptenRefused(request, compiler) : undefined) ??
    unsupportedLinker(host, request, compiler);
  if (refused !== undefined) return err(refused);
  const choice = linkerChoice(host, request, compiler);
  const archiver = archiverCommand(host, request, compiler);
  const asked = questionsFor(host, request, guessed(host, command));
  const wanted = questionsFor(host, request, compiler);
  const same = (question: Question, other: Question | undefined): boolean =>
    question.argv.join('\0') === other?.argv.join('\0');
  const missing = wanted.filter((question, index) => !same(question, asked[index]));
  const later = [...(missing.length === 0 ? [] : yield missing)];
  const [macros, libraries, linking, help, ...rest] = wanted.map((question, index) =>
    same(question, asked[index]) ? told[index] : later.shift(),
  );
  const [given, library] = isPlain(request) ? [undefined, ...rest] : rest;
  const answered =
    linkerFrom(linking, command, choice) ?? (yield* linkerAlone(request, command, choice));
  // LLVM's linker does not say what for.
  const linker =
    id === 'emscripten' && answered !== undefined ? { ...answered, id: 'ld.wasm' } : answered;
  const defines = parseMacros(succeeded(macros) ? macros.stdout : '');
  const usesLlvmLibrary = defines.delete(llvmLibrary);
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
    linker,
    archiver: archiver === undefined ? undefined : archiverFrom(archiver, help),
    facts: {
      ...Object.fromEntries(defines),
      ...systemFacts(machineInfo),
      'default-includes': defaultIncludes(host, macros?.stderr ?? ''),
      'library-folders': foldersOf(host, 'libraries', libraries?.stdout ?? ''),
      // Libraries that programs load lie there, too.
      ...(isWindowsLike(machineInfo.system) && {
        'program-folders': foldersOf(host, 'programs', libraries?.stdout ?? ''),
      }),
      ...(language === 'cpp' && {
        'cpp-library': cppLibrary(library, usesLlvmLibrary ? 'c++' : 'stdc++'),
      }),
    },
  };
  const trial = yield* programTried(host, request, { toolchain, linking, given });
  if (request.untried !== true && !succeeded(trial)) {
    if (linker === undefined)
      return err(undetectedLinker(linkerQuestion(command, choice, request.linkArgs), linking));
    return err(broken(toolchain, 'programs', trial));
  }
  const run = yield* programRuns(host, request, toolchain);
  return run.ok ? ok(toolchain) : err(broken(toolchain, run.error.lacking, run.error.finished));
}

/** Asks again where the program that was tried did not tell. */
function* linkerAlone(
  request: DetectRequest,
  command: readonly string[],
  choice: readonly string[],
): Steps<Linker | undefined> {
  if (!isPlain(request)) return undefined;
  const [answer] = yield [linkerQuestion(command, choice, [])];
  return linkerFrom(answer, command, choice);
}

/** How it went to make a program: a bare one will do where all is there that others need. */
function* programTried(
  host: Host,
  request: DetectRequest,
  { toolchain, linking, given }: Tried,
): Steps<Finished | undefined> {
  const { language } = request;
  const linked = { host, family: { toolchain }, compileArgs: [], linkArgs: [] };
  const isEnough =
    isPlain(request) && succeeded(linking) && programsLinkByFiles(linked, ownLibraries(language));
  const [whole] =
    isEnough || given !== undefined
      ? [given]
      : yield [trialQuestion(host, request, toolchain.command)];
  host.files.remove(trialPath(host, request));
  return isEnough ? linking : whole;
}

interface Tried {
  readonly toolchain: Toolchain;
  /** Of the question for the linker. */
  readonly linking: Finished | undefined;
  /** Of a whole program, where it was tried already. */
  readonly given: Finished | undefined;
}

/** Nothing that the user gives changes what is linked, and how. */
function isPlain({
  language,
  compileArgs,
  linkArgs,
  cross,
  machineInfo,
  binary,
}: DetectRequest): boolean {
  return (
    !cross &&
    [...compileArgs, ...linkArgs].length === 0 &&
    machineInfo.system === 'linux' &&
    language !== 'fortran' &&
    binary(`${language}_ld`) === undefined
  );
}

/** What is linked with each program, besides what the system starts it with. */
function ownLibraries(language: string): readonly string[] {
  return [
    ...(language === 'cpp' || language === 'objcpp' ? ['stdc++', 'm'] : []),
    'gcc',
    'gcc_s',
    'c',
  ];
}

/** What a compiler is refused with, and what was complained of first. */
function broken(
  { language, wrapper, command }: Toolchain,
  lacking: Lacking,
  finished: Finished | undefined,
): DetectFault {
  const program = [...wrapper, ...command].join(' ');
  if (lacking === 'another machine')
    return {
      kind: 'broken',
      message: `Executables created by ${language} compiler ${program} are not runnable.`,
      hint: 'it makes programs for another machine, of which --cross-file is to tell',
    };
  const lines = (finished?.stderr ?? '').split('\n');
  const complaint =
    lines.find((line) => /error|cannot/i.test(line)) ?? lines.find((line) => line.trim() !== '');
  return {
    kind: 'broken',
    message:
      lacking === 'programs'
        ? `Compiler ${program} cannot compile programs.`
        : `Executables created by ${language} compiler ${program} are not runnable.`,
    ...(complaint !== undefined && { hint: complaint.trim() }),
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
): readonly Question[] {
  const chosen = libraryArguments(request);
  if (request.language !== 'cpp' || chosen.length === 0) return [];
  const header =
    '#if __has_include(<version>)\n#include <version>\n#else\n#include <ciso646>\n#endif\n';
  return [
    { argv: [...speaking, '-P', ...chosen, '-'], input: `${header}marker _LIBCPP_VERSION\n` },
  ];
}

/** Which standard library it is: what an answer marks, else what macros tell. */
function cppLibrary(answer: Finished | undefined, byMacros: 'c++' | 'stdc++'): string {
  if (answer === undefined) return byMacros;
  const marked = /^marker (.*)$/m.exec(answer.stdout)?.[1];
  return marked === undefined || marked === '_LIBCPP_VERSION' ? 'stdc++' : 'c++';
}

function parseMacros(text: string): Map<string, string> {
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
