import { invariant } from '../../base/assert.ts';
import type { Finished } from '../../host/host.ts';
import { once, type Started } from './memory.ts';
import { objectSymbols } from './object-symbols.ts';
import {
  besideEachOther,
  besideName,
  type ProgramParts,
  programParts,
  programsInError,
} from './program-parts.ts';
import { withoutFilesTold } from './remember-trial.ts';
import { type Checker, commandOf, newFolder, startCompiler, type Trial } from './trial.ts';

/** What was compiled of programs that are to be linked. */
export interface ProgramObject {
  /** Whose it is, by their place; several where they were compiled beside each other. */
  readonly members: readonly number[];
  readonly finished: Finished;
  /** Names of others; undefined where an object alone does not tell whether it can be linked. */
  readonly needs: readonly string[] | undefined;
}

export const isCompiled = ({ finished: { ended } }: ProgramObject): boolean =>
  ended.kind === 'exited' && ended.code === 0;

/** Compiles programs, those that include the same headers by one run of the compiler. */
export function startObjects(
  checker: Checker,
  trials: readonly Trial[],
): Started<readonly ProgramObject[]> {
  const programs = trials.map(
    (trial, number): Program => ({
      trial,
      number,
      parts: partsOf(checker, trial),
    }),
  );
  const groups = new Map<string, Program[]>();
  for (const program of programs) {
    const key = program.parts?.preamble ?? String(program.number);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(program);
  }
  const started = [...groups.values()].map((group) => startGroup(checker, group));
  return once(() => started.flatMap(({ finish }) => finish()));
}

/** The programs of an object, each for itself. */
export function objectsAlone(
  checker: Checker,
  trials: readonly Trial[],
  members: readonly number[],
): readonly ProgramObject[] {
  const started = members.flatMap((number) => {
    const trial = trials[number];
    return trial === undefined ? [] : [startObject(checker, [{ trial, number, parts: undefined }])];
  });
  return started.map(({ finish }) => finish());
}

interface Program {
  readonly trial: Trial;
  readonly number: number;
  readonly parts: ProgramParts | undefined;
}

const known = new WeakMap<Trial, { readonly parts: ProgramParts | undefined }>();

/** How a program can stand beside others, where it can. */
export function partsOf({ family }: Checker, trial: Trial): ProgramParts | undefined {
  if (family.toolchain.language !== 'c') return undefined;
  const { source } = trial.probe;
  const found = known.get(trial) ?? {
    parts: source.kind === 'code' ? programParts(source.code) : undefined,
  };
  known.set(trial, found);
  return found.parts;
}

function startGroup(
  checker: Checker,
  programs: readonly Program[],
): Started<readonly ProgramObject[]> {
  const started = startObject(checker, programs);
  return once(() => {
    const object = started.finish();
    if (programs.length === 1) return [object];
    const { finished } = object;
    const { stderr } = withoutFilesTold(finished);
    if (isCompiled(object)) {
      const isClear = object.needs !== undefined && !stderr.includes('implicit');
      return isClear ? [object] : startEach(checker, programs);
    }
    const wrong = programsInError(stderr, programs.length);
    if (wrong === undefined) return startEach(checker, programs);
    if (wrong.size === programs.length && /^<stdin>:\d+:\d+: /m.test(stderr)) return [object];
    const [bad, good] = [true, false].map((isBad) =>
      programs.filter((_, number) => wrong.has(number) === isBad),
    );
    const others = good?.length === 0 ? undefined : startGroup(checker, good ?? []);
    return [...startEach(checker, bad ?? []), ...(others?.finish() ?? [])];
  });
}

function startEach(checker: Checker, programs: readonly Program[]): readonly ProgramObject[] {
  const started = programs.map((program) => startObject(checker, [program]));
  return started.map(({ finish }) => finish());
}

function startObject(checker: Checker, programs: readonly Program[]): Started<ProgramObject> {
  const { host } = checker;
  const [{ trial } = { trial: undefined }] = programs;
  invariant(trial !== undefined, 'an object without a program');
  const all = programs.map(({ parts }) => parts).filter((parts) => parts !== undefined);
  const isAlone = programs.length === 1;
  const source = isAlone
    ? trial.probe.source
    : ({ kind: 'code', code: besideEachOther(all) } as const);
  const probe = { ...trial.probe, source };
  const folder = newFolder(checker);
  const output = `${folder}/output`;
  const command = commandOf(checker, { ...probe, instead: ['-c'] })(output, folder);
  const answersOthers = programs.every((program) => program.trial.remembered !== undefined);
  const words = answersOthers ? [...command, '-H'] : command;
  const ticket = startCompiler(checker, { probe, folder, command: words, answersOthers });
  return once(() => {
    const finished = host.processes.wait(ticket);
    const bytes = host.files.readBytes(output);
    host.files.remove(folder);
    const members = programs.map(({ number }) => number);
    if (!bytes.ok) return { members, finished, needs: undefined };
    const needs = isAlone ? namesNeeded(bytes.value) : namesNeededBeside(bytes.value, all);
    return { members, finished, needs };
  });
}

/** What the linker or the files that begin and end a program define. */
const ofTheSystem = /^_(?!Z)|^(data_start|environ|etext|edata|end)$/;

function namesNeeded(bytes: Uint8Array): readonly string[] | undefined {
  const symbols = objectSymbols(bytes);
  if (symbols?.defined.includes('main') !== true) return undefined;
  if (symbols.defined.some((name) => ofTheSystem.test(name))) return undefined;
  return foreignNames(symbols.undefined);
}

function namesNeededBeside(
  bytes: Uint8Array,
  programs: readonly ProgramParts[],
): readonly string[] | undefined {
  const symbols = objectSymbols(bytes);
  if (symbols === undefined || programs.some(({ names }) => names.some(isOfTheSystem)))
    return undefined;
  const own = new Set(
    programs.flatMap(({ names }, number) => names.map((name) => besideName(name, number))),
  );
  const mains = programs.map((_, number) => besideName('main', number));
  if (!mains.every((name) => symbols.defined.includes(name))) return undefined;
  if (!symbols.defined.every((name) => own.has(name))) return undefined;
  if (symbols.undefined.some((name) => name.startsWith('kaon_'))) return undefined;
  return foreignNames(symbols.undefined);
}

const isOfTheSystem = (name: string): boolean => ofTheSystem.test(name);

function foreignNames(undefinedOnes: readonly string[]): readonly string[] | undefined {
  const names = undefinedOnes.filter((name) => name !== '_GLOBAL_OFFSET_TABLE_');
  return names.every((name) => /^\w+$/.test(name)) ? names : undefined;
}
