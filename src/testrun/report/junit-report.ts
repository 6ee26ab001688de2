import { unreachable } from '../../base/assert.ts';
import { escapeMarkup } from '../../base/escape-markup.ts';
import type { TestOutcome } from '../../events/event.ts';
import type { FileFault, Host } from '../../host/host.ts';
import { LogFile, type LogPart, piecesOf } from './log-file.ts';
import type { NumberedResult } from './observer.ts';

interface Suite {
  readonly name: string;
  readonly durationMs: number;
  readonly outcomes: TestOutcome[];
  /** Where its cases stand. */
  readonly cases: LogPart[];
  /** Behind the cases. */
  readonly tail: LogPart | undefined;
}

/**
 * The results as JUnit XML: a test with parts is a suite of its own, the others are cases in a suite
 * per project, and what a gtest program reported is taken over. Suites begin with what they come to, so
 * cases wait in a file beside.
 */
export class JunitReport {
  readonly #host: Pick<Host, 'files' | 'storage'>;
  readonly #path: string;
  readonly #waiting: LogFile;
  readonly #suites = new Map<string, Suite>();
  readonly #foreign: LogPart[] = [];

  constructor(host: Pick<Host, 'files' | 'storage'>, path: string) {
    this.#host = host;
    this.#path = path;
    this.#waiting = new LogFile(host, `${path}.part`);
  }

  add(result: NumberedResult): void {
    const { test } = result.run;
    if (result.junit !== undefined) {
      this.#foreign.push(this.#waiting.add(gtestSuites(result.junit, suiteName(result))));
    } else if (result.subtests.length > 0) {
      this.#suites.set(suiteName(result), this.#suiteOfParts(result));
    } else {
      const name = test.project;
      const { durationMs } = result;
      const started = { name, durationMs, outcomes: [], cases: [], tail: undefined };
      const suite = this.#suites.get(name) ?? started;
      this.#suites.set(name, suite);
      suite.outcomes.push(result.outcome);
      suite.cases.push(this.#waiting.add(singleCase(result)));
    }
  }

  #suiteOfParts(result: NumberedResult): Suite {
    const { subtests, durationMs } = result;
    const outcomes = subtests.map(({ outcome }) => outcome);
    const cases = this.#waiting.add(casesOfParts(result));
    const tail = this.#waiting.add(outputXml(result));
    return { name: suiteName(result), durationMs, outcomes, cases: [cases], tail };
  }

  /** Puts all together; the fault is why that cannot be. */
  write(): FileFault | undefined {
    const report = new LogFile(this.#host, this.#path);
    const all = [...this.#suites.values()];
    const sum = (outcomes: readonly TestOutcome[]): number =>
      all.reduce((total, suite) => total + countOf(suite, outcomes), 0);
    const tests = all.reduce((total, { outcomes }) => total + outcomes.length, 0);
    report.add([
      "<?xml version='1.0' encoding='utf-8'?>\n",
      `<testsuites tests="${tests}" errors="${sum(errors)}" failures="${sum(failures)}">`,
    ]);
    for (const part of this.#foreign) report.copy(this.#waiting, part);
    for (const suite of all) {
      report.add([suiteStart(suite)]);
      for (const part of suite.cases) report.copy(this.#waiting, part);
      if (suite.tail !== undefined) report.copy(this.#waiting, suite.tail);
      report.add(['</testsuite>']);
    }
    report.add(['</testsuites>']);
    report.close();
    this.#waiting.remove();
    return this.#waiting.fault ?? report.fault;
  }
}

const errors: readonly TestOutcome[] = ['interrupted', 'error', 'timeout'];
const failures: readonly TestOutcome[] = ['fail', 'unexpected-pass'];
const skips: readonly TestOutcome[] = ['skip', 'ignored'];

function countOf(suite: Suite, outcomes: readonly TestOutcome[]): number {
  return suite.outcomes.filter((outcome) => outcomes.includes(outcome)).length;
}

function suiteStart(suite: Suite): string {
  const attributes = [
    `name="${attribute(suite.name)}"`,
    `tests="${suite.outcomes.length}"`,
    `errors="${countOf(suite, errors)}"`,
    `failures="${countOf(suite, failures)}"`,
    `skipped="${countOf(suite, skips)}"`,
    `time="${suite.durationMs / 1000}"`,
  ].join(' ');
  return `<testsuite ${attributes}>`;
}

/** The suite of a test that tells of its parts. */
function suiteName({ run }: NumberedResult): string {
  return `${run.test.project}.${run.title}`;
}

function* casesOfParts(result: NumberedResult): Iterable<string> {
  const name = suiteName(result);
  for (const part of result.subtests) {
    const title = `${part.number} ${part.name}`.trim();
    const said =
      part.explanation === undefined ? '' : `<system-out>${escaped(part.explanation)}</system-out>`;
    const attributes = `name="${attribute(title)}" classname="${attribute(name)}"`;
    yield `<testcase ${attributes}>${outcomeXml(part.outcome)}${said}</testcase>`;
  }
}

function* singleCase(result: NumberedResult): Iterable<string> {
  const { test, title } = result.run;
  const attributes = [
    `name="${attribute(title)}"`,
    `classname="${attribute(test.project)}"`,
    `time="${result.durationMs / 1000}"`,
  ].join(' ');
  yield `<testcase ${attributes}>${outcomeXml(result.outcome)}`;
  yield* outputXml(result);
  yield '</testcase>';
}

function* outputXml({ stdout, stderr }: NumberedResult): Iterable<string> {
  if (stdout !== '') yield* element('system-out', stdout.trimEnd());
  if (stderr !== '') yield* element('system-err', stderr.trimEnd());
}

function* element(name: string, text: string): Iterable<string> {
  yield `<${name}>`;
  for (const piece of piecesOf(text)) yield escaped(piece);
  yield `</${name}>`;
}

function outcomeXml(outcome: TestOutcome): string {
  switch (outcome) {
    case 'ok':
    case 'expected-fail':
      return '';
    case 'skip':
      return '<skipped />';
    case 'ignored':
      return '<skipped>Test output was not parsed.</skipped>';
    case 'error':
      return '<error />';
    case 'fail':
      return '<failure />';
    case 'unexpected-pass':
      return '<failure>Test unexpectedly passed.</failure>';
    case 'interrupted':
      return '<error>Test was interrupted by user.</error>';
    case 'timeout':
      return '<error>Test did not finish before configured timeout.</error>';
    default:
      return unreachable(outcome);
  }
}

/** The suites of a gtest report, named after our test, without the attributes JUnit does not know. */
function gtestSuites(report: string, prefix: string): readonly string[] {
  return (report.match(/<testsuite\b[\s\S]*?<\/testsuite>/g) ?? []).map((suite) =>
    suite
      .replace(/(<testsuite\b[^>]*?\bname=")/, `$1${attribute(prefix)}.`)
      .replace(/<testcase\b[^>]*>/g, (tag) =>
        tag.replace(/\s(?:result|timestamp|file|line)="[^"]*"/g, ''),
      ),
  );
}

/** A reader of XML takes plain white space of an attribute for blanks. */
function attribute(text: string): string {
  return escaped(text).replace(
    /[\t\n\r]/g,
    (char) => `&#${char.charCodeAt(0).toString().padStart(2, '0')};`,
  );
}

function escaped(text: string): string {
  return escapeMarkup(text).replace(unencodable, (char) => {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code < 0x10000 ? `\\u${code.toString(16)}` : `\\U${code.toString(16).padStart(8, '0')}`;
  });
}

/** Characters that XML has no way to write. */
const unencodable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufdd0-\ufdef\ufffe\uffff]/g;
