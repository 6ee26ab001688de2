/** Numbers as the source writes them: literals, symbols, and arithmetic between them. */

export type Symbols = ReadonlyMap<string, number>;

/** What is wrong with a line of the source; the assembler adds where that is. */
export class SourceError extends Error {
  readonly isLocated: boolean;

  constructor(message: string, where?: string) {
    super(where === undefined ? message : `${where}: ${message}`);
    this.isLocated = where !== undefined;
  }
}

const token = /\s*(0x[0-9a-f]+|0b[01]+|\d+|'(?:\\.|[^'\\])'|[\w.$]+|<<|>>|[-+*&|^~()])/iy;

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', '0': '\0', e: '\x1b' };

/** The text between quotes, with its escapes replaced. */
export function unescape(text: string): string {
  return text.replace(/\\(.)/g, (_, c: string) => escapes[c] ?? c);
}

const operators: Record<string, { binds: number; apply: (a: number, b: number) => number }> = {
  '|': { binds: 1, apply: (a, b) => a | b },
  '^': { binds: 2, apply: (a, b) => a ^ b },
  '&': { binds: 3, apply: (a, b) => a & b },
  '<<': { binds: 4, apply: (a, b) => a << b },
  '>>': { binds: 4, apply: (a, b) => a >>> b },
  '+': { binds: 5, apply: (a, b) => a + b },
  '-': { binds: 5, apply: (a, b) => a - b },
  '*': { binds: 6, apply: (a, b) => Math.imul(a, b) },
};

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const match = token.exec(text);
    if (!match?.[1]) throw new SourceError(`"${text.trim()}" is no expression`);
    tokens.push(match[1]);
  }
  return tokens;
}

/** The value of an expression, as a signed 32-bit number. */
export function evaluate(text: string, symbols: Symbols): number {
  const tokens = tokenize(text);
  let at = 0;

  function primary(): number {
    const first = tokens[at++];
    if (first === undefined) throw new SourceError(`"${text.trim()}" ends too early`);
    if (first === '-') return -primary();
    if (first === '~') return ~primary();
    if (first === '(') {
      const value = binary(0);
      if (tokens[at++] !== ')') throw new SourceError(`a ")" is missing in "${text.trim()}"`);
      return value;
    }
    if (first.startsWith("'")) return unescape(first.slice(1, -1)).charCodeAt(0);
    if (/^\d/.test(first)) {
      const value = Number(first);
      if (Number.isNaN(value)) throw new SourceError(`"${first}" is no number`);
      return value;
    }
    const value = symbols.get(first);
    if (value === undefined) throw new SourceError(`"${first}" is not defined`);
    return value;
  }

  function binary(least: number): number {
    let left = primary();
    for (;;) {
      const operator = operators[tokens[at] ?? ''];
      if (!operator || operator.binds <= least) return left;
      at++;
      left = operator.apply(left, binary(operator.binds)) | 0;
    }
  }

  const value = binary(0);
  if (at !== tokens.length) {
    throw new SourceError(`"${tokens[at]}" was not expected in "${text.trim()}"`);
  }
  return value | 0;
}
