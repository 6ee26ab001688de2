import { versionMatches } from '../../../base/version.ts';
import { plainRequest } from '../../../deps/context.ts';
import { lookFor } from '../../../deps/lookup.ts';
import type { CommandWord } from '../../../model/target.ts';
import type { Call } from '../../call.ts';
import { dependencyContext } from '../../functions/dependency/context.ts';
import { plainMethod } from '../../functions/dependency/method.ts';
import { type ProgramObject, programWord } from '../../objects/program.ts';
import { perEvaluation } from '../../per-evaluation.ts';
import { findProgram, notFoundProgram } from '../../programs/find-program.ts';

export type QtVersion = 4 | 5 | 6;
export const qtToolNames = [
  ...(['moc', 'uic', 'rcc', 'lrelease', 'qmlcachegen', 'qmltyperegistrar'] as const),
];
export type QtToolName = (typeof qtToolNames)[number];

/** The tools of a Qt; all of the version of its libraries. */
export interface QtTools {
  readonly qt: QtVersion;
  /** Undefined when there is no Qt. */
  readonly version: string | undefined;
  readonly programs: ReadonlyMap<QtToolName, ProgramObject>;
}

const known = perEvaluation(() => new Map<QtVersion, QtTools>());

export interface QtWanted {
  readonly method: string;
  readonly required?: boolean;
  readonly version?: readonly string[];
}

/** Looked for once; the first who asks says how. */
export function qtTools(call: Call, qt: QtVersion, wanted: QtWanted): QtTools {
  const { evaluation } = call;
  const before = known(evaluation).get(qt);
  if (before !== undefined) return before;
  evaluation.log(`Detecting Qt${qt} tools`);
  const required = wanted.required ?? true;
  const result = lookFor(dependencyContext(call, 'host'), `qt${qt}`, {
    ...plainRequest,
    required,
    modules: ['Core'],
    method: plainMethod(wanted.method),
    version: wanted.version ?? [],
  });
  if (result.kind === 'not-found' && required) call.fail(result.reason);
  const made: QtTools =
    result.kind === 'found'
      ? { qt, version: result.found.version, programs: find(call, qt, result.found) }
      : { qt, version: undefined, programs: new Map() };
  known(evaluation).set(qt, made);
  return made;
}

function find(
  call: Call,
  qt: QtVersion,
  {
    version = '',
    variables,
  }: { version?: string | undefined; variables: ReadonlyMap<string, string> },
): ReadonlyMap<QtToolName, ProgramObject> {
  const folders = ['bindir', 'libexecdir'].flatMap((name) => variables.get(name) || []);
  return new Map(
    qtToolNames.map((name) => {
      const places = [
        ...folders.map((folder) => `${folder}/${name}`),
        ...[`${name}${qt}`, `${name}-qt${qt}`, name],
      ];
      for (const place of places) {
        const program = findProgram(call, {
          names: [place],
          machine: 'host',
          required: false,
          version: [`== ${version}`],
          versionOf: (one) => versionOf(call, one, { name, qt: version }),
        });
        if (program.found.kind !== 'no') return [name, program];
      }
      return [name, notFoundProgram(name)];
    }),
  );
}

function versionOf(
  { evaluation }: Call,
  { found }: ProgramObject,
  { name, qt }: { readonly name: QtToolName; readonly qt: string },
): string | undefined {
  if (found.kind !== 'command') return undefined;
  const { processes, system } = evaluation.host;
  const isOld = !versionMatches(qt, '>= 5');
  const { stdout, stderr } = processes.run({
    argv: [...found.command, name === 'lrelease' ? '-version' : isOld ? '-v' : '--version'],
    workingDirectory: system.workingDirectory,
    environment: system.environment,
  });
  const text = name !== 'lrelease' && isOld ? stderr : stdout;
  return text
    .slice(text.lastIndexOf(' ') + 1)
    .replaceAll(')', '')
    .trim();
}

/** A tool as the first word of a command; its absence ends evaluation. */
export function qtWord(call: Call, { qt, programs }: QtTools, name: QtToolName): CommandWord {
  const program = programs.get(name);
  const word = program && programWord(program);
  if (word !== undefined) return word;
  return name === 'lrelease'
    ? call.fail(`qt.compile_translations: ${name} not found`)
    : call.fail(
        `${name.toUpperCase()} sources specified and couldn't find ${name}-qt${qt}, please check your qt${qt} installation`,
      );
}

/** Whether the tools are of a Qt that is new enough. */
export function qtIs({ version }: QtTools, requirement: string): boolean {
  return version !== undefined && versionMatches(version, requirement);
}
