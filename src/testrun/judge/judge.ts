import type { TestOutcome } from '../../events/event.ts';
import type { Finished } from '../../host/host.ts';
import type { PlannedTest } from '../../model/test-plan.ts';
import { isBad, type NumberedSubtest } from '../test-run.ts';
import { returnCode } from './return-code.ts';
import { rustSubtests } from './rust-results.ts';
import { TapParser } from './tap-parser.ts';

/** Of lines that are no TAP. Some tests print a million. */
const mostUnknown = 100;

/** The GNU exit codes of a test that cannot run here, and of one that went wrong before it tested anything. */
const skipCode = 77;
const errorCode = 99;

export interface Judgement {
  readonly outcome: TestOutcome;
  readonly subtests: readonly NumberedSubtest[];
  readonly warnings: readonly string[];
  readonly additionalError: string;
  /** Standard error, with what a protocol adds to it. */
  readonly stderr: string;
}

interface TestEnd extends Finished {
  /** We ended it. */
  readonly interrupted: boolean;
}

/** What the end and the output of a process mean for its test. */
export function judge(
  test: PlannedTest,
  { ended, stdout, stderr, interrupted, isCut }: TestEnd,
): Judgement {
  const code = returnCode(ended);
  const killed: TestOutcome | undefined = interrupted
    ? 'interrupted'
    : ended.kind === 'timed-out'
      ? 'timeout'
      : undefined;
  const said = { stderr, subtests: [], warnings: [], additionalError: '' };
  if (ended.kind === 'not-started') {
    const additionalError = `cannot be started: ${ended.reason}`;
    return { ...said, outcome: 'error', additionalError };
  }
  if (isCut === true && (test.protocol === 'tap' || test.protocol === 'rust')) {
    const additionalError = 'its output is too long to be read: only the end of it was kept';
    return { ...said, outcome: killed ?? 'error', additionalError };
  }
  if (test.protocol === 'tap') {
    const read = readTap(stdout);
    const outcome = killed ?? read.outcome;
    if (code === 0 || isBad(outcome)) {
      return { ...said, ...read, outcome: turned(test, outcome) };
    }
    const told = `${stderr}\n(test program exited with status code ${code})`;
    return { ...said, ...read, outcome: 'error', stderr: told };
  }
  if (test.protocol === 'rust') {
    const subtests = rustSubtests(stdout).map((each, index) => ({ ...each, number: index + 1 }));
    const outcome = killed ?? ofSubtests(subtests);
    if (code === 0 || isBad(outcome) || (code === skipCode && subtests.length === 0))
      return { ...said, subtests, outcome: turned(test, outcome) };
    // It died, or never began: that nothing failed means nothing. Meson takes it for a skip.
    const told = `${stderr}\n(test program exited with status code ${code})`;
    return { ...said, subtests, outcome: turned(test, ofCode(test, code)), stderr: told };
  }
  return { ...said, outcome: turned(test, killed ?? ofCode(test, code)) };
}

function ofCode(test: PlannedTest, code: number): TestOutcome {
  if (code === (test.expectedExitCode ?? 0)) return 'ok';
  if (code === skipCode) return 'skip';
  return code === errorCode ? 'error' : 'fail';
}

/** `should_fail` turns success and failure round, and nothing else. */
function turned(test: PlannedTest, outcome: TestOutcome): TestOutcome {
  if (!test.shouldFail) return outcome;
  if (outcome === 'ok') return 'unexpected-pass';
  return outcome === 'fail' ? 'expected-fail' : outcome;
}

/** Where nothing ran, all is skipped. */
function ofSubtests(subtests: readonly NumberedSubtest[]): TestOutcome {
  const some = (wanted: TestOutcome): boolean => subtests.some(({ outcome }) => outcome === wanted);
  if (subtests.every(({ outcome }) => outcome === 'skip')) return 'skip';
  if (some('error')) return 'error';
  return some('fail') ? 'fail' : 'ok';
}

function readTap(stdout: string) {
  const parser = new TapParser();
  const lines = stdout.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const subtests: NumberedSubtest[] = [];
  const unknown: { readonly line: string; readonly lineNumber: number }[] = [];
  let version = 12;
  let outcome: TestOutcome = 'ok';
  let additionalError = '';
  for (const event of [...lines.flatMap((line) => parser.line(line)), ...parser.end()]) {
    if (event.kind === 'version') version = event.version;
    if (event.kind === 'unknown') unknown.push(event);
    if (event.kind === 'bail-out') outcome = 'error';
    if (event.kind === 'error') {
      additionalError += `TAP parsing error: ${event.message}`;
      outcome = 'error';
    }
    if (event.kind === 'detail') explain(subtests, event);
    if (event.kind === 'test') {
      subtests.push({ ...event.subtest, number: event.number });
      if (isBad(event.subtest.outcome)) outcome = 'fail';
    }
  }
  if (outcome !== 'error' && subtests.every((each) => each.outcome === 'skip')) outcome = 'skip';
  return { outcome, subtests, additionalError, warnings: unknownLines(unknown, version) };
}

/** What a test says of its failure. */
function explain(
  subtests: NumberedSubtest[],
  { number, text }: { readonly number: number; readonly text: string },
): void {
  const at = subtests.findLastIndex((each) => each.number === number);
  const subtest = subtests[at];
  if (subtest === undefined || !isBad(subtest.outcome)) return;
  const explanation = [subtest.explanation, text].filter(Boolean).join('\n');
  subtests[at] = { ...subtest, explanation };
}

function unknownLines(
  lines: readonly { readonly line: string; readonly lineNumber: number }[],
  version: number,
): readonly string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, mostUnknown);
  const more = lines.length - shown.length;
  const width = String(shown.at(-1)?.lineNumber).length;
  return [
    ...shown.map(
      ({ line, lineNumber }) => `stdout: ${String(lineNumber).padStart(width)}: UNKNOWN: ${line}`,
    ),
    ...(more > 0 ? [`and ${more} more such lines`] : []),
    version > 13
      ? 'Unknown TAP output lines have been ignored. Please open a feature request to\nimplement them, or prefix them with a # if they are not TAP syntax.'
      : 'WARNING: Unknown TAP output lines for a supported TAP version.\nThis is probably a bug in the test; if they are not TAP syntax, prefix them with a #',
  ];
}
