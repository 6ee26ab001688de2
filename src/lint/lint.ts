import type { Diagnostic } from '../diag/diagnostic.ts';
import { positionAt } from '../diag/source.ts';
import { type Facts, gatherFacts } from './facts.ts';
import type { BuildFile, ProjectFiles } from './project-files.ts';
import type { Rule } from './rule.ts';
import { type Suppressions, suppressionsOf } from './suppress.ts';
import { rules as allRules } from './table.ts';

/** What is wrong, or looks so, in a build file. */
export interface Finding {
  readonly file: BuildFile;
  /** A rule's name, or `syntax`. */
  readonly rule: string;
  readonly diagnostic: Diagnostic;
}

/** The rules that are looked at when none is named. */
export const defaultRules: readonly Rule[] = allRules.filter(({ optional }) => optional !== true);

/** Looks through a project. Findings are in the order of files and lines. */
export function lint(
  project: ProjectFiles,
  rules: readonly Rule[] = defaultRules,
): readonly Finding[] {
  return lintFacts(gatherFacts(project), rules);
}

/**
 * The same of a project whose facts are gathered already: an editor asks other things of them as
 * well.
 */
export function lintFacts(facts: Facts, rules: readonly Rule[] = defaultRules): readonly Finding[] {
  const files = [
    ...facts.scan.files,
    ...(facts.optionFile === undefined ? [] : [facts.optionFile]),
  ];
  const found: Finding[] = files.flatMap((file) =>
    file.diagnostics.map((diagnostic) => ({ file, rule: 'syntax', diagnostic })),
  );
  const suppressions = new Map<BuildFile, Suppressions>();
  const broken = new Set(
    files.filter((file) => file.diagnostics.some(({ severity }) => severity === 'error')),
  );
  for (const rule of rules) {
    // What a broken text was meant to say is not known: what seems to be lacking may be in it.
    if (broken.size > 0 && rule.looksEverywhere === true) continue;
    rule.check(facts, ({ file, span, message, hint, related = [] }) => {
      const own = suppressions.get(file) ?? suppressionsOf(file);
      suppressions.set(file, own);
      if (broken.has(file) || own.hides(rule.name, positionAt(file.source, span.start).line))
        return;
      const { start, end } = span;
      const place = { source: file.source, span: { start, end } };
      const hints = hint === undefined ? [] : [hint];
      const diagnostic = { severity: rule.severity, message, place, hints, related };
      found.push({ file, rule: rule.name, diagnostic });
    });
  }
  const order = new Map(files.map((file, at) => [file, at]));
  const startOf = ({ diagnostic }: Finding): number => diagnostic.place?.span.start ?? 0;
  return found.sort(
    (a, b) => (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0) || startOf(a) - startOf(b),
  );
}
