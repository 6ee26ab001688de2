import { quoteWords } from '../../base/shell-words.ts';
import { exitCodes, type Session } from '../session.ts';
import { inParallel } from '../subprojects/in-parallel.ts';

/** One run of a tool, for one file. */
export interface FileRun {
  readonly argv: readonly string[];
  /** Looked at when it has ended; what is to be said of it, if anything. */
  readonly after?: () => string | undefined;
}

/** Runs a tool once for each file, as many at once as there are cores. What one says stays together. */
export async function runOnFiles(
  { host, terminal }: Session,
  runs: readonly FileRun[],
): Promise<number> {
  const { processes, system } = host;
  let code: number = exitCodes.ok;
  const tasks = runs.map((run) => async () => {
    const { ended, stdout } = await processes.spawn({
      argv: run.argv,
      workingDirectory: system.workingDirectory,
      environment: system.environment,
      mergeOutput: true,
    }).done;
    return { run, ended, stdout };
  });
  await inParallel(tasks, system.cores, ({ run, ended, stdout }) => {
    if (stdout !== '') {
      terminal.print(`>>> ${quoteWords(run.argv)}`);
      terminal.write(stdout.endsWith('\n') ? stdout : `${stdout}\n`);
    }
    const said = run.after?.();
    if (said !== undefined) terminal.print(said);
    if (ended.kind === 'not-started') terminal.printError(`${run.argv[0]}: ${ended.reason}`);
    if (ended.kind !== 'exited') code = exitCodes.failed;
    else code = Math.max(code, ended.code);
  });
  return code;
}
