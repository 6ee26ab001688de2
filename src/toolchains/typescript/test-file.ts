import { posix } from 'node:path';
import { findInPath } from '../../host/find-in-path.ts';
import type { Host } from '../../host/host.ts';
import { coverageOf } from './coverage.ts';
import { flatTap } from './flat-tap.ts';
import { inSource } from './in-source.ts';
import { jestTap } from './jest-tap.ts';
import type { Mirror } from './mirror.ts';
import { tapText } from './tap-text.ts';
import { execute, outcomeOf, type ToolOutcome } from './tool-outcome.ts';
import type { TestRun } from './tool-run.ts';

/** Runs a file of tests by what its project runs them with; the outcome's output is TAP, a line for each test. */
export function testFile(host: Host, mirror: Mirror, run: TestRun): ToolOutcome {
  const report = posix.join(host.system.temporaryDirectory, `kaon-test-${host.system.processId}`);
  try {
    const counting = coverageOf(host, mirror, run);
    const options = [...run.options, ...counting.options];
    const argv = commandOf(host, mirror, { run: { ...run, options }, report });
    const { code, output } = outcomeOf(execute(host, mirror.mirror, argv), run.runner);
    counting.keep();
    const text = host.files.readText(report);
    const isReport = text.ok && text.value.trim() !== '';
    const tap = isReport ? reported(run, text.value, output) : tapText(output);
    const cure = cureOf(run, output) || counting.missing;
    return { code, output: inSource(tap, mirror) + (cure === '' ? '' : `# kaon: ${cure}\n`) };
  } finally {
    host.files.remove(report);
  }
}

function commandOf(
  host: Host,
  { mirror }: Mirror,
  { run, report }: { readonly run: TestRun; readonly report: string },
): readonly string[] {
  const { runner, options } = run;
  // A filter is a part of a path: the whole of it stands for no other file.
  const file = posix.join(mirror, run.file);
  const config = run.config === undefined ? [] : ['--config', run.config];
  const program = `node_modules/.bin/${runner}`;
  switch (runner) {
    case 'vitest':
      return [program, 'run', file, '--reporter=tap-flat', ...config, ...options];
    case 'mocha':
      return [
        ...[program, file, '--reporter=tap', '--reporter-option=tapVersion=13'],
        ...[...config, ...options],
      ];
    case 'jest':
      return [
        ...[program, '--runTestsByPath', file, '--ci', '--json', `--outputFile=${report}`],
        ...[...config, ...options],
      ];
    case 'node':
      return [
        ...[findInPath(host, 'node') ?? 'node', ...options],
        ...['--test-reporter=tap', `--test-reporter-destination=${report}`, file],
      ];
  }
}

/** What a runner wrote into a file, and, as comments, what was said beside it. */
function reported({ runner }: TestRun, text: string, output: string): string {
  const tap = runner === 'jest' ? jestTap(text) : flatTap(text);
  const comments = output
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('Test results written to'));
  return tap + comments.map((line) => `# ${line}\n`).join('');
}

function cureOf({ runner }: TestRun, output: string): string {
  if (runner !== 'node' || !output.includes('ERR_UNKNOWN_FILE_EXTENSION')) return '';
  return "This node does not run TypeScript by itself: npm install --save-dev tsx, and args: ['--import', 'tsx']";
}
