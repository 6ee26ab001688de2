import { type Diagnostic, errorAt, type Place } from '../diag/diagnostic.ts';
import type { Source } from '../diag/source.ts';
import { withoutSecrets } from './url.ts';

/** One `key = value`. Keys are in lower case, as Python's parser gives them. */
export interface IniEntry {
  readonly key: string;
  readonly value: string;
  readonly keyPlace: Place;
  /** The value's first line; the key where the value is empty. */
  readonly place: Place;
}

export interface IniSection {
  readonly name: string;
  readonly place: Place;
  readonly entries: readonly IniEntry[];
}

export interface Ini {
  readonly sections: readonly IniSection[];
  readonly diagnostics: readonly Diagnostic[];
}

interface OpenEntry {
  readonly key: string;
  readonly indent: number;
  readonly lines: string[];
  readonly keyPlace: Place;
  place: Place;
}

interface OpenSection {
  readonly name: string;
  readonly place: Place;
  readonly entries: OpenEntry[];
}

/**
 * Reads the ini dialect of wrap files: that of Python's configparser without interpolation. Comments
 * take whole lines (`#`, `;`), deeper lines continue a value, `=` or `:` ends a key, and neither a
 * section nor a key within it may come twice. Places show no secrets of URLs.
 */
export function parseIni({ path, text: whole }: Source): Ini {
  const source: Source = { path, text: withoutSecrets(whole) };
  const diagnostics: Diagnostic[] = [];
  const sections: OpenSection[] = [];
  let open: OpenEntry | undefined;
  let offset = 0;
  for (const rawLine of whole.split('\n')) {
    const start = offset;
    offset += rawLine.length + 1;
    const line = rawLine.replace(/\r$/, '');
    const text = line.trim();
    const indent = line.length - line.trimStart().length;
    const place = { source, span: { start: start + indent, end: start + indent + text.length } };
    if (text === '') {
      open?.lines.push('');
      continue;
    }
    if (/^[#;]/.test(text)) continue;
    if (open !== undefined && indent > open.indent) {
      if (open.lines.every((earlier) => earlier === '')) open.place = place;
      open.lines.push(text);
      continue;
    }
    open = undefined;
    const header = /^\[([^\]]+)\]/.exec(text)?.[1];
    const section = sections.at(-1);
    if (header !== undefined) {
      if (sections.some(({ name }) => name === header))
        diagnostics.push(errorAt(place, `Section "${header}" is there twice.`));
      sections.push({ name: header, place, entries: [] });
      continue;
    }
    if (section === undefined) {
      diagnostics.push(errorAt(place, `"${text}" stands before the first [section].`));
      continue;
    }
    const match = /^(.*?)\s*[=:]\s*(.*)$/s.exec(text);
    if (match === null || match[1] === '') {
      diagnostics.push(errorAt(place, `"${text}" is not of the form key = value.`));
      continue;
    }
    const [, key = '', value = ''] = match;
    const keyPlace = { source, span: { start: start + indent, end: start + indent + key.length } };
    const valueAt = start + indent + text.length - value.length;
    const entry: OpenEntry = {
      key: key.toLowerCase(),
      indent,
      lines: [value],
      keyPlace,
      place: value === '' ? keyPlace : { source, span: { start: valueAt, end: place.span.end } },
    };
    if (section.entries.some((earlier) => earlier.key === entry.key))
      diagnostics.push(errorAt(keyPlace, `Key "${key}" is there twice in [${section.name}].`));
    section.entries.push(entry);
    open = entry;
  }
  return { sections: sections.map(closed), diagnostics };
}

function closed({ name, place, entries }: OpenSection): IniSection {
  return {
    name,
    place,
    entries: entries.map((entry) => ({
      key: entry.key,
      value: entry.lines.join('\n').trim(),
      keyPlace: entry.keyPlace,
      place: entry.place,
    })),
  };
}
