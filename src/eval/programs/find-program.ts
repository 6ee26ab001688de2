import { posix } from 'node:path';
import { versionMatches } from '../../base/version.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { MachineChoice } from '../../model/machine.ts';
import { programHint } from '../../toolchains/install-hint.ts';
import { mayFallBack } from '../../wrap/request.ts';
import { programProvider } from '../../wrap/wrap-set.ts';
import type { Call } from '../call.ts';
import { type FileObject, fileType } from '../objects/file.ts';
import { type ProgramObject, programType } from '../objects/program.ts';
import type { GivenOptions } from '../options/option-key.ts';
import { overridesOf } from '../overrides.ts';
import { absolutePath, joinPath, normalPath } from '../paths.ts';
import { doSubproject } from '../subprojects/do-subproject.ts';
import { wrapModeOf } from '../subprojects/wrap-mode.ts';
import { isA } from '../value.ts';
import { programVersion } from './program-version.ts';
import { programPath, python, searchProgram } from './search-program.ts';

type Name = string | FileObject;

export interface ProgramWanted {
  readonly names: readonly Name[];
  readonly machine: MachineChoice;
  readonly required: boolean;
  /** Requirements of its version. */
  readonly version?: readonly string[];
  readonly versionArgument?: string;
  readonly dirs?: readonly string[];
  readonly defaultOptions?: GivenOptions;
  /** Says nothing when found. */
  readonly silent?: boolean;
  /** How its version is had, where not by asking the program. */
  readonly versionOf?: (program: ProgramObject) => string | undefined;
}

/** A program that is looked for, and what is told of it: its version, and where it was found. */
interface Search extends ProgramWanted {
  readonly notes: string[];
}

/** Looks for a program: overrides, machine files, this folder, PATH, and subprojects that provide it. */
export function findProgram(call: Call, wanted: ProgramWanted): ProgramObject {
  const { evaluation } = call;
  const notes: string[] = [];
  const search: Search = { ...wanted, notes };
  const name = wanted.names.map((one) => shownName(call, one)).join(' ');
  let program = lookUp(call, search);
  if (program !== undefined && !meets(program, search)) program = undefined;
  const log = (text: string): void => (wanted.silent === true ? undefined : evaluation.log(text));
  if (program === undefined || program.found.kind === 'no') {
    const missing = program ?? notFoundProgram(name);
    log(['Program', missing.name, 'found: NO', ...notes].join(' '));
    if (wanted.required) failWithout(call, search, missing.name);
    return missing;
  }
  const { searchedPrograms } = overridesOf(evaluation, wanted.machine);
  for (const one of wanted.names) if (typeof one === 'string') searchedPrograms.add(one);
  log(['Program', program.name, 'found: YES', ...notes].join(' '));
  return program;
}

/** Where there is one of another version, to install it is no help. */
function failWithout(call: Call, { names, notes }: Search, shown: string): never {
  const hint = notes.includes('but need:')
    ? `There is one of another version: ${notes.join(' ')}`
    : names
        .map((name) => (typeof name === 'string' ? programHint(name) : undefined))
        .find((one) => one !== undefined);
  const message = `Program '${shown}' not found or not executable`;
  return call.fail(message, hint === undefined ? {} : { hint });
}

/** A program that was looked for and is not there. */
export function notFoundProgram(name: string): ProgramObject {
  return { type: programType, name, found: { kind: 'no' }, version: () => undefined };
}

function shownName({ evaluation }: Call, name: Name): string {
  return typeof name === 'string' ? name : absolutePath(evaluation, name.file);
}

function lookUp(call: Call, search: Search): ProgramObject | undefined {
  const { evaluation } = call;
  const { names, machine, notes } = search;
  const overridden = fromOverrides(call, search);
  if (overridden !== undefined) return overridden;
  if (names[0] === 'meson') return commandProgram(call, 'meson', evaluation.self);
  const texts = names.filter((name) => typeof name === 'string');
  const mode = wrapModeOf(evaluation);
  const forced = evaluation.options.get({
    name: 'force_fallback_for',
    subproject: undefined,
    machine: 'host',
  });
  // Which means reading wraps, and most programs are simply there.
  const provider = () => programProvider(evaluation.wraps, texts);
  const mayForce = mode === 'forcefallback' || (Array.isArray(forced) && forced.length > 0);
  const first = mayForce ? provider() : undefined;
  const isForced = Array.isArray(forced) && first !== undefined && forced.includes(first);
  if (first !== undefined && (mode === 'forcefallback' || isForced))
    return fromSubproject(call, search, first);
  let program =
    fromMachineFile(call, texts, machine) ?? fromSystem(call, search) ?? pythonItself(call, names);
  if (program !== undefined && search.versionArgument)
    program = { ...program, version: versionAsker(call, program, search.versionArgument) };
  if (program !== undefined && !meets(program, search)) program = undefined;
  if (program !== undefined || !search.required || !mayFallBack(mode)) return program;
  const last = provider();
  if (last !== undefined) {
    const name = names.map((one) => shownName(call, one)).join(' ');
    evaluation.log(['Program', name, 'found: NO', ...notes.splice(0)].join(' '));
    return fromSubproject(call, search, last);
  }
  return program;
}

