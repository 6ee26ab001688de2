import type { Finished, Host } from '../../host/host.ts';
import { type Joint, type JointAnswer, joinedCode, program } from './joint.ts';
import { learnLibraries, librariesOf } from './linked-libraries.ts';
import { startLinkedPrograms } from './linked-programs.ts';
import { once, type ProbeOutcome, type Started } from './memory.ts';
import { partsOf } from './objects-of-programs.ts';
import { withoutFilesTold } from './remember-trial.ts';
import {
  type Checker,
  commandOf,
  launchOf,
  newFolder,
  outcomeOf,
  type Probe,
  startCompiler,
  type Trial,
} from './trial.ts';

/** A probe that nobody needed yet, and that can be tried together with others. */
interface Waiting {
  readonly checker: Checker;
  readonly trial: Trial;
  readonly joint: Joint;
  /** Those with the same may be tried together. */
  readonly group: string;
  /** The whole question. */
  readonly key: string;
  /** Its command line. */
  readonly line: string;
  /** Somebody wants to know; it is not only guessed that somebody will. */
  asked: boolean;
  outcome?: ProbeOutcome;
}

const queues = new WeakMap<Host, Waiting[]>();

function queueOf(host: Host): Waiting[] {
  const queue = queues.get(host) ?? [];
  queues.set(host, queue);
  return queue;
}

/** What waits or waited, by its whole question. */
const questions = new WeakMap<Host, Map<string, Question>>();

interface Question {
  readonly waiting: Waiting;
  readonly started: Started<ProbeOutcome>;
}

function questionsOf(host: Host) {
  const known = questions.get(host) ?? new Map<string, Question>();
  questions.set(host, known);
  return known;
}

/** A probe that was foreseen, and that somebody asks for now. */
export function askForeseen(host: Host, key: string): Started<ProbeOutcome> | undefined {
  const guess = questionsOf(host).get(key);
  if (guess !== undefined) guess.waiting.asked = true;
  return guess?.started;
}

/** A guess that cannot wait. */
export const notAsked: Started<ProbeOutcome> = {
  finish: () => ({ ok: false, cached: false, stdout: '', stderr: '', command: [] }),
};

/** Lets a probe wait for others of its kind. All that wait are tried when the first is needed. */
export function wait(
  checker: Checker,
  { trial, joint, key }: { readonly trial: Trial; readonly joint: Joint; readonly key: string },
): Started<ProbeOutcome> {
  const { probe } = trial;
  const { host, guessed = false } = checker;
  const args = joint.sharedArgs ?? probe.args ?? [];
  const words = commandOf(checker, { ...probe, args })('output');
  const line = JSON.stringify(words);
  const group = JSON.stringify([joint.kind.name, line, joint.before]);
  const waiting: Waiting = { checker, trial, joint, group, key, line, asked: !guessed };
  const finish = () => {
    waiting.asked = true;
    if (waiting.outcome === undefined) {
      checker.lookAhead?.();
      tryWaiting(host);
    }
    return waiting.outcome ?? tryAlone(waiting).finish();
  };
  const withdraw = () => {
    // Others may ask for it yet: until then it waits like one that is only foreseen.
    waiting.asked = false;
    return waiting.outcome === undefined;
  };
  const started = once(finish, withdraw);
  if (guessed && questionsOf(host).has(key)) return notAsked;
  questionsOf(host).set(key, { waiting, started });
  queueOf(host).push(waiting);
  // A guess is not looked at by who guesses.
  return guessed ? notAsked : started;
}

/** Tries all that were asked for and wait, and what was foreseen where it costs no run of its own. */
function tryWaiting(host: Host): void {
  const queue = queueOf(host);
  while (queue.some(({ asked }) => asked)) {
    const all = grouped(queue.splice(0), ({ group }) => group);
    const groups: (readonly Waiting[])[] = [];
    for (const group of all) {
      const isAsked = group.some(({ asked }) => asked);
      const members = isAsked && group[0]?.joint.kind !== program ? group : withCompany(group);
      if (members.length > 0) groups.push(members);
      queue.push(...group.filter((member) => !members.includes(member)));
    }
    const lonely = groups.filter(isLonelyProgram).flat();
    const rounds = [
      ...groups
        .filter((group) => !isLonelyProgram(group))
        .map((group) => startTogether(host, group)),
      ...grouped(lonely, ({ line }) => line).map((group) => startPrograms(host, group)),
    ];
    for (const { finish } of rounds) finish();
  }
}

/** Programs that were asked for, and those foreseen that can stand beside them. */
function withCompany(group: readonly Waiting[]): readonly Waiting[] {
  const preambleOf = ({ checker, trial }: Waiting): string | undefined =>
    partsOf(checker, trial)?.preamble;
  const asked = group.filter((each) => each.asked);
  const preambles = new Set(asked.map(preambleOf));
  return group.filter((each) => {
    if (each.asked || asked.length === 0) return each.asked;
    const preamble = preambleOf(each);
    return preamble !== undefined && preambles.has(preamble);
  });
}

function grouped(
  all: readonly Waiting[],
  by: (waiting: Waiting) => string,
): readonly (readonly Waiting[])[] {
  const groups = new Map<string, Waiting[]>();
  for (const waiting of all) {
    const group = groups.get(by(waiting)) ?? [];
    groups.set(by(waiting), group);
    group.push(waiting);
  }
  return [...groups.values()];
}

