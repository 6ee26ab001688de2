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
  return answer(startProbe(checker, probeOf(source, 'link', input)), ({ ok }) => ok);
}

/** Whether code means something, without making any: where only the front end can object. */
export function startUnderstands(
  checker: Checker,
  code: string,
  input: CheckInput = {},
): Started<Answer<boolean>> {
  const probe = probeOf({ kind: 'code', code }, 'compile', input);
  // Under -Werror the later passes may object as well, and clang minds an output file nobody writes.
  const late = [...(probe.args ?? []), ...checker.compileArgs].some((arg) =>
    /^-(Werror|f|m|c$)/.test(arg),
  );
  const quick = checker.family.toolchain.id === 'gcc' && !late;
  const started = startProbe(checker, quick ? { ...probe, instead: ['-fsyntax-only'] } : probe);
  return answer(started, ({ ok }) => ok);
}

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
