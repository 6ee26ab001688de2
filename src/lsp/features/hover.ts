import type { Hover } from 'vscode-languageserver/node';
import { lineText, positionAt } from '../../diag/source.ts';
import { ownOptions } from '../../lint/options.ts';
import {
  describe,
  describeKeyword,
  describeModule,
  describeVariable,
  methodName,
} from '../describe.ts';
import { type Entity, entityAt } from '../entity.ts';
import { rangeOf, type Spot } from '../workspace.ts';

/** What is known of the thing under the pointer: our manual, a variable's type, an option's purpose. */
export function hover(spot: Spot): Hover | undefined {
  const entity = entityAt(spot);
  const value = entity && textOf(spot, entity);
  if (entity === undefined || value === undefined) return undefined;
  return { contents: { kind: 'markdown', value }, range: rangeOf(spot.file, entity.span) };
}

function textOf({ facts }: Spot, entity: Entity): string | undefined {
  switch (entity.kind) {
    case 'function':
      return describe(entity.declared.name, entity.declared);
    case 'method':
      return entity.methods
        .map(({ owner, declared }) => describe(methodName(owner, declared.name), declared))
        .filter(
          (text, at, all) =>
            all.findIndex((each) => each.split('\n')[3] === text.split('\n')[3]) === at,
        )
        .join('\n\n---\n\n');
    case 'keyword':
      return describeKeyword(entity.name, entity.of);
    case 'module':
      return describeModule(entity.name);
    case 'option':
      return optionText(facts, entity.name);
    case 'variable': {
      const [first] = facts.writes.get(entity.name) ?? [];
      const line = first && positionAt(first.file.source, first.span.start).line;
      const code = first && lineText(first.file.source, line ?? 1).trim();
      return describeVariable(entity.name, facts.inference.variable(entity.name), code);
    }
    default:
      return undefined;
  }
}

function optionText({ options }: Spot['facts'], name: string): string | undefined {
  const declared = options.find((option) => option.name === name);
  const own = ownOptions.get(name);
  const { type, description } = declared ?? own ?? {};
  if (type === undefined) return undefined;
  const choices = declared?.choices.length ? `\n\nChoices: ${declared.choices.join(', ')}.` : '';
  return `**${name}** (${type})${description ? `\n\n${description}` : ''}${choices}`;
}