/** A program whose code has no company; what it is linked with is that of others. */
function isLonelyProgram([first, ...others]: readonly Waiting[]): boolean {
  return (
    first?.trial.probe.mode === 'link' && (others.length === 0 || first.joint.kind === program)
  );
}

function startPrograms(host: Host, members: readonly Waiting[]): Started<void> {
  const [first] = members;
  const isKnown = first !== undefined && librariesOf(first.checker, first.trial) !== undefined;
  if (first === undefined || (members.length === 1 && !isKnown))
    return startTogether(host, members);
  const startedMs = host.clock.nowMs();
  const linked = startLinkedPrograms(
    first.checker,
    members.map(({ trial }) => trial),
  );
  return once(() => {
    const told = linked.finish();
    const alone = members.filter((member, number) => {
      const one = told[number];
      if (one === undefined || one.answer === 'alone') return true;
      keep(member, one.answer, { finished: one.finished, startedMs });
      return false;
    });
    tryEach(alone.filter(({ asked }) => asked));
  });
}

function tryEach(alone: readonly Waiting[]): void {
  const tried = alone.map((member) => ({ member, started: tryAlone(member) }));
  for (const { member, started } of tried) settle(member, started.finish());
}

/** One run for all members of a group; those it leaves open wait for the next. */
function startTogether(host: Host, members: readonly Waiting[]): Started<void> {
  const [first, ...others] = members;
  if (first === undefined) return once(() => {});
  if (others.length === 0) {
    const alone = tryAlone(first);
    return once(() => settle(first, alone.finish()));
  }
  const { checker, trial } = first;
  const startedMs = host.clock.nowMs();
  const parts = members.map(({ joint }) => joint.part);
  const { code, partOfLine } = joinedCode(first.joint, parts);
  const folder = newFolder(checker);
  const probe: Probe = {
    ...trial.probe,
    source: { kind: 'code', code },
    args: [
      ...(first.joint.sharedArgs ?? trial.probe.args ?? []),
      ...parts.flatMap(argsOf),
      ...withoutLimits(checker, trial.probe),
    ],
  };
  const command = commandOf(checker, probe)(`${folder}/output`, folder);
  const telling = trial.remembered?.telling ?? [];
  const answersOthers = members.every((member) => member.trial.remembered !== undefined);
  const words = [...command, ...telling];
  const ticket = startCompiler(checker, { probe, folder, command: words, answersOthers });
  return once(() => {
    const finished = host.processes.wait(ticket);
    host.files.remove(folder);
    if (trial.probe.mode === 'link') learnLibraries(checker, trial, finished);
    const { stdout, stderr } = telling.length === 0 ? finished : withoutFilesTold(finished);
    const ok = finished.ended.kind === 'exited' && finished.ended.code === 0;
    const answers = first.joint.kind.read({ ok, stdout, stderr, parts, partOfLine });
    const alone: Waiting[] = [];
    for (const [number, member] of members.entries()) {
      const told = answers.get(number);
      if (told !== undefined && told !== 'alone') keep(member, told, { finished, startedMs });
      else if (told === undefined && answers.size > 0) queueOf(host).push(member);
      // Who only was foreseen is tried when somebody asks.
      else if (member.asked) alone.push(member);
    }
    tryEach(alone);
  });
}

/** LLVM's tools stop after twenty errors. */
function withoutLimits({ family: { toolchain } }: Checker, { mode }: Probe): readonly string[] {
  return [
    ...(toolchain.id === 'clang' ? ['-ferror-limit=0'] : []),
    ...(mode === 'link' && toolchain.linker?.id === 'ld.lld' ? ['-Wl,--error-limit=0'] : []),
  ];
}

const argsOf = ({ args = [] }: Joint['part']): readonly string[] => args;

function settle(waiting: Waiting, outcome: ProbeOutcome): void {
  waiting.outcome = outcome;
  waiting.joint.settled?.(outcome);
}

function tryAlone({ checker, trial, joint }: Waiting): Started<ProbeOutcome> {
  const { host } = checker;
  const { folder, command, remembered } = trial;
  const ticket = startCompiler(checker, trial);
  return once(() => {
    const finished = host.processes.wait(ticket);
    host.files.remove(folder);
    if (trial.probe.mode === 'link' && joint.kind === program)
      learnLibraries(checker, trial, finished);
    return outcomeOf(remembered === undefined ? finished : withoutFilesTold(finished), command);
  });
}

/** What a joint run told of one is remembered as if it had been tried alone: it rests on the same files, or more. */
function keep(
  waiting: Waiting,
  { ok, stdout = '' }: Exclude<JointAnswer, 'alone'>,
  joint: { readonly finished: Finished; readonly startedMs: number },
): void {
  const { checker, trial } = waiting;
  const finished: Finished = { ended: { kind: 'exited', code: ok ? 0 : 1 }, stdout, stderr: '' };
  const launch = launchOf(checker, trial);
  const { remember } = launch;
  if (remember !== undefined) {
    const restsOn = remember.restsOn(joint.finished);
    checker.host.processes.keep?.(
      {
        ...launch,
        remember: { ...remember, restsOn: () => restsOn && { ...restsOn, kept: finished } },
      },
      finished,
      joint.startedMs,
    );
  }
  settle(waiting, outcomeOf(finished, trial.command));
}
