import { isDeepStrictEqual } from 'node:util';
import { renderDiagnostic } from '../../src/diag/render.ts';
import { evaluate } from '../../src/eval/evaluate.ts';
import { format } from '../../src/lang/format/format.ts';
import { defaultStyle } from '../../src/lang/format/style.ts';
import { parse } from '../../src/lang/parse.ts';
import type { Expression } from '../../src/lang/tree.ts';
import { lint } from '../../src/lint/lint.ts';
import { ProjectFiles } from '../../src/lint/project-files.ts';
import { rules } from '../../src/lint/table.ts';
import { traceProject } from '../../src/rewrite/trace-project.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { installRustc } from '../support/stand-in-compilers.ts';

/** Texts by path, relative to the project. */
export type ProjectTexts = Readonly<Record<string, string>>;

/** What is wrong with kaon: how it took a text. Empty where all is well, whatever the text says. */
export function checkText(
  project: ProjectTexts,
  path: string,
  testcases: boolean,
): readonly string[] {
  const text = project[path] ?? '';
  const faults: string[] = [];
  const attempt = (what: string, work: () => readonly string[]): void => {
    const started = process.cpuUsage();
    try {
      faults.push(...work());
    } catch (error) {
      faults.push(`${what} threw ${error instanceof Error ? error.stack : String(error)}`);
    }
    const { user, system } = process.cpuUsage(started);
    const seconds = (user + system) / 1e6;
    if (seconds > mostSeconds) faults.push(`${what} took ${seconds.toFixed(1)} seconds`);
  };
  attempt('the parser', () => checkParse(text, testcases));
  attempt('the formatter', () => checkFormat(text, testcases));
  attempt('the evaluator', () => checkEvaluation(project, testcases));
  attempt('lint', () => checkLint(project));
  return faults;
}

/** Of the processor. */
const mostSeconds = 12;

function checkParse(text: string, testcases: boolean): readonly string[] {
  const { diagnostics } = parse({ path: 'f', text }, { testcases });
  return diagnostics.flatMap((diagnostic) => {
    renderDiagnostic(diagnostic);
    const { place, focus, message, severity } = diagnostic;
    // A second sentence of a warning before it.
    if (place === undefined)
      return severity === 'error' ? [`the parser names no place: ${message}`] : [];
    const spans = [place.span, ...(focus === undefined ? [] : [focus])];
    const inside = spans.every(
      ({ start, end }) => 0 <= start && start <= end && end <= text.length,
    );
    return inside ? [] : [`the parser names a place outside of the text: ${message}`];
  });
}

function checkFormat(text: string, testcases: boolean): readonly string[] {
  const style = { ...defaultStyle, maxLineLength: text.length % 2 === 0 ? 80 : 40 };
  const once = format({ path: 'f', text }, style, { testcases });
  if (!once.ok) return once.error.length > 0 ? [] : ['the formatter refuses without a word'];
  const faults: string[] = [];
  if (!isDeepStrictEqual(meaning(once.value, testcases), meaning(text, testcases))) {
    faults.push(`formatting changes the meaning:\n${once.value}`);
  }
  const twice = format({ path: 'f', text: once.value }, style, { testcases });
  if (!twice.ok) faults.push(`what is formatted is refused:\n${once.value}`);
  else if (twice.value !== once.value) {
    faults.push(`formatting twice differs:\n${once.value}\n---\n${twice.value}`);
  }
  return faults;
}

/** The tree without layout: what a text says, however it is written. */
function meaning(text: string, testcases: boolean): unknown {
  const { tree } = parse({ path: 'f', text }, { testcases });
  return withoutLayout([...tree.statements, ...tree.comments.map((each) => each.text.trimEnd())]);
}

function withoutLayout(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutLayout);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(withFlatFiles(node)).filter(([key]) => !layout.has(key));
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutLayout(value)]));
}

/** `files([…])` is written `files(…)`. */
function withFlatFiles(node: object): object {
  const call = node as Expression; // or anything else: then it has another kind
  if (call.kind !== 'call' || call.name !== 'files' || call.args.keywords.length > 0) return node;
  const [only, ...more] = call.args.positional;
  if (only?.kind !== 'array' || only.args !== undefined || more.length > 0) return node;
  return { ...call, args: { ...call.args, positional: only.items } };
}

const layout = new Set([
  'span',
  'next',
  'multiline',
  'format',
  'nameSpan',
  'operatorSpan',
  'keywordSpan',
  'otherwiseSpan',
  'misplaced',
]);

function checkLint(project: ProjectTexts): readonly string[] {
  const { files } = new MemoryHost(project);
  const found = lint(new ProjectFiles(files, { root: '/project' }), rules);
  for (const { diagnostic } of found) renderDiagnostic(diagnostic);
  traceProject(new ProjectFiles(files, { root: '/project' }));
  const lost = found.filter(({ diagnostic }) => diagnostic.place === undefined);
  const errors = lost.filter(({ diagnostic }) => diagnostic.severity === 'error');
  return errors.map(({ diagnostic }) => `lint names no place: ${diagnostic.message}`);
}

function checkEvaluation(project: ProjectTexts, testcases: boolean): readonly string[] {
  const host = new MemoryHost(project, {
    environment: {
      PATH: '/usr/bin',
      HOME: '/home/user',
      ...(testcases && { MESON_RUNNING_IN_PROJECT_TESTS: '1' }),
    },
  });
  installRustc(host);
  const { model, diagnostics } = evaluate({
    host,
    sourceRoot: host.system.workingDirectory,
    buildRoot: '/build',
  });
  for (const diagnostic of diagnostics) renderDiagnostic(diagnostic);
  if (model !== undefined) return [];
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (error === undefined) return ['the evaluator refuses without a word'];
  const placed = error.place !== undefined || error.related.length > 0;
  return placed ? [] : [`a refusal without a place: ${error.message}`];
}
