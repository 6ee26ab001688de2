import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver/node';
import { positionAt } from '../../diag/source.ts';
import type { Facts } from '../../lint/facts.ts';
import { type Finding, lintFacts } from '../../lint/lint.ts';
import type { BuildFile } from '../../lint/project-files.ts';
import { uriOf } from '../uri.ts';
import { rangeOf } from '../workspace.ts';
import { shownFinding } from './diagnostics.ts';

/** What can be done about what is wrong in a range: the name that was meant, or a comment that it is right so. */
export function corrections(facts: Facts, file: BuildFile, range: Range): readonly CodeAction[] {
  const here = lintFacts(facts).filter(
    (finding) => finding.file === file && touches(rangeOf(file, spanOf(finding)), range),
  );
  return here.flatMap((finding) => [...meant(facts, finding), ...silenced(facts, finding)]);
}

function spanOf({ diagnostic: { place, focus } }: Finding) {
  return focus ?? place?.span ?? { start: 0, end: 0 };
}

function touches(one: Range, other: Range): boolean {
  return one.start.line <= other.end.line && other.start.line <= one.end.line;
}

function action(
  facts: Facts,
  finding: Finding,
  made: { readonly title: string; readonly range: Range; readonly newText: string },
): CodeAction {
  const { title, range, newText } = made;
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [shownFinding(facts, finding)],
    edit: { changes: { [uriOf(finding.file.path)]: [{ range, newText }] } },
  };
}

function meant(facts: Facts, finding: Finding): readonly CodeAction[] {
  const { file, diagnostic } = finding;
  const span = spanOf(finding);
  const isQuoted = file.source.text[span.start] === "'";
  return diagnostic.hints.flatMap((hint) => {
    const name = /^Did you mean '(.+)'\?$/.exec(hint)?.[1];
    if (name === undefined) return [];
    const newText = isQuoted ? `'${name}'` : name;
    return [
      {
        ...action(facts, finding, {
          title: `Write ${newText}`,
          range: rangeOf(file, span),
          newText,
        }),
        isPreferred: true,
      },
    ];
  });
}

function silenced(facts: Facts, finding: Finding): readonly CodeAction[] {
  const { file, rule, diagnostic } = finding;
  if (diagnostic.severity === 'error' || rule === 'syntax') return [];
  const { text } = file.source;
  const { column } = positionAt(file.source, spanOf(finding).start);
  const at = spanOf(finding).start - column;
  const indent = /^[ \t]*/.exec(text.slice(at))?.[0] ?? '';
  const newText = `${indent}# kaon-lint: disable=${rule}\n`;
  const range = rangeOf(file, { start: at, end: at });
  return [action(facts, finding, { title: `Switch ${rule} off here`, range, newText })];
}
