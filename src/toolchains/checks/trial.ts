import type { Finished, Host, Launch, Ticket } from '../../host/host.ts';
import { codeOnInput } from '../gnu/code-on-input.ts';
import type { DependencyArguments, Family } from '../rules.ts';
import { toolEnvironment } from '../tool-environment.ts';
import type { Joint } from './joint.ts';
import type { CheckMemory, ProbeOutcome } from './memory.ts';
import type { Remembered } from './remember-trial.ts';

/** All that checks of one compiler share. */
export interface Checker {
  readonly host: Host;
  readonly family: Family;
  /** An existing or missing folder for what is tried out; each trial has its own folder inside, removed after it. */
  readonly scratch: string;
  /** The options `LANGUAGE_args` and `LANGUAGE_link_args`. */
  readonly compileArgs: readonly string[];
  readonly linkArgs: readonly string[];
  /** What runs programs of this machine: nothing in front, an exe wrapper, or nothing can. */
  readonly runner: readonly string[] | 'cannot-run';
  /** Answers that a machine file gives in place of checks (`has_function_foo`). */
  readonly property: (name: string) => unknown;
  readonly memory: CheckMemory;
  /** Nobody asked yet: what is started only waits to be tried with what somebody asked for. */
  readonly guessed?: boolean;
  /** Starts what will probably be asked for next. */
  readonly lookAhead?: () => void;
}

/** Something to try with a compiler. */
export interface Probe {
  readonly source:
    | {
        readonly kind: 'code';
        readonly code: string;
        /** Not in the language of the compiler, but for the assembler. */
        readonly isAssembly?: true;
      }
    | { readonly kind: 'file'; readonly path: string };
  readonly mode: 'preprocess' | 'compile' | 'link';
  /** Of the caller: include folders, options' arguments, `args`. */
  readonly args?: readonly string[];
  readonly dependencies?: readonly ProbeDependency[];
  /** How it may be tried together with others of its kind. */
  readonly joint?: Joint;
  /** In place of `-c`: `-fsyntax-only` where code is not needed, `-S` where it is read. */
  readonly instead?: readonly string[];
}

/** What a probe needs of a dependency. */
export interface ProbeDependency {
  readonly name?: string;
  readonly type?: string;
  readonly language?: string | undefined;
  readonly compileArgs: readonly string[];
  readonly linkArgs: readonly string[];
}

/** A probe about to be tried. */
export interface Trial {
  readonly probe: Probe;
  readonly folder: string;
  readonly command: readonly string[];
  readonly remembered?: Remembered | undefined;
  /** See `Launch`. */
  readonly answersOthers?: boolean;
}

/** Starts the compiler on a trial; waits for one that may look at files of the project. */
export function startCompiler(checker: Checker, trial: Trial): Ticket {
  const { host, family } = checker;
  const { folder, probe } = trial;
  host.files.makeDirectory(folder);
  if (probe.source.kind === 'code' && family.compile.standardInput === undefined)
    host.files.write(`${folder}/${sourceName(family)}`, withNewline(probe.source.code));
  const ticket = host.processes.start(launchOf(checker, trial));
  if (seesProject(trial)) host.processes.wait(ticket);
  return ticket;
}

/**
 * Whether it may look at files that evaluation makes or changes later: then it is tried at once. What
 * belongs to the system stays as it is meanwhile.
 */
