import type { ReplaceContext } from './context.ts';
import { valueText } from './values.ts';

/** Whether a line of a template is `#mesondefine …`. */
export function isMesonDefine(line: string): boolean {
  return line.trimStart().startsWith('#mesondefine');
}

/** A line of Meson's own format: `@NAME@`, `\@NAME\@` for the text itself, `#mesondefine NAME`. */
export function replaceMeson(line: string, context: ReplaceContext): string {
  return isMesonDefine(line) ? define(line, context) : variables(line, context);
}

function define(line: string, context: ReplaceContext): string {
  const { values, tell } = context;
  const words = line.trim().split(/\s+/);
  const [, name = ''] = words;
  if (words.length !== 2)
    tell.fail(`#mesondefine does not contain exactly two tokens: ${line.trim()}`);
  const value = values.get(name);
  switch (typeof value) {
    case 'undefined':
      return `/* #undef ${name} */\n`;
    case 'string':
      return variables(`${`#define ${name} ${value}`.trim()}\n`, context);
    case 'boolean':
      return value ? `#define ${name}\n` : `#undef ${name}\n`;
    case 'number':
    case 'bigint':
      return `#define ${name} ${value}\n`;
  }
}

// Backslashes before an `@` come in pairs; `@NAME@` without one before it; `\@NAME\@`.
const pattern = /(?:\\\\)+(?=\\?@)|(?<!\\)@([-a-zA-Z0-9_]+)@|(\\@[-a-zA-Z0-9_]+\\@)/g;

function variables(line: string, { values, missing, tell }: ReplaceContext): string {
  return line.replace(pattern, (whole, name: string | undefined, escaped: string | undefined) => {
    if (escaped !== undefined) return `@${escaped.slice(2, -2)}@`;
    if (name === undefined) return '\\'.repeat(whole.length / 2);
    const value = values.get(name);
    if (value === undefined) {
      missing.add(name);
      return '';
    }
    if (typeof value === 'boolean')
      tell.deprecated(`Variable substitution with boolean value '${name}' is deprecated.`);
    return valueText(value);
  });
}
