import type { Finished, Host } from '../../host/host.ts';
import type { JointAnswer } from './joint.ts';
import { once, type Started } from './memory.ts';
import { objectSymbols } from './object-symbols.ts';
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
 */
export function startLinkedPrograms(
  checker: Checker,
  trials: readonly Trial[],
): Started<readonly LinkedProgram[]> {
  const { host } = checker;
  const compiled = trials.map((trial) => startObject(checker, trial));
  return once(() => {
    const objects = compiled.map(({ finish }) => finish());
    const needed = new Set(objects.flatMap(({ needs }) => needs ?? []));
    const [trial] = trials;
    const linked =
      needed.size === 0 || trial === undefined
        ? undefined
        : linkNames(host, checker, trial, [...needed]);
    return objects.map(({ finished, needs }) => ({
      finished: linked === undefined ? finished : joinedOutput(finished, linked.finished),
      answer: answerOf(finished, needs, linked?.missing),
    }));
  });
}

function answerOf(
  { ended }: Finished,
  needs: readonly string[] | undefined,
  missing: ReadonlySet<string> | undefined,
): JointAnswer {
  if (ended.kind === 'exited' && ended.code !== 0) return { ok: false };
  if (needs === undefined || (needs.length > 0 && missing === undefined)) return 'alone';
  return { ok: !needs.some((name) => missing?.has(name) === true) };
}

const joinedOutput = (first: Finished, second: Finished): Finished => ({
  ...first,
  stdout: first.stdout + second.stdout,
  stderr: first.stderr + second.stderr,
});

interface CompiledObject {
  readonly finished: Finished;
  /** Names of others; undefined where an object alone does not tell whether it can be linked. */
  readonly needs: readonly string[] | undefined;
}

function startObject(checker: Checker, { probe, remembered }: Trial): Started<CompiledObject> {
  const { host } = checker;
  const folder = newFolder(checker);
  const output = `${folder}/output`;
  const command = commandOf(checker, { ...probe, instead: ['-c'] })(output, folder);
  const answersOthers = remembered !== undefined;
  const words = answersOthers ? [...command, '-H'] : command;
  const ticket = startCompiler(checker, { probe, folder, command: words, answersOthers });
  return once(() => {
    const finished = host.processes.wait(ticket);
    const bytes = host.files.readBytes(output);
    host.files.remove(folder);
    return { finished, needs: bytes.ok ? namesNeeded(bytes.value) : undefined };
  });
}

/** What the linker or the files that begin and end a program define. */
const ofTheSystem = /^_(?!Z)|^(data_start|environ|etext|edata|end)$/;

function namesNeeded(bytes: Uint8Array): readonly string[] | undefined {
  const symbols = objectSymbols(bytes);
  if (symbols?.defined.includes('main') !== true) return undefined;
  if (symbols.defined.some((name) => ofTheSystem.test(name))) return undefined;
  const names = symbols.undefined.filter((name) => name !== '_GLOBAL_OFFSET_TABLE_');
  return names.every((name) => /^\w+$/.test(name)) ? names : undefined;
}

/** Links a program that names them all. */
function linkNames(
  host: Host,
  checker: Checker,
  { probe, remembered }: Trial,
  names: readonly string[],
): { readonly finished: Finished; readonly missing: ReadonlySet<string> | undefined } {
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
  const folder = newFolder(checker);
  const all: Probe = { ...probe, source: { kind: 'code', code } };
  const command = commandOf(checker, all)(`${folder}/output`, folder);
  const limit = checker.family.toolchain.linker?.id === 'ld.lld' ? ['-Wl,--error-limit=0'] : [];
  const words = [...command, ...limit, ...(remembered?.telling ?? [])];
  const finished = host.processes.wait(
    startCompiler(checker, {
      probe: all,
      folder,
      command: words,
      answersOthers: remembered !== undefined,
    }),
  );
  host.files.remove(folder);
  const ok = finished.ended.kind === 'exited' && finished.ended.code === 0;
  const missing = ok ? new Set<string>() : undefinedNames(withoutFilesTold(finished).stderr);
  const explained = missing !== undefined && [...missing].every((name) => names.includes(name));
  return { finished, missing: explained ? missing : undefined };
}