export function seesProject({ probe: { source, args = [], dependencies = [] } }: Trial): boolean {
  if (source.kind === 'file' || /#\s*(include|embed)\S*\s*["<][./]|__FILE__/.test(source.code))
    return true;
  const words = [
    ...args,
    ...dependencies.flatMap((each) => [...each.compileArgs, ...each.linkArgs]),
  ];
  return words.some((word) => {
    const path =
      /(?:^(?:-(?:I|L|B|F|isystem|iquote|idirafter|include|imacros))?|[=,])([./@][^,=]*)/.exec(
        word,
      );
    return path !== null && !/^\/(usr|lib\w*|opt|nix|gnu)\//.test(path[1] ?? '');
  });
}

/** How the compiler is started for a trial, and what its answer rests on. */
export function launchOf({ host }: Checker, trial: Trial): Launch {
  const { probe, folder, command, remembered, answersOthers = false } = trial;
  const { source } = probe;
  return {
    argv: remembered === undefined ? command : [...command, ...remembered.telling],
    workingDirectory: folder,
    environment: toolEnvironment(host),
    input: source.kind === 'code' ? withNewline(source.code) : '',
    ...(remembered !== undefined && { remember: remembered.remember }),
    ...(answersOthers && { answersOthers }),
  };
}

/** The command line, in Meson's order; where the output goes is left open. */
export function commandOf(
  checker: Checker,
  probe: Probe,
): (output: string, folder?: string) => readonly string[] {
  const { family } = checker;
  const { compile, link, toolchain } = family;
  const { mode, source } = probe;
  const list = family.argumentList();
  const dependencies = probe.dependencies ?? [];
  const byItself = mode === 'link' ? compile.linksByItself : undefined;
  const told = byItself?.dependencyArgs ?? compile.dependencyArgs;
  for (const dependency of dependencies)
    list.add(told?.(namedDependency(dependency)) ?? dependency.compileArgs);
  const external = withoutLinkerArgs(checker.compileArgs);
  const modeArgs = byItself ? [] : [...compile.always, ...modeWords(family, probe)];
  list.add(external);
  list.add(modeArgs);
  list.add(compile.check(mode));
  list.add(probe.args ?? []);
  if (mode === 'link' && byItself === undefined) {
    for (const { linkArgs } of dependencies) list.add(linkArgs);
    list.add(link?.always ?? []);
    list.add(checker.linkArgs.filter((arg) => !external.includes(arg)));
  }
  const rest = list.toNative();
  // gcc refuses a second `-o`.
  const writesElsewhere = probe.instead?.includes('-o') === true;
  return (output, folder = '.') => {
    const { command } = toolchain;
    const written = mode === 'preprocess' || writesElsewhere ? [] : compile.output(output);
    const words = [...written, ...rest];
    if (source.kind === 'file') return [...command, source.path, ...words];
    if (source.isAssembly) return [...command, ...codeOnInput('assembler', words)];
    const reads = compile.standardInput?.(words);
    return [...command, ...(reads ?? [`${folder}/${sourceName(family)}`, ...words])];
  };
}

function namedDependency(dependency: ProbeDependency): DependencyArguments {
  return { name: '', type: '', language: undefined, ...dependency };
}

function modeWords({ compile }: Family, { mode, instead }: Probe): readonly string[] {
  if (instead !== undefined) return instead;
  if (mode === 'compile') return compile.only;
  return mode === 'preprocess' ? compile.preprocessOnly : [];
}

/** Words for the linker in CFLAGS break checks of compile arguments. */
function withoutLinkerArgs(args: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '-L' || arg === '-framework') at++;
    else if (!/^(-Wl,|-L|-headerpad_max_install_names$)/.test(arg)) kept.push(arg);
  }
  return kept;
}

function sourceName({ compile }: Family): string {
  return `testfile.${compile.suffixes[0] ?? 'c'}`;
}

/** Code with an end to its last line, of which compilers would warn. */
export function withNewline(code: string): string {
  return code.endsWith('\n') ? code : `${code}\n`;
}

/** The text of a file; an empty one where it cannot be read. */
export function fileText({ files }: Host, path: string): string {
  const text = files.readText(path);
  return text.ok ? text.value : '';
}

const counters = new WeakMap<Host, number>();

/** A folder for one trial that no other has; it is not made yet. */
export function newFolder({ host, scratch }: Checker): string {
  const number = (counters.get(host) ?? 0) + 1;
  counters.set(host, number);
  return `${scratch}/${host.system.processId}-${number}`;
}

/** How a trial went, by how its compiler ended. */
export function outcomeOf(finished: Finished, command: readonly string[]): ProbeOutcome {
  const { ended, stdout, stderr } = finished;
  const ok = ended.kind === 'exited' && ended.code === 0;
  return { ok, cached: false, stdout, stderr, command };
}
