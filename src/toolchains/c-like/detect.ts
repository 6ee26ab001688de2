import { err, ok } from '../../base/result.ts';
import type { Finished, Host } from '../../host/host.ts';
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
import { type Question, type Steps, succeeded } from '../detect/steps.ts';
import { systemFacts } from '../system.ts';
import { definesOf, type FactQuestions, factQuestions, factsOf, gccVersion } from './facts.ts';
import { flangId, guessed, type Identified, identify, traitsOf } from './identify.ts';
import { bareTrialQuestion, trialPath, trialQuestion } from './trial.ts';
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
      const identified = identify(request.language, command, answer);
      return identified === undefined ? undefined : { ...identified, told };
    },
    ahead: (command) =>
      isNamed ? [] : Object.values(questionsFor(host, request, guessed(host, command))),
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

/** All that is asked of a compiler beside its version. */
interface Questions extends FactQuestions {
  readonly linker: Question;
  readonly archiver: Question;
  /** To make a program, where the question for the linker does not make one. */
  readonly program?: Question;
}

function questionsFor(host: Host, request: DetectRequest, compiler: Compiler): Questions {
  const { command } = compiler;
  return {
    ...factQuestions(request, command),
    // A program that is tried tells of its linker as well.
    linker: isPlain(request)
      ? bareTrialQuestion(host, request, command)
      : linkerQuestionOf(host, request, compiler),
    archiver: archiverQuestion(archiverOf(host, request, compiler) ?? ['true']),
    ...(!isPlain(request) && { program: trialQuestion(host, request, command) }),
  };
}

type Compiler = Pick<Identified, 'id' | 'command' | 'version'>;

type Answers = { readonly [Asked in keyof Questions]?: Finished | undefined };

/** The answers to all questions: those that were asked ahead are asked again only where the guess was wrong. */
function* answersTo(
  questions: Questions,
  ahead: { readonly questions: Questions; readonly answers: readonly Finished[] },
): Steps<Answers> {
  const text = ({ argv }: Question): string => argv.join('\0');
  const known = new Map(
    Object.values(ahead.questions).map((question, at) => [text(question), ahead.answers[at]]),
  );
  const missing = Object.values(questions).filter((question) => !known.has(text(question)));
  const later = missing.length === 0 ? [] : yield missing;
  for (const [at, question] of missing.entries()) known.set(text(question), later[at]);
  return Object.fromEntries(
    Object.entries(questions).map(([asked, question]) => [asked, known.get(text(question))]),
  );
}

function linkerQuestionOf(host: Host, request: DetectRequest, compiler: Compiler): Question {
  const { command } = compiler;
  const own = traitsOf(compiler).linkerQuestion?.(command, trialPath(host, request));
  return own ?? linkerQuestion(command, linkerChoice(host, request, compiler), request.linkArgs);
}

function archiverOf(
  host: Host,
  request: DetectRequest,
  compiler: Compiler,
): readonly string[] | undefined {
  return archiverCommand(host, request, traitsOf(compiler).archivers?.(compiler.version) ?? []);
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
  const { id, command, wrapper, version, fullVersion, told } = compiler;
  const refused =
    traitsOf(compiler).refused?.(request, version) ?? unsupportedLinker(host, request, compiler);
  if (refused !== undefined) return err(refused);
  const answers = yield* answersTo(questionsFor(host, request, compiler), {
    questions: questionsFor(host, request, guessed(host, command)),
    answers: told,
  });
  const linker = yield* linkerOf(host, request, { compiler, answer: answers.linker });
  const defines = definesOf(answers.macros);
  if (id === 'gcc' && defines.size === 0) return err(withoutDefines(command));
  const archiver = archiverOf(host, request, compiler);
  const toolchain: Toolchain = {
    ...{ language: request.language, id, machine: request.machine, command, wrapper },
    version: id === 'gcc' ? gccVersion(defines) : version,
    fullVersion,
    linker,
    archiver: archiver === undefined ? undefined : archiverFrom(archiver, answers.archiver),
    facts: factsOf(host, request, answers),
  };
  const fault = yield* faultOfPrograms(host, request, { toolchain, answers });
  return fault === undefined ? ok(toolchain) : err(fault);
}

function* linkerOf(
  host: Host,
  request: DetectRequest,
  { compiler, answer }: { readonly compiler: Compiler; readonly answer: Finished | undefined },
): Steps<Linker | undefined> {
  const { command } = compiler;
  const choice = linkerChoice(host, request, compiler);
  const linker =
    linkerFrom(answer, command, choice) ?? (yield* linkerAlone(request, command, choice));
  const { linkerId } = traitsOf(compiler);
  return linker === undefined || linkerId === undefined ? linker : { ...linker, id: linkerId };
}

function withoutDefines(command: readonly string[]): DetectFault {
  return {
    kind: 'broken',
    message: `Unknown compiler(s): [['${command.join("', '")}']]\nThe following exception(s) were encountered:\nRunning \`${command.join(' ')}\` gave "no pre-processor defines"`,
  };
}

/** What programs lack that a compiler makes; undefined where they can be made, and run if they are for here. */
function* faultOfPrograms(
  host: Host,
  request: DetectRequest,
  { toolchain, answers }: Tried,
): Steps<DetectFault | undefined> {
  const trial = yield* programTried(host, request, { toolchain, answers });
  if (request.untried !== true && !succeeded(trial)) {
    if (toolchain.linker !== undefined) return broken(toolchain, 'programs', trial);
    const choice = linkerChoice(host, request, toolchain);
    const asked = linkerQuestion(toolchain.command, choice, request.linkArgs);
    return undetectedLinker(asked, answers.linker);
  }
  const run = yield* programRuns(host, request, toolchain);
  return run.ok ? undefined : broken(toolchain, run.error.lacking, run.error.finished);
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
  { toolchain, answers: { linker: linking, program: given } }: Tried,
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
  readonly answers: Answers;
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
