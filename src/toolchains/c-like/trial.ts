import type { Host } from '../../host/host.ts';
import type { DetectRequest } from '../detect/request.ts';
import type { Question } from '../detect/steps.ts';
import { codeOnInput } from '../gnu/code-on-input.ts';
import { inputLanguages } from './input-languages.ts';

/** A program that needs nothing, whose linker says which it is; what others need is looked for as files. */
export function bareTrialQuestion(
  host: Host,
  request: DetectRequest,
  command: readonly string[],
): Question {
  const words = ['-nostdlib', '-Wl,-v', '-o', trialPath(host, request)];
  return {
    argv: [...command, ...codeOnInput('assembler', words)],
    input: '.globl _start\n_start:\n',
    rememberSuccessOnly: true,
  };
}

/** A program that does nothing: a compiler that tells of itself may still lack what it links with. */
export function trialQuestion(
  host: Host,
  request: DetectRequest,
  command: readonly string[],
): Question {
  const { compileArgs, linkArgs, cross, machineInfo } = request;
  // Linking for a machine that has no system may take what only the project knows.
  if (cross) {
    const [kind, input] = program(request);
    const words = ['-c', ...codeOnInput(kind, ['-o', trialPath(host, request)])];
    return { argv: [...command, ...compileArgs, ...words], input, rememberSuccessOnly: true };
  }
  // That the compiler proper is there shows by its macros; what arguments do to it does not.
  const givesNothing = [...compileArgs, ...linkArgs].length === 0 && machineInfo.system === 'linux';
  const whole = wholeTrialQuestion(host, request, command);
  if (!givesNothing || request.language === 'fortran') return whole;
  const words = codeOnInput('assembler', ['-o', trialPath(host, request)]);
  return { ...whole, argv: [...command, ...words], input: '.globl main\nmain:\n' };
}

/** The same from source to end, so that it can be run. */
export function wholeTrialQuestion(
  host: Host,
  request: DetectRequest,
  command: readonly string[],
): Question {
  const { compileArgs, linkArgs } = request;
  const [kind, input] = program(request);
  const words = codeOnInput(kind, ['-o', trialPath(host, request), ...linkArgs]);
  return { argv: [...command, ...compileArgs, ...words], input, rememberSuccessOnly: true };
}

/** What `-x` calls its language, and its text. */
function program({ language }: DetectRequest): readonly [kind: string, text: string] {
  return language === 'fortran'
    ? ['f95', 'end program\n']
    : [inputLanguages[language] ?? 'c', 'int main(void) { return 0; }\n'];
}

/**
 * Where the program goes that a compiler is tried with; detections of other processes, machines and
 * languages have others.
 */
export function trialPath({ system }: Host, { language, machine }: DetectRequest): string {
  return `${system.temporaryDirectory}/kaon-${system.processId}-${machine}-${language}`;
}
