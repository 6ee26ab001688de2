import { posix } from 'node:path';
import { escapePattern } from '../../base/escape-pattern.ts';
import { readBoolean, readInteger, readSettings, type Settings } from './settings.ts';
import type { FormatStyle } from './style.ts';

interface EditorConfigFile {
  /** The folder it lies in. */
  readonly folder: string;
  readonly settings: Settings;
}

/**
 * What `.editorconfig` files say of a file (editorconfig.org), as far as build files go. `textOf` reads a
 * file; undefined where there is none.
 */
export function editorStyle(
  path: string,
  textOf: (path: string) => string | undefined,
): Partial<FormatStyle> {
  const values = new Map<string, string>();
  for (const { folder, settings } of filesAbove(path, textOf)) {
    const own = new Map<string, string>();
    for (const [pattern, section] of settings) {
      if (pattern === '' || !matches(pattern, path.slice(folder.length).replace(/^\/*/, '')))
        continue;
      for (const [key, value] of section) own.set(key, value.toLowerCase());
    }
    for (const [key, value] of own) if (!values.has(key)) values.set(key, value);
  }
  return styleOf(values);
}

/** The nearest first, up to one that says to look no further. */
function filesAbove(
  path: string,
  textOf: (path: string) => string | undefined,
): readonly EditorConfigFile[] {
  const found: EditorConfigFile[] = [];
  for (const folder of foldersAbove(path)) {
    const settings = readSettings(textOf(posix.join(folder, '.editorconfig')) ?? '', /=/);
    if (!settings.ok) continue;
    found.push({ folder, settings: settings.value });
    if (readBoolean(settings.value.get('')?.get('root') ?? '') === true) break;
  }
  return found;
}

/** The folders that an absolute path lies in, the nearest first. */
export function foldersAbove(path: string): readonly string[] {
  const folder = posix.dirname(path);
  return folder === path ? [] : [folder, ...foldersAbove(folder)];
}

function styleOf(values: ReadonlyMap<string, string>): Partial<FormatStyle> {
  const integer = (key: string): number | undefined => readInteger(values.get(key) ?? '');
  const size = integer('indent_size');
  const kind = values.get('indent_style');
  const indentBy =
    kind === 'tab'
      ? '\t'
      : kind === 'space' || size !== undefined
        ? ' '.repeat(size ?? 4)
        : undefined;
  const length = values.get('max_line_length') === 'off' ? 0 : integer('max_line_length');
  const end = values.get('end_of_line');
  const endOfLine = end === 'lf' || end === 'cr' || end === 'crlf' ? end : undefined;
  const tabWidth = integer('tab_width');
  const final = readBoolean(values.get('insert_final_newline') ?? '') === true;
  return {
    ...(indentBy !== undefined && { indentBy }),
    ...(length !== undefined && { maxLineLength: length }),
    ...(endOfLine !== undefined && { endOfLine }),
    ...(final && { insertFinalNewline: true }),
    ...(tabWidth !== undefined && { tabWidth }),
  };
}

/** Whether a section's pattern means a file; `path` is relative to the folder of the `.editorconfig`. */
function matches(pattern: string, path: string): boolean {
  const inFolder = pattern.includes('/');
  const ranges: (readonly [number, number])[] = [];
  const source = translate(inFolder ? pattern.replace(/^\//, '') : pattern, ranges);
  const found = new RegExp(`^${inFolder ? '' : '(?:.*/)?'}${source}$`).exec(path);
  if (found === null) return false;
  return ranges.every(([low, high], at) => {
    const value = Number(found.groups?.[`n${at}`]);
    return value >= low && value <= high;
  });
}

/** A pattern as a regular expression: `*`, `**`, `?`, `[…]`, `{a,b}`, `{1..9}`. */
function translate(pattern: string, ranges: (readonly [number, number])[]): string {
  let result = '';
  for (let at = 0; at < pattern.length; at++) {
    const rest = pattern.slice(at);
    const range = /^\{(-?\d+)\.\.(-?\d+)\}/.exec(rest);
    const choice = /^\{([^{}]*,[^{}]*)\}/.exec(rest);
    const set = /^\[(!?)([^\]/]+)\]/.exec(rest);
    if (range !== null) {
      result += `(?<n${ranges.length}>[+-]?\\d+)`;
      ranges.push([Number(range[1]), Number(range[2])]);
      at += range[0].length - 1;
    } else if (choice !== null) {
      const parts = (choice[1] ?? '').split(',').map((part) => translate(part, ranges));
      result += `(?:${parts.join('|')})`;
      at += choice[0].length - 1;
    } else if (set !== null) {
      result += `[${set[1] === '' ? '' : '^'}${(set[2] ?? '').replace(/[\\^]/g, '\\$&')}]`;
      at += set[0].length - 1;
    } else if (rest.startsWith('**')) {
      result += '.*';
      at++;
    } else if (rest.startsWith('\\') && rest.length > 1) {
      at++;
      result += escapePattern(pattern[at] ?? '');
    } else {
      const [character = ''] = rest;
      result += character === '*' ? '[^/]*' : character === '?' ? '[^/]' : escapePattern(character);
    }
  }
  return result;
}
