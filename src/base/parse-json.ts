/** What a text in JSON says, or undefined where it is none: what a program printed, what a crash left. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An object of JSON: neither a list nor null. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list of texts alone. */
export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** The object that a text in JSON is, or undefined where it is anything else. */
export function parseJsonObject(text: string): Record<string, unknown> | undefined {
  const value = parseJson(text);
  return isJsonObject(value) ? value : undefined;
}

/** As `parseJson`, but for integers that a number would round: those are `bigint`. */
export function parseExactJson(text: string): unknown {
  if (!/\d{16}/.test(text)) return parseJson(text);
  const marked = text.replace(tokens, (token, digits?: string) =>
    digits === undefined || Number.isSafeInteger(Number(token)) ? token : `"${mark}${token}"`,
  );
  try {
    return JSON.parse(marked, (_key, value: unknown) =>
      typeof value === 'string' && value.startsWith(mark)
        ? BigInt(value.slice(mark.length))
        : value,
    );
  } catch {
    return undefined;
  }
}

/** Texts, numbers with a point or an exponent, and (by their digits) integers. */
const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+(?:[eE][-+]?\d+)?|[eE][-+]?\d+)|-?(\d+)/g;

/** No text of a build has this. */
const mark = '\uf8ffinteger\uf8ff';
