import { type Joint, joinable, program } from './joint.ts';
import type { Started } from './memory.ts';
import {
  type Answer,
  answer,
  type Checker,
  once,
  type Probe,
  type ProbeDependency,
  startBuild,
  startProbe,
} from './probe.ts';

/** What every check takes beside its own question. */
export interface CheckInput {
  /** Text before the code: `prefix`. */
  readonly prefix?: string;
  /** Arguments in the mode at hand: options and include folders, then the caller's `args`. */
  readonly args?: (mode: Probe['mode']) => readonly string[];
  readonly dependencies?: readonly ProbeDependency[];
}

/** `compiles()`, and the ground of most other checks. */
export function startCompiles(
  checker: Checker,
  source: Probe['source'],
  input: CheckInput = {},
): Started<Answer<boolean>> {
  return answer(startProbe(checker, probeOf(source, 'compile', input)), ({ ok }) => ok);
}

/** `links()`. */
export function startLinks(
  checker: Checker,
  source: Probe['source'],
  input: CheckInput = {},
): Started<Answer<boolean>> {
  const probe = probeOf(source, 'link', input);
  const joins =
    linksAlike(checker, probe) && source.kind === 'code' && !/\basm\b|__asm/.test(source.code);
  const joint = { kind: program, before: '', part: { name: '' } };
  return answer(startProbe(checker, joins ? { ...probe, joint } : probe), ({ ok }) => ok);
}

interface Meaning {
  readonly code: string;
  /** How it is asked beside others. */
  readonly joint?: Joint | undefined;
}

/** Whether code means something, without making any: where only the front end can object. */
export function startUnderstands(
  checker: Checker,
  { code, joint }: Meaning,
  input: CheckInput = {},
): Started<Answer<boolean>> {
  const probe = probeOf({ kind: 'code', code }, 'compile', input);
  // Under -Werror the later passes may object as well, and clang minds an output file nobody writes.
  const late = [...(probe.args ?? []), ...checker.compileArgs].some((arg) =>
    /^-(Werror|f|m|c$)/.test(arg),
  );
  const quick = checker.family.toolchain.id === 'gcc' && !late;
  const started = startProbe(checker, {
    ...probe,
    ...(quick && { instead: ['-fsyntax-only'] }),
    ...(joint !== undefined && joinsWell(checker, probe) && { joint }),
  });
  return answer(started, ({ ok }) => ok);
}

/** Whether code means the same beside other code: gcc and clang tell each line that is wrong. */
export function joinsWell(checker: Checker, probe: Probe): boolean {
  const { id, language } = checker.family.toolchain;
  const known =
    (id === 'gcc' || id === 'clang') && ['c', 'cpp', 'objc', 'objcpp'].includes(language);
  const args = (probe.dependencies ?? []).flatMap(({ compileArgs }) => compileArgs);
  return known && joinable([...args, ...checker.compileArgs, ...(probe.args ?? [])]);
}

/** Whether what is linked with it are the system's own libraries: then each name is there or not for itself. */
export function linksAlike(checker: Checker, probe: Probe): boolean {
  const { linker } = checker.family.toolchain;
  const known = ['ld.bfd', 'ld.gold', 'ld.lld', 'ld.mold'].includes(linker?.id ?? '');
  const args = (probe.dependencies ?? []).flatMap(({ linkArgs }) => linkArgs);
  return known && joinsWell(checker, probe) && joinable([...args, ...checker.linkArgs]);
}

/** A probe of some code, with the arguments and dependencies of the check. */
export function probeOf(
  source: Probe['source'],
  mode: Probe['mode'],
  { args, dependencies }: CheckInput,
): Probe {
  return { source, mode, args: args?.(mode) ?? [], dependencies: dependencies ?? [] };
}

/** How a program that was tried ended. */
export interface RunOutcome {
  readonly compiled: boolean;
  /** Meson's number for a program that never ran is 999. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `run()`: links a program and runs it. Ask `checker.runner` first whether that can be. */
export function startRun(
  checker: Checker,
  source: Probe['source'],
  input: CheckInput = {},
): Started<RunOutcome> {
  const started = startBuild(checker, probeOf(source, 'link', input));
  return once(() => {
    const built = started.finish();
    const wrapper = checker.runner === 'cannot-run' ? [] : checker.runner;
    if (!built.ok) {
      built.dispose();
      return notCompiled;
    }
    const { host } = checker;
    const ran = host.processes.run({
      argv: [...wrapper, built.output],
      workingDirectory: host.system.workingDirectory,
      environment: host.system.environment,
    });
    built.dispose();
    const { ended, stdout, stderr } = ran;
    if (ended.kind === 'not-started') return notCompiled;
    return { compiled: true, code: ended.kind === 'exited' ? ended.code : -1, stdout, stderr };
  });
}

const notCompiled: RunOutcome = {
  compiled: false,
  code: 999,
  stdout: 'UNDEFINED',
  stderr: 'UNDEFINED',
};
