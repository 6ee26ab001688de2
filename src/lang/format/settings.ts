/** A file of settings: sections of `key = value`. What stands before the first section is in the section ``. */
export type Settings = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Reads `meson.format` or `.editorconfig`; answers the number of the first line that is neither. */
export function readSettings(
  text: string,
  delimiters: RegExp,
): { readonly ok: true; readonly value: Settings } | { readonly ok: false; readonly line: number } {
  const sections = new Map<string, Map<string, string>>([['', new Map()]]);
  let section = '';
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const trimmed = line.trim();
    if (trimmed === '' || /^[#;]/.test(trimmed)) continue;
    const heading = /^\[(.*)\]$/.exec(trimmed)?.[1];
    if (heading !== undefined) {
      section = heading;
      if (!sections.has(section)) sections.set(section, new Map());
      continue;
    }
    const end = trimmed.search(delimiters);
    if (end <= 0) return { ok: false, line: at + 1 };
    const key = trimmed.slice(0, end).trim().toLowerCase();
    sections.get(section)?.set(key, trimmed.slice(end + 1).trim());
  }
  return { ok: true, value: sections };
}

/** As Python's configuration files write them. */
export function readBoolean(value: string): boolean | undefined {
  const word = value.toLowerCase();
  if (['1', 'yes', 'true', 'on'].includes(word)) return true;
  return ['0', 'no', 'false', 'off'].includes(word) ? false : undefined;
}

/** A whole number; undefined for any other text. */
export function readInteger(value: string): number | undefined {
  return /^[+-]?\d+$/.test(value) ? Number(value) : undefined;
}
