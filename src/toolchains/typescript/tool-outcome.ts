import { posix } from 'node:path';
import type { FileFault, Finished, Host } from '../../host/host.ts';

/** What a tool run came to: text for people and an exit code. */
export interface ToolOutcome {
  readonly code: number;
  readonly output: string;
}

/** Runs a program in a folder of the mirror of a package. */
export function execute(host: Host, workingDirectory: string, argv: readonly string[]): Finished {
  return host.processes.run({
    argv,
    workingDirectory,
    environment: host.system.environment,
  });
}

/** How a TypeScript tool ended, as an exit status and what people read; why it could not run is in that. */
export function outcomeOf({ ended, stdout, stderr }: Finished, tool: string): ToolOutcome {
  const output = stdout + stderr;
  switch (ended.kind) {
    case 'exited':
      return { code: ended.code, output };
    case 'killed':
      return { code: 1, output: `${output}kaon: ${tool} was ended by ${ended.signal}\n` };
    case 'timed-out':
      return { code: 1, output: `${output}kaon: ${tool} took too long\n` };
    case 'not-started':
      return {
        code: 1,
        output: `kaon: ${tool} could not be started (${ended.reason}). ${cure(tool)}\n`,
      };
  }
}

/** What a tool said, and that a file stood in the way after it. */
export function faultOf({ path, reason }: FileFault, before?: ToolOutcome): ToolOutcome {
  return { code: 1, output: `${before?.output ?? ''}kaon: ${path}: ${reason}\n` };
}

function cure(tool: string): string {
  return tool === 'npm'
    ? 'It comes with Node: https://nodejs.org.'
    : `It is to be one of the packages: npm install --save-dev ${tool === 'tsc' ? 'typescript' : tool}`;
}

/** The outcome of a tool, once a file is written that goes with it. */
export function written(
  host: Host,
  { path, text }: { readonly path: string; readonly text: string },
  outcome: ToolOutcome,
): ToolOutcome {
  host.files.makeDirectory(posix.dirname(path));
  const done = host.files.replace(path, text);
  return done.ok ? outcome : faultOf({ ...done.error, path }, outcome);
}
