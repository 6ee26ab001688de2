import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type Location,
  type Range,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { builtinVariables } from '../../lint/infer.ts';
import type { Site } from '../../lint/scan.ts';
import { type Entity, entityAt } from '../entity.ts';
import { uriOf } from '../uri.ts';
import { locationOf, rangeOf, type Spot } from '../workspace.ts';

/** Every place that names the variable or option at a place. */
export function references(
  spot: Spot,
  { definitions }: { readonly definitions: boolean },
): readonly Location[] {
  return sitesOf(spot, entityAt(spot), { definitions }).map(locationOf);
}

/** The same in the file at hand, and which of them give it a value. */
export function highlights(spot: Spot): readonly DocumentHighlight[] {
  const entity = entityAt(spot);
  const writes = entity?.kind === 'variable' ? (spot.facts.writes.get(entity.name) ?? []) : [];
  return sitesOf(spot, entity, { definitions: true })
    .filter(({ file }) => file === spot.file)
    .map(({ file, span }) => {
      const isWrite = writes.some(
        (write) => write.file === file && write.span.start === span.start,
      );
      const kind = isWrite ? DocumentHighlightKind.Write : DocumentHighlightKind.Read;
      return { range: rangeOf(file, span), kind };
    });
}

/** What would be renamed at a place. */
export function renamed(spot: Spot): Range | undefined {
  const entity = entityAt(spot);
  return isRenamable(spot, entity) ? rangeOf(spot.file, entity.span) : undefined;
}

/** The edits that give a variable or option another name; or why it cannot have it. */
export function rename(spot: Spot, name: string): WorkspaceEdit | string {
  const entity = entityAt(spot);
  if (!isRenamable(spot, entity)) return 'Only variables and options can be renamed.';
  const form = entity.kind === 'variable' ? /^[a-zA-Z_]\w*$/ : /^[a-zA-Z0-9_-]+$/;
  if (!form.test(name))
    return `'${name}' is no name of ${entity.kind === 'variable' ? 'a variable' : 'an option'}.`;
  if (entity.kind === 'variable' && (reserved.has(name) || builtinVariables.has(name))) {
    return `'${name}' means something else already.`;
  }
  const changes: Record<string, { range: Range; newText: string }[]> = {};
  for (const { file, span } of sitesOf(spot, entity, { definitions: true })) {
    const edits = changes[uriOf(file.path)] ?? [];
    changes[uriOf(file.path)] = edits;
    edits.push({ range: rangeOf(file, span), newText: name });
  }
  return { changes };
}

const reserved = new Set([
  ...['true', 'false', 'and', 'or', 'not', 'in', 'if', 'elif', 'else', 'endif'],
  ...['foreach', 'endforeach', 'continue', 'break'],
]);

type Named = Extract<Entity, { readonly kind: 'variable' | 'option' }>;

function isRenamable({ facts }: Spot, entity: Entity | undefined): entity is Named {
  if (entity?.kind === 'variable') return facts.writes.has(entity.name);
  return entity?.kind === 'option' && facts.options.some(({ name }) => name === entity.name);
}

function sitesOf(
  { facts }: Spot,
  entity: Entity | undefined,
  { definitions }: { readonly definitions: boolean },
): readonly Site[] {
  if (entity?.kind === 'variable') {
    const { name } = entity;
    const writes = definitions ? (facts.writes.get(name) ?? []) : [];
    return unique([...writes, ...(facts.reads.get(name) ?? [])]);
  }
  if (entity?.kind !== 'option') return [];
  const uses = facts.calls.flatMap(({ node, file }) => {
    const [first] = node.kind === 'call' && node.name === 'get_option' ? node.args.positional : [];
    if (first?.kind !== 'string' || first.value !== entity.name) return [];
    return [{ file, span: { start: first.span.start + 1, end: first.span.end - 1 } }];
  });
  return [
    ...(definitions ? facts.options.filter(({ name }) => name === entity.name) : []),
    ...uses,
  ];
}

/** `x += 1` both reads and writes. */
function unique(sites: readonly Site[]): readonly Site[] {
  const seen = new Set<string>();
  return sites.filter(({ file, span }) => {
    const key = `${file.path}:${span.start}`;
    return !seen.has(key) && seen.add(key);
  });
}
