import type { Finished, Host, Launch } from '../../host/host.ts';
import { rustupFiles, toolIdentity } from '../../host/tool-identity.ts';
import { toolEnvironment } from '../tool-environment.ts';

/** Work in rounds: each yields what to run side by side, and goes on with how that ended. */
export type Steps<T> = Generator<readonly Question[], T, readonly Finished[]>;

/** A command whose answer is wanted. */
export interface Question {
  readonly argv: readonly string[];
  readonly input?: string;
  /** Where it is asked, if that may matter. */
  readonly workingDirectory?: string;
  /** That it went wrong is not remembered: what was missing may be there the next time. */
  readonly rememberSuccessOnly?: true;
  /** What it writes is wanted, so an earlier answer is not enough. */
  readonly askAnew?: true;
  /** It runs what this other one made, and says the same as long as that would. */
  readonly runs?: Question;
}

/** Runs several works at once: while one waits, the processes of the others run as well. */
export function runSteps<T>(host: Host, works: readonly Steps<T>[]): readonly T[] {
  const results: T[] = [];
  const running = works.map((steps, index) => ({ steps, index, tickets: askNext(steps, index) }));
  function askNext(steps: Steps<T>, index: number, answers: readonly Finished[] = []) {
    const next = steps.next(answers);
    if (next.done === true) {
      results[index] = next.value;
      return undefined;
    }
    return next.value.map((question) => host.processes.start(rememberedLaunch(host, question)));
  }
  while (running.some(({ tickets }) => tickets !== undefined)) {
    for (const work of running) {
      if (work.tickets === undefined) continue;
      const answers = work.tickets.map((ticket) => host.processes.wait(ticket));
      work.tickets = askNext(work.steps, work.index, answers);
    }
  }
  return results;
}

function launchOf(host: Host, { argv, input, workingDirectory }: Question): Launch {
  return {
    argv,
    workingDirectory: workingDirectory ?? host.system.temporaryDirectory,
    environment: toolEnvironment(host),
    input: input ?? '',
  };
}

/** Compilers say the same of themselves until they change, or the folders that they name. */
function rememberedLaunch(host: Host, question: Question): Launch {
  const launch = launchOf(host, question);
  const identity = question.askAnew === true ? undefined : identityOf(host, question);
  if (identity === undefined) return launch;
  const { argv, input = '' } = question.runs ?? question;
  const { processId, temporaryDirectory } = host.system;
  // Detection names what it writes after this process.
  const words = argv.map((word) => word.replace(`kaon-${processId}-`, 'kaon-'));
  const { workingDirectory } = question;
  const settings = rustupFiles(workingDirectory ?? temporaryDirectory);
  const name = ['detect', identity, words, input, ...(question.runs === undefined ? [] : ['run'])];
  return {
    ...launch,
    remember: {
      name: JSON.stringify(workingDirectory === undefined ? name : [...name, workingDirectory]),
      restsOn: (finished) =>
        question.rememberSuccessOnly === true && !succeeded(finished)
          ? undefined
          : { files: [...settings, ...namedFolders(finished.stderr)], kept: finished },
    },
  };
}

/** Identifies the answering program: if it is built, by what builds it and by what starts it. */
function identityOf(host: Host, { argv, runs }: Question): string | undefined {
  if (runs === undefined) return toolIdentity(host, argv);
  const maker = toolIdentity(host, runs.argv);
  const starter = argv.length > 1 ? toolIdentity(host, argv) : '';
  return maker === undefined || starter === undefined
    ? undefined
    : JSON.stringify([maker, starter, argv.slice(0, -1)]);
}

/** The folders that `-v` tells of, searched or missing. */
function namedFolders(verbose: string): readonly string[] {
  if (!verbose.includes('search starts here')) return [];
  return [...verbose.matchAll(/^ (\/\S+)$|directory "(\/[^"]+)"/gm)].map(
    ([, searched, missing]) => searched ?? missing ?? '/',
  );
}

/** Whether a command was started and ended well. */
export function succeeded(finished: Finished | undefined): finished is Finished {
  return finished?.ended.kind === 'exited' && finished.ended.code === 0;
}

/** A version in what a tool prints of itself, as Meson finds it. */
export function findVersion(text: string): string {
  const strict = /(?<![\d.])\d{1,2}(?:\.\d+)+(?:-[a-zA-Z0-9]+)?(?!\S)/.exec(text);
  if (strict !== null) return strict[0];
  return /\d{1,4}\.\d{1,4}\.?\d{0,4}/.exec(text)?.[0] ?? 'unknown version';
}