function fromOverrides(
  { evaluation }: Call,
  { names, machine, notes }: Search,
): ProgramObject | undefined {
  const { programs } = overridesOf(evaluation, machine);
  for (const name of names) {
    const program = typeof name === 'string' ? programs.get(name) : undefined;
    if (program === undefined) continue;
    notes.push('(overridden)');
    return program;
  }
  return undefined;
}

function fromSubproject(call: Call, search: Search, provider: string): ProgramObject | undefined {
  const name = search.names.map((one) => shownName(call, one)).join(' ');
  call.evaluation.log(`Fallback to subproject ${provider} which provides program ${name}`);
  doSubproject(call, provider, {
    required: search.required,
    native: search.machine === 'build',
    version: [],
    ...(search.defaultOptions === undefined ? {} : { defaultOptions: search.defaultOptions }),
  });
  return fromOverrides(call, search);
}

/** What a machine file names counts, even where it is not there. */
function fromMachineFile(
  call: Call,
  names: readonly string[],
  machine: MachineChoice,
): ProgramObject | undefined {
  const { binaries } = call.evaluation.configs[machine];
  for (const name of names) {
    const command = binaries.get(name);
    if (command === undefined) continue;
    const [first = '', ...others] = command;
    if (others.length > 0 || first.startsWith('/')) return commandProgram(call, name, command);
    const found = findInPath(call.evaluation.host, first);
    return found === undefined ? notFoundProgram(first) : commandProgram(call, first, [found]);
  }
  return undefined;
}

function fromSystem(call: Call, { names, dirs = [], notes }: Search): ProgramObject | undefined {
  const { evaluation, scope } = call;
  const here = normalPath(joinPath(evaluation.sourceRoot, scope.subdir));
  for (const name of names) {
    const path = isA(name, fileType) ? absolutePath(evaluation, name.file) : String(name);
    const folders = isA(name, fileType) ? [here] : [here, ...dirs];
    const command = searchProgram(evaluation.host, path, folders);
    if (command === undefined) continue;
    notes.push(`(${command.join(' ')})`);
    const shown = isA(name, fileType) ? (name.written ?? posix.basename(path)) : path;
    return commandProgram(call, shown, command);
  }
  return undefined;
}

function pythonItself(call: Call, names: readonly Name[]): ProgramObject | undefined {
  const [first] = names;
  if (typeof first !== 'string' || !first.endsWith('python3')) return undefined;
  const [path = ''] = python(call.evaluation.host);
  return path.startsWith('/') ? commandProgram(call, 'python3', [path]) : undefined;
}

/** A program whose command is known. */
export function commandProgram(
  call: Call,
  name: string,
  command: readonly string[],
): ProgramObject {
  const program: ProgramObject = {
    type: programType,
    name,
    found: { kind: 'command', command, path: programPath(call.evaluation.host, command) },
    version: () => undefined,
  };
  return { ...program, version: versionAsker(call, program, '--version') };
}

function versionAsker(
  call: Call,
  program: ProgramObject,
  argument: string,
): () => string | undefined {
  let known: string | undefined;
  return () => {
    known ??=
      program.found.kind === 'command'
        ? programVersion(call, program.found.command, argument)
        : undefined;
    return known;
  };
}

function meets(
  program: ProgramObject,
  { notes, versionOf, version: requirements = [] }: Search,
): boolean {
  if (requirements.length === 0 || program.found.kind === 'no') return true;
  const version = versionOf?.(program) ?? program.version() ?? 'undefined';
  if (notes.includes(version)) return true;
  const unmet = requirements.filter((one) => !versionMatches(version, one));
  if (unmet.length === 0) {
    notes.unshift(version);
    return true;
  }
  notes.unshift('found', version, 'but need:', unmet.map((one) => `'${one}'`).join(', '));
  return false;
}
