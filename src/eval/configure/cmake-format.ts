import type { ReplaceContext } from './context.ts';
import { valueText } from './values.ts';

/** Whether a line of a template is `#cmakedefine …`. */
export function isCmakeDefine(line: string): boolean {
  return /^\s*#\s*cmakedefine/.test(line);
}

/** A line of CMake's format: `@NAME@`, `${NAME}`, `#cmakedefine NAME …`, `#cmakedefine01 NAME`. */
export function replaceCmake(line: string, context: ReplaceContext): string {
  return isCmakeDefine(line) ? define(line, context) : variables(line, context);
}

function define(line: string, context: ReplaceContext): string {
  const { values, tell } = context;
  if (/^\s*#\s/.test(line)) tell.uses('whitespace between `#` and `cmakedefine`', '1.9.0');
  const isNumber = line.includes('cmakedefine01');
  // Meson cuts one character off, whether or not it is the `#`.
  const [, name = '', ...rest] = line.slice(1).trim().split(/\s+/);
  if (line.slice(1).trim().split(/\s+/).length !== 2)
    tell.uses('cmakedefine without exactly two tokens', '0.54.1');
  const value = values.get(name);
  if (isNumber) return `#define ${name} ${value ? 1 : 0}\n`;
  if (!value) return `/* #undef ${name} */\n`;
  const words = rest.map((word) => {
    const known = values.get(word);
    return known === undefined ? word : valueText(known);
  });
  return variables(`${`#define ${name} ${words.join(' ')}`.trim()}\n`, context);
}

const invalid = /[^a-zA-Z0-9_/.+-]/;

/** Replaces from the left; what is put in is looked at no more, but a `${…}` may hold others. */
function variables(text: string, context: ReplaceContext): string {
  let line = text;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '@') {
      const next = line.indexOf('@', at + 1);
      const name = line.slice(at + 1, next);
      if (next > at + 1 && !invalid.test(name)) {
        const value = look(name, context);
        line = line.slice(0, at) + value + line.slice(next + 1);
      }
    } else if (!context.atOnly && line.startsWith('${', at)) {
      const end = closing(line, at, context);
      const name = variables(line.slice(at + 2, end), context);
      const wrong = invalid.exec(name)?.[0];
      if (wrong !== undefined)
        context.tell.fail(`Found invalid character '${wrong}' in variable '${name}'`);
      const value = look(name, context);
      line = line.slice(0, at) + value + line.slice(end + 1);
    }
  }
  return line;
}

/** Where the brace of `${` closes. */
function closing(line: string, start: number, { tell }: ReplaceContext): number {
  let depth = 1;
  for (let at = start + 2; at < line.length; ) {
    if (line.startsWith('${', at)) {
      depth++;
      at += 2;
      continue;
    }
    const character = line[at] ?? '';
    if (character === '}') {
      depth--;
      if (depth === 0) return at;
    } else if (character !== '@' && character !== '\n' && invalid.test(character)) {
      tell.fail(
        `Found invalid character '${character}' in variable '${line.slice(start + 2, at)}'`,
      );
    }
    at++;
  }
  return tell.fail(`Found incomplete variable '${line.slice(start, -1)}'`);
}

function look(name: string, { values, missing }: ReplaceContext): string {
  const value = values.get(name);
  if (value === undefined) {
    missing.add(name);
    return '';
  }
  // A boolean is 1 or nothing, as Meson has it for CMake.
  return typeof value === 'boolean' ? String(Number(value)) : String(value);
}
