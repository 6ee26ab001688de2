import { unreachable } from '../../base/assert.ts';
import type { OptionDeclaration } from '../../model/option.ts';
import type { GivenValue } from './option-key.ts';

/** Tells of a deprecated option or value, and gives the value that takes its place. */
export function applyDeprecation(
  {
    deprecated,
    type,
  }: Pick<OptionDeclaration, 'type'> & {
    readonly deprecated?: OptionDeclaration['deprecated'] | undefined;
  },
  { shown, value }: { readonly shown: string; readonly value: GivenValue },
  tell: { deprecated(message: string): void },
): GivenValue {
  if (deprecated === undefined) return value;
  const listed = (): readonly string[] => {
    if (typeof value === 'object') return value;
    if (typeof value === 'string' && type.kind === 'array')
      return value
        .replace(/^\[|\]$/g, '')
        .split(',')
        .map((item) => item.trim().replace(/^'|'$/g, ''));
    return [String(value)];
  };
  switch (deprecated.kind) {
    case 'option':
      tell.deprecated(`Option "${shown}" is deprecated`);
      return value;
    case 'values':
      for (const one of listed())
        if (deprecated.values.includes(one))
          tell.deprecated(`Option "${shown}" value '${one}' is deprecated`);
      return value;
    case 'replaced-values':
      return listed()
        .map((one) => {
          const instead = deprecated.replacements.get(one);
          if (instead !== undefined)
            tell.deprecated(`Option "${shown}" value '${one}' is replaced by '${instead}'`);
          return instead ?? one;
        })
        .join(',');
    case 'renamed':
      tell.deprecated(`Option "${shown}" is replaced by '${deprecated.to}'`);
      return value;
    default:
      return unreachable(deprecated);
  }
}

/** Said of an option whose replacements lead back to it. */
export function replacedByItself(shown: string): string {
  return `Option "${shown}" is replaced by itself.`;
}
