/**
 * The one line of what a test says of its failure that tells most: of a YAML block, as TAP has it, the
 * `message` or `error`; else the first.
 */
export function reasonOf(explanation: string): string {
  const lines = explanation.split('\n');
  for (const key of ['message', 'error']) {
    const at = lines.findIndex((line) => new RegExp(`^\\s*${key}: *\\S`).test(line));
    const line = lines[at];
    if (line === undefined) continue;
    const value = line.slice(line.indexOf(':') + 1).trim();
    const isBlock = /^[|>][+-]?$/.test(value);
    const said = isBlock ? lines.slice(at + 1).find((each) => each.trim() !== '') : value;
    return unquoted(said?.trim() ?? '');
  }
  return lines[0] ?? '';
}

function unquoted(text: string): string {
  return /^(['"]).*\1$/.test(text) ? text.slice(1, -1) : text;
}
