import { unreachable } from '../../base/assert.ts';
import { escapeMarkup } from '../../base/escape-markup.ts';
import type { TestOutcome } from '../../events/event.ts';
import type { NumberedResult } from './observer.ts';

interface Suite {
  readonly name: string;
  readonly durationMs: number;
  readonly cases: { readonly outcome: TestOutcome; readonly xml: string }[];
  /** Behind the cases. */
  readonly tail: string;
}

/**
 * The results as JUnit XML: a test with parts is a suite of its own, the others are cases in a suite
 * per project, and what a gtest program reported is taken over.
 */
export function junitReport(results: readonly NumberedResult[]): string {
  const suites = new Map<string, Suite>();
  const foreign: string[] = [];
  for (const result of results) {
    const { test } = result.run;
    if (result.junit !== undefined) {
      foreign.push(...gtestSuites(result.junit, suiteName(result)));
    } else if (result.subtests.length > 0) {
      suites.set(suiteName(result), suiteOfParts(result));
    } else {
      const suite = suites.get(test.project) ?? {
        name: test.project,
        durationMs: result.durationMs,
        cases: [],
        tail: '',
      };
      suites.set(test.project, suite);
      suite.cases.push({ outcome: result.outcome, xml: singleCase(result) });
    }
  }
  const all = [...suites.values()];
  const sum = (outcomes: readonly TestOutcome[]): number =>
    all.reduce((total, suite) => total + countOf(suite, outcomes), 0);
  const tests = all.reduce((total, { cases }) => total + cases.length, 0);
  return [
    "<?xml version='1.0' encoding='utf-8'?>\n",
    `<testsuites tests="${tests}" errors="${sum(errors)}" failures="${sum(failures)}">`,
    ...foreign,
    ...all.map(suiteXml),
    '</testsuites>',
  ].join('');
}

const errors: readonly TestOutcome[] = ['interrupted', 'error', 'timeout'];
const failures: readonly TestOutcome[] = ['fail', 'unexpected-pass'];
const skips: readonly TestOutcome[] = ['skip', 'ignored'];

function countOf({ cases }: Suite, outcomes: readonly TestOutcome[]): number {
  return cases.filter(({ outcome }) => outcomes.includes(outcome)).length;
}

function suiteXml(suite: Suite): string {
  const attributes = [
    `name="${attribute(suite.name)}"`,
    `tests="${suite.cases.length}"`,
    `errors="${countOf(suite, errors)}"`,
    `failures="${countOf(suite, failures)}"`,
    `skipped="${countOf(suite, skips)}"`,
    `time="${suite.durationMs / 1000}"`,
  ].join(' ');
  const cases = suite.cases.map(({ xml }) => xml).join('');
  return `<testsuite ${attributes}>${cases}${suite.tail}</testsuite>`;
}

/** The suite of a test that tells of its parts. */
function suiteName({ run }: NumberedResult): string {
  return `${run.test.project}.${run.title}`;
}

function suiteOfParts(result: NumberedResult): Suite {
  const { subtests, durationMs } = result;
  const name = suiteName(result);
  const cases = subtests.map((part) => {
    const title = `${part.number} ${part.name}`.trim();
    const said =
      part.explanation === undefined ? '' : `<system-out>${escaped(part.explanation)}</system-out>`;
    const attributes = `name="${attribute(title)}" classname="${attribute(name)}"`;
    const xml = `<testcase ${attributes}>${outcomeXml(part.outcome)}${said}</testcase>`;
    return { outcome: part.outcome, xml };
  });
  return { name, durationMs, cases, tail: outputXml(result) };
}

function singleCase(result: NumberedResult): string {
  const { test, title } = result.run;
  const attributes = [
    `name="${attribute(title)}"`,
    `classname="${attribute(test.project)}"`,
    `time="${result.durationMs / 1000}"`,
  ].join(' ');
  return `<testcase ${attributes}>${outcomeXml(result.outcome)}${outputXml(result)}</testcase>`;
}

function outputXml({ stdout, stderr }: NumberedResult): string {
  const out = stdout === '' ? '' : `<system-out>${escaped(stdout.trimEnd())}</system-out>`;
  return out + (stderr === '' ? '' : `<system-err>${escaped(stderr.trimEnd())}</system-err>`);
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
