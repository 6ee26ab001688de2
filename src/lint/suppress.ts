import { positionAt } from '../diag/source.ts';
import type { BuildFile } from './project-files.ts';

/** Which rules the comments of a file switch off, and where. */
export interface Suppressions {
  readonly hides: (rule: string, line: number) => boolean;
}

const pattern = /#\s*kaon-lint:\s*(disable|disable-file)\s*=\s*([\w,\s-]+)/;

/**
 * Reads the comments of a file: `# kaon-lint: disable=RULE,…` is for its own line, or, where it stands
 * alone, for the next; `disable-file=` is for all of the file. `all` means every rule.
 */
export function suppressionsOf({ source, tree }: BuildFile): Suppressions {
  const byLine = new Map<number, Set<string>>();
  const everywhere = new Set<string>();
  for (const { text, span } of tree.comments) {
    const [, what, list] = pattern.exec(text) ?? [];
    if (list === undefined) continue;
    const rules = list.split(/[\s,]+/).filter((each) => each !== '');
    const { line, column } = positionAt(source, span.start);
    const isAlone = source.text.slice(span.start - column, span.start).trim() === '';
    const at = isAlone ? line + 1 : line;
    const set = what === 'disable-file' ? everywhere : (byLine.get(at) ?? new Set());
    for (const rule of rules) set.add(rule);
    if (what !== 'disable-file') byLine.set(at, set);
  }
  const has = (set: ReadonlySet<string> | undefined, rule: string): boolean =>
    set?.has(rule) === true || set?.has('all') === true;
  return { hides: (rule, line) => has(everywhere, rule) || has(byLine.get(line), rule) };
}
