/** No file that people keep is nested deeper. */
const deepest = 500;

/**
 * Where a text stops being JSON: the offset of what does not belong there, or of its end. What is nested
 * too deep to be read here counts as wrong.
 */
export function jsonFault(text: string): number | undefined {
  const whole = { text, at: 0, depth: 0 };
  if (!value(whole)) return whole.at;
  space(whole);
  return whole.at < text.length ? whole.at : undefined;
}

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
}

const plain =
  /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/uy;
const name = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;

/** Each of these goes behind what it reads, and stays at what it does not understand. */
function value(reader: Reader): boolean {
  space(reader);
  const opened = reader.text[reader.at];
  if (opened === '{')
    return items(reader, '}', () => take(reader, name) && sign(reader, ':') && value(reader));
  if (opened === '[') return items(reader, ']', () => value(reader));
  return take(reader, plain);
}

function items(reader: Reader, end: string, item: () => boolean): boolean {
  if (reader.depth === deepest) return false;
  reader.at++;
  if (sign(reader, end)) return true;
  reader.depth++;
  for (;;) {
    space(reader);
    if (!item()) return false;
    if (sign(reader, end)) break;
    if (!sign(reader, ',')) return false;
  }
  reader.depth--;
  return true;
}

function sign(reader: Reader, wanted: string): boolean {
  space(reader);
  if (reader.text[reader.at] !== wanted) return false;
  reader.at++;
  return true;
}

function take(reader: Reader, token: RegExp): boolean {
  token.lastIndex = reader.at;
  const found = token.exec(reader.text);
  reader.at += found?.[0].length ?? 0;
  return found !== null;
}

function space(reader: Reader): void {
  while (/[ \t\r\n]/.test(reader.text[reader.at] ?? '')) reader.at++;
}
