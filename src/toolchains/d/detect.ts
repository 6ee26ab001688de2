import { err, ok } from '../../base/result.ts';
import type { Finished, Host } from '../../host/host.ts';
import { trialPath } from '../c-like/trial.ts';
import { archiverCommand, archiverFrom, archiverQuestion } from '../detect/archiver.ts';
import { baseName, candidatesOf, firstKnown } from '../detect/candidates.ts';
import { linkerChoice, linkerFrom, linkerQuestion } from '../detect/linker.ts';
import type { DetectFault, Detection, DetectRequest } from '../detect/request.ts';
import { findVersion, type Question, succeeded } from '../detect/steps.ts';
import { systemFacts } from '../system.ts';
import { dProgram } from './code.ts';
import { nativeArgs } from './native-args.ts';

/** Finds LDC, gdc or DMD. */
export function* detectD(host: Host, request: DetectRequest): Detection {
  const candidates = candidatesOf(host, request, ['ldc2', 'ldc', 'gdc', 'dmd']);
  if (!candidates.ok) return candidates;
  const { commands } = candidates.value;
  const posing = commands.find((command) => /^[lg]dmd/.test(baseName(command.slice(-1))));
  if (posing !== undefined)
    return err({
      kind: 'broken',
      message: `Meson does not support ${posing.join(' ')} as it is only a DMD frontend for another compiler.Please provide a valid value for DC or unset it so that Meson can resolve the compiler by itself.`,
    });
  const found = yield* firstKnown(host, commands, { known: identify });
  if (!found.ok) return err(ofAnother(commands, found.error));
  const { id, command, version, fullVersion, frontEnd } = found.value;
  const questions = questionsFor(host, request, found.value);
  const [linking, help, trial] = yield questions;
  const made = trialPath(host, request);
  host.files.remove(made);
  host.files.remove(objectsOf(made));
  if (request.untried !== true && !succeeded(trial))
    return err({
      kind: 'broken',
      message: `Compiler ${command.join(' ')} cannot compile programs.`,
      ...hintOf(trial),
    });
  const archiver = archiverOf(host, request, id);
  return ok({
    language: 'd',
    id,
    machine: request.machine,
    command,
    wrapper: [],
    version,
    fullVersion,
    linker: linkerFrom(linking, command, choiceOf(host, request, id)),
    archiver: archiver === undefined ? undefined : archiverFrom(archiver, help),
    facts: {
      ...systemFacts(request.machineInfo),
      ...(frontEnd !== undefined && { 'front-end': frontEnd }),
    },
  });
}

/** A program that is named and answers, but is no compiler of D. */
function ofAnother(commands: readonly (readonly string[])[], fault: DetectFault): DetectFault {
  const [command = [], ...others] = commands;
  if (fault.hint === undefined || others.length > 0) return fault;
  return { ...fault, message: `Unknown compiler: ${command.join(' ')}` };
}

interface Identified {
  readonly id: 'llvm' | 'gcc' | 'dmd';
  readonly command: readonly string[];
  readonly version: string;
  readonly fullVersion: string;
  /** The version of DMD whose front end LDC has. */
  readonly frontEnd: string | undefined;
}

function identify(command: readonly string[], { stdout }: Finished): Identified | undefined {
  const id = idOf(stdout);
  if (id === undefined) return undefined;
  return {
    id,
    command,
    version: findVersion(stdout),
    fullVersion: stdout.split('\n', 1)[0] ?? '',
    frontEnd: /DMD v(\d+\.\d+\.\d+)/.exec(stdout)?.[1],
  };
}

function idOf(text: string): Identified['id'] | undefined {
  if (/LLVM (Open )?D compiler/.test(text)) return 'llvm';
  if (text.includes('gdc')) return 'gcc';
  return /The D Language Foundation|Digital Mars/.test(text) ? 'dmd' : undefined;
}

/** Its linker, its archiver, and whether programs can be made. */
function questionsFor(
  host: Host,
  request: DetectRequest,
  { id, command }: Identified,
): readonly Question[] {
  const { cross, compileArgs, linkArgs, machineInfo } = request;
  const choice = choiceOf(host, request, id);
  const made = trialPath(host, request);
  const archiver = archiverOf(host, request, id) ?? ['true'];
  const native = (args: readonly string[]): readonly string[] =>
    id === 'gcc' ? args : nativeArgs(args, machineInfo.system);
  const reads = id === 'gcc' ? ['-xd', '-', '-xnone'] : ['-'];
  const writes = (name: string): readonly string[] =>
    id === 'gcc' ? ['-o', name] : [`-od=${objectsOf(made)}`, `-of=${name}`];
  // Linking for a machine that has no system may take what only the project knows.
  const links = cross ? ['-c'] : native(linkArgs);
  return [
    id === 'gcc'
      ? linkerQuestion(command, choice, linkArgs)
      : {
          argv: [
            ...[...command, '-L=--version', ...native(linkArgs), ...choice],
            ...[...writes(`${made}-linker`), ...reads],
          ],
          input: dProgram,
        },
    archiverQuestion(archiver),
    {
      argv: [...command, ...native(compileArgs), ...writes(made), ...reads, ...links],
      input: dProgram,
      rememberSuccessOnly: true,
    },
  ];
}

function archiverOf(
  host: Host,
  request: DetectRequest,
  id: Identified['id'],
): readonly string[] | undefined {
  return archiverCommand(host, request, id === 'gcc' ? ['gcc-ar'] : []);
}

/** The linker that `d_ld` names. DMD cannot be told. */
function choiceOf(host: Host, request: DetectRequest, id: Identified['id']): readonly string[] {
  if (id === 'gcc') return linkerChoice(host, request, { id });
  const [wanted] = request.binary('d_ld') ?? [];
  return id === 'llvm' && wanted !== undefined ? [`-linker=${wanted}`] : [];
}

/** LDC and DMD leave objects beside what they link. */
const objectsOf = (made: string): string => `${made}.objects`;

/** What the compiler complains of first. */
function hintOf(trial: Finished | undefined): { readonly hint?: string } {
  const complaint = trial?.stderr.split('\n').find((line) => /error|cannot/i.test(line));
  return complaint === undefined ? {} : { hint: complaint.trim() };
}
