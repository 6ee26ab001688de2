import type { CallExpression, Expression } from '../lang/tree.ts';
import { builtinOptions } from '../model/builtin-options.ts';
import { choicesOf } from '../model/option.ts';
import { baseOptions } from '../toolchains/base-options.ts';
import { languageSuffixes } from '../toolchains/languages.ts';
import type { BuildFile } from './project-files.ts';
import type { Site } from './scan.ts';
import { bool, int, listOf, str, type Types } from './types.ts';

/** An option as an option file declares it. */
export interface DeclaredOption extends Site {
  readonly name: string;
  /** `boolean`, `combo`, …; empty where it is not told. */
  readonly type: string;
  readonly description: string;
  readonly choices: readonly string[];
  readonly node: CallExpression;
  readonly deprecated: boolean;
}

/** The options of an option file, in order. The span is that of the name between its quotes. */
export function declaredOptions(file: BuildFile | undefined): readonly DeclaredOption[] {
  return (file?.tree.statements ?? []).flatMap((statement) => {
    const node = statement.kind === 'expression' ? statement.expression : undefined;
    if (file === undefined || node?.kind !== 'call' || node.name !== 'option') return [];
    const [first] = node.args.positional;
    if (first?.kind !== 'string') return [];
    const { start, end } = first.span;
    const keyword = (name: string) => node.args.keywords.find((each) => each.name === name)?.value;
    return {
      file,
      span: { start: start + 1, end: end - 1 },
      node,
      name: first.value,
      type: literal(keyword('type')),
      description: literal(keyword('description')),
      choices: items(keyword('choices')),
      deprecated: keyword('deprecated') !== undefined,
    };
  });
}

function literal(node: Expression | undefined): string {
  return node?.kind === 'string' ? node.value : '';
}

function items(node: Expression | undefined): readonly string[] {
  return node?.kind === 'array' ? node.items.map(literal) : [];
}

/** Options that are there without a project's asking, with what they are for. */
export const ownOptions: ReadonlyMap<
  string,
  { readonly description: string; readonly type: string; readonly choices: readonly string[] }
> = new Map(
  [...builtinOptions, ...baseOptions].map(({ name, description, type }) => [
    name,
    { description, type: type.kind, choices: choicesOf(type) },
  ]),
);

const languageOption = new RegExp(
  `^(build\\.)?(${Object.keys(languageSuffixes).join('|')}|typescript)_[a-z_]+$`,
);

/** Whether an option is there without being declared: a built-in one, a compiler's, a module's. */
export function isOwnOption(name: string): boolean {
  const bare = name.replace(/^build\./, '');
  return (
    ownOptions.has(bare) || languageOption.test(name) || /^(backend_|install_umask$)/.test(name)
  );
}

/** What `get_option` gives for an option's type. */
export function typesOfOption(type: string): Types {
  switch (type) {
    case 'string':
    case 'combo':
      return str;
    case 'boolean':
      return bool;
    case 'integer':
      return int;
    case 'array':
      return listOf(str);
    case 'feature':
      return [{ name: 'Feature' }];
    default:
      return undefined;
  }
}
