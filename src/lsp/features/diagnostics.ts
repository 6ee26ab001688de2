import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver/node';
import type { Severity } from '../../diag/diagnostic.ts';
import type { Facts } from '../../lint/facts.ts';
import { type Finding, lintFacts } from '../../lint/lint.ts';
import type { BuildFile } from '../../lint/project-files.ts';
import { uriOf } from '../uri.ts';
import { rangeOf } from '../workspace.ts';

/** What the parser and lint say of each file of a project, by URI; nothing is an empty list. */
export function diagnostics(facts: Facts): ReadonlyMap<string, readonly Diagnostic[]> {
  const files = filesOf(facts);
  const found = lintFacts(facts);
  return new Map(
    files.map((file) => [
      uriOf(file.path),
      found
        .filter((finding) => finding.file === file)
        .map((finding) => shownFinding(facts, finding)),
    ]),
  );
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  deprecation: DiagnosticSeverity.Warning,
  notice: DiagnosticSeverity.Information,
};

const tags: Readonly<Record<string, DiagnosticTag>> = {
  'unused-variable': DiagnosticTag.Unnecessary,
  'unused-option': DiagnosticTag.Unnecessary,
  'unreachable-code': DiagnosticTag.Unnecessary,
  deprecated: DiagnosticTag.Deprecated,
};

function filesOf({ scan, optionFile }: Facts): readonly BuildFile[] {
  return [...scan.files, ...(optionFile === undefined ? [] : [optionFile])];
}

/** A finding as editors know it. */
export function shownFinding(facts: Facts, { file, rule, diagnostic }: Finding): Diagnostic {
  const files = filesOf(facts);
  const { message, severity, place, focus, hints, related } = diagnostic;
  const span = focus ?? place?.span ?? { start: 0, end: 0 };
  const tag = tags[rule];
  const places = related.flatMap((each) => {
    const of = files.find(({ source }) => source === each.place.source);
    if (of === undefined) return [];
    const location = { uri: uriOf(of.path), range: rangeOf(of, each.place.span) };
    return [{ location, message: each.message }];
  });
  return {
    range: rangeOf(file, span),
    severity: severities[severity],
    source: 'kaon',
    code: rule,
    message: [message, ...hints].join('\n'),
    ...(tag !== undefined && { tags: [tag] }),
    ...(places.length > 0 && { relatedInformation: places }),
  };
}
