import { posix } from 'node:path';
import type { Host } from '../../host/host.ts';
import type { LineTable } from './line-counts.ts';

export interface GcovRun {
  readonly host: Host;
  /** `gcov`, or `llvm-cov gcov`. */
  readonly tool: readonly string[];
  /** Absolute. */
  readonly buildRoot: string;
  /** Notes of objects (`.gcno`), relative to the build directory. */
  readonly notes: readonly string[];
}

/** How many files one run of the tool gets. */
const atOnce = 100;

/** Adds the lines of objects that were compiled with `--coverage`; undefined, or why it could not. */
export function addObjects(run: GcovRun, table: LineTable): string | undefined {
  const { host, tool, buildRoot, notes } = run;
  for (let at = 0; at < notes.length; at += atOnce) {
    const { ended, stdout, stderr } = host.processes.run({
      argv: [...tool, '-t', '-p', ...notes.slice(at, at + atOnce)],
      workingDirectory: buildRoot,
      environment: { ...host.system.environment, LC_ALL: 'C' },
    });
    if (ended.kind === 'not-started') return `${tool.join(' ')}: ${ended.reason}`;
    if (ended.kind !== 'exited' || ended.code !== 0) return `${tool.join(' ')}: ${stderr.trim()}`;
    readGcov(stdout, buildRoot, table);
  }
  return undefined;
}

/** Reads gcov's text: `    #####:    4:code`, below `        -:    0:Source:path`. */
export function readGcov(text: string, folder: string, table: LineTable): void {
  let path = '';
  for (const row of text.split('\n')) {
    const [, count = '', number = '', rest = ''] = /^\s*([^:]+):\s*(\d+):(.*)$/.exec(row) ?? [];
    const line = Number(number);
    if (line === 0 && rest.startsWith('Source:')) path = posix.resolve(folder, rest.slice(7));
    if (line === 0 || path === '' || count === '-') continue;
    // `=====` is code that only an exception reaches; a star marks a line of which a part never ran.
    const isNever = /^[#=]+$/.test(count);
    table.add(path, line, isNever ? 0 : Number.parseInt(count, 10));
  }
}
