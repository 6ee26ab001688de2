import type { Environment } from '../base/environment.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Host } from '../host/host.ts';

/** A tool and the folder it works in. */
export interface ToolRun {
  readonly argv: readonly string[];
  readonly folder: string;
  /** Added to ours. */
  readonly environment?: Environment;
  readonly stdinFile?: string;
  readonly stdoutFile?: string;
}

/** Runs a tool; answers what it printed. An error is a sentence that names the tool. */
export async function runTool(host: Host, run: ToolRun): Promise<Result<string, string>> {
  const { argv, folder, environment, stdinFile, stdoutFile } = run;
  const { ended, stdout, stderr } = await host.processes.spawn({
    argv,
    workingDirectory: folder,
    environment: { ...host.system.environment, LC_ALL: 'C', LANGUAGE: '', ...environment },
    ...(stdinFile !== undefined && { stdinFile }),
    ...(stdoutFile !== undefined && { stdoutFile }),
  }).done;
  if (ended.kind === 'exited' && ended.code === 0) return ok(stdout);
  const name = argv
    .slice(0, 2)
    .filter((word) => !word.startsWith('-'))
    .map((word) => word.slice(word.lastIndexOf('/') + 1))
    .join(' ');
  if (ended.kind === 'not-started') return err(`${name} could not be started: ${ended.reason}`);
  const said = `${stderr}\n${stdout}`.trim();
  const how = ended.kind === 'exited' ? `it ended with ${ended.code}` : `it was ${ended.kind}`;
  return err(`${name} failed: ${said === '' ? how : said}`);
}
