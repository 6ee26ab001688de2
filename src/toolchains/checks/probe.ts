import { dirname } from 'node:path/posix';
import { once, type ProbeOutcome, type Started } from './memory.ts';
import { rememberTrial, withoutFilesTold } from './remember-trial.ts';
import {
  type Checker,
  commandOf,
  fileText,
  launchOf,
  newFolder,
  outcomeOf,
  type Probe,
  seesProject,
  startCompiler,
  type Trial,
  withNewline,
} from './trial.ts';
import { askForeseen, notAsked, wait } from './waiting.ts';

export { once } from './memory.ts';
export type { Checker, Probe, ProbeDependency } from './trial.ts';

/** An answer with whether it was known from before, as Meson's `(cached)` tells. */
export interface Answer<T> {
  readonly value: T;
  readonly cached: boolean;
}

/** A check that reads its answer out of the outcome of its probe, once that is there. */
export function answer<T>(
  started: Started<ProbeOutcome>,
  read: (outcome: ProbeOutcome) => T,
): Started<Answer<T>> {
  return once(() => {
    const outcome = started.finish();
    return { value: read(outcome), cached: outcome.cached };
  }, started.withdraw);
}

/** Starts a compiler; nothing is kept of what it writes. */
export function startProbe(checker: Checker, probe: Probe): Started<ProbeOutcome> {
  const { host, memory } = checker;
  const line = commandOf(checker, probe);
  const text =
    probe.source.kind === 'code'
      ? withNewline(probe.source.code)
      : fileText(host, probe.source.path);
  const key = JSON.stringify([checker.family.toolchain.fullVersion, ...line('output'), text]);
  const known = memory.recall(key);
  if (known !== undefined) return known;
  const foreseen = checker.guessed === true ? undefined : askForeseen(host, key);
  if (foreseen !== undefined) {
    memory.remember(key, foreseen);
    return foreseen;
  }
  const folder = newFolder(checker);
  const command = line(`${folder}/output`, folder);
  const { source, mode } = probe;
  const remembered = rememberTrial(host, checker.family, {
    mode,
    words: line('output'),
    text,
    workingDirectory: folder,
    ...(source.kind === 'file' && { sourceFolder: dirname(source.path) }),
  });
  const fresh = startFresh(checker, { probe, folder, command, remembered }, key);
  memory.remember(key, fresh);
  return fresh;
}

function startFresh(checker: Checker, trial: Trial, key: string): Started<ProbeOutcome> {
  const { host } = checker;
  const { folder, command, remembered } = trial;
  const launch = launchOf(checker, trial);
  // An earlier run's answer needs no folder.
  const before = host.processes.recall?.(launch);
  if (before !== undefined) return once(() => outcomeOf(before, command));
  const { joint } = trial.probe;
  if (joint !== undefined && !seesProject(trial)) return wait(checker, { trial, joint, key });
  if (checker.guessed === true) return notAsked;
  const ticket = startCompiler(checker, trial);
  return once(() => {
    const finished = host.processes.wait(ticket);
    host.files.remove(folder);
    return outcomeOf(remembered === undefined ? finished : withoutFilesTold(finished), command);
  });
}

/** What came of a probe whose output is wanted. `dispose` removes it. */
export interface Built extends ProbeOutcome {
  readonly folder: string;
  readonly output: string;
  readonly dispose: () => void;
}

/** Starts a compiler and keeps its output until `dispose`. */
export function startBuild(checker: Checker, probe: Probe): Started<Built> {
  const { host } = checker;
  const folder = newFolder(checker);
  const output = `${folder}/output`;
  const command = commandOf(checker, probe)(output, folder);
  const ticket = startCompiler(checker, { probe, folder, command });
  return once(() => ({
    ...outcomeOf(host.processes.wait(ticket), command),
    folder,
    output,
    dispose: () => {
      host.files.remove(folder);
    },
  }));
}
