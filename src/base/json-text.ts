/** `JSON.stringify` for data that may hold integers of any size. */
export function jsonText(value: unknown, indent?: number): string {
  try {
    return JSON.stringify(value, undefined, indent);
  } catch (error) {
    // Large integers are rare, and to look at each value takes time.
    if (!(error instanceof TypeError)) throw error;
  }
  if (typeof value === 'bigint') return String(value);
  const marked = JSON.stringify(
    value,
    (_key, item) => (typeof item === 'bigint' ? `${mark}${item}` : item),
    indent,
  );
  return marked.replaceAll(new RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1');
}

/** No text of a build has this. */
const mark = '\uf8ffinteger\uf8ff';

/** On one line, with a space after each comma and colon, as Python writes it: scripts look for `"version": "`. */
export function spacedJsonText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spacedJsonText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return jsonText(value ?? null);
  const fields = Object.entries(value).flatMap(([name, item]) =>
    item === undefined ? [] : [`${JSON.stringify(name)}: ${spacedJsonText(item)}`],
  );
  return `{${fields.join(', ')}}`;
}
