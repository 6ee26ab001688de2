import type { Finished } from '../../host/host.ts';
import type { JointAnswer } from './joint.ts';
import { type LinkedLibraries, learnLibraries, librariesOf } from './linked-libraries.ts';
import { once, type Started } from './memory.ts';
import {
  isCompiled,
  objectsAlone,
  type ProgramObject,
  startObjects,
} from './objects-of-programs.ts';
import { withoutFilesTold } from './remember-trial.ts';
import {
  type Checker,
  commandOf,
  newFolder,
  type Probe,
  startCompiler,
  type Trial,
} from './trial.ts';
import { undefinedNames } from './undefined-names.ts';

/** What is known of a program that was not linked for itself, and the runs that told. */
export interface LinkedProgram {
  readonly answer: JointAnswer;
  readonly finished: Finished;
}

/**
 * Programs that would be linked with nothing but the system's own libraries. Each is compiled; then one
 * link tells which of all the names they need there are not. That is half the price of linking each.
 * What an earlier link showed to be in those libraries needs none.
 */
export function startLinkedPrograms(
  checker: Checker,
  trials: readonly Trial[],
): Started<readonly (LinkedProgram | undefined)[]> {
  const compiled = startObjects(checker, trials);
  return once(() => {
    const objects = compiled.finish();
    const [trial] = trials;
    const known = trial && librariesOf(checker, trial);
    const needed = new Set(objects.flatMap(({ needs }) => needs ?? []));
    const unknown = [...needed].filter((name) => known?.names.has(name) !== true);
    const linked =
      unknown.length === 0 || trial === undefined ? undefined : linkNames(checker, trial, unknown);
    const names = { known, missing: linked?.missing };
    const told = [known?.finished, linked?.finished].filter((each) => each !== undefined);
    const answers = new Map<number, LinkedProgram>();
    const tell = (object: ProgramObject): void => {
      const finished = told.reduce(joinedOutput, object.finished);
      for (const member of object.members)
        answers.set(member, { finished, answer: answerOf(object, names) });
    };
    for (const object of objects) {
      const { members, needs = [] } = object;
      // Of those that stand beside each other not all may need what is missing.
      const isShared = members.length > 1 && needs.some((name) => names.missing?.has(name));
      for (const one of isShared ? objectsAlone(checker, trials, members) : [object]) tell(one);
    }
    return trials.map((_, number) => answers.get(number));
  });
}

interface KnownNames {
  readonly known: LinkedLibraries | undefined;
  readonly missing: ReadonlySet<string> | undefined;
}

function answerOf(object: ProgramObject, { known, missing }: KnownNames): JointAnswer {
  if (!isCompiled(object)) return { ok: false };
  const unknown = object.needs?.filter((name) => known?.names.has(name) !== true);
  if (unknown === undefined || (unknown.length > 0 && missing === undefined)) return 'alone';
  return { ok: !unknown.some((name) => missing?.has(name) === true) };
}

const joinedOutput = (first: Finished, second: Finished): Finished => ({
  ...first,
  stdout: first.stdout + second.stdout,
  stderr: first.stderr + second.stderr,
});

/** Links a program that names them all. */
function linkNames(
  checker: Checker,
  trial: Trial,
  names: readonly string[],
): { readonly finished: Finished; readonly missing: ReadonlySet<string> | undefined } {
  const { host } = checker;
  const folder = newFolder(checker);
  // Only C's drivers link the same libraries whatever is given to them.
  const source = checker.family.toolchain.language === 'c' ? inAssembly(names) : inC(names);
  const all: Probe = { ...trial.probe, source: { kind: 'code', ...source } };
  const command = commandOf(checker, all)(`${folder}/output`, folder);
  const limit = checker.family.toolchain.linker?.id === 'ld.lld' ? ['-Wl,--error-limit=0'] : [];
  const words = [...command, ...limit, ...(trial.remembered?.telling ?? [])];
  const finished = host.processes.wait(
    startCompiler(checker, {
      probe: all,
      folder,
      command: words,
      answersOthers: trial.remembered !== undefined,
    }),
  );
  host.files.remove(folder);
  learnLibraries(checker, trial, finished);
  const ok = finished.ended.kind === 'exited' && finished.ended.code === 0;
  const missing = ok ? new Set<string>() : undefinedNames(withoutFilesTold(finished).stderr);
  const explained = missing !== undefined && [...missing].every((name) => names.includes(name));
  return { finished, missing: explained ? missing : undefined };
}

type Code = Pick<Extract<Probe['source'], { kind: 'code' }>, 'code' | 'isAssembly'>;

/** A program that does nothing but name them, in the words of assemblers of 64-bit machines: no compiler is started for it. */
function inAssembly(names: readonly string[]): Code {
  const words = names.map((name) => `.quad ${name}`);
  const stack = '.section .note.GNU-stack,"",%progbits';
  return { code: ['.globl main', 'main:', '.data', ...words, stack].join('\n'), isAssembly: true };
}

/** The same in C, for languages that take it. */
function inC(names: readonly string[]): Code {
  const variables = names.map((name, number) => `extern char kaon_${number}[] __asm__("${name}");`);
  const code = `#ifdef __cplusplus
extern "C" {
#endif
${variables.join('\n')}
void *kaon_names[] = { ${names.map((_, number) => `(void *) kaon_${number}`).join(', ')} };
int main(void) { return kaon_names[0] == 0; }
#ifdef __cplusplus
}
#endif`;
  return { code };
}
