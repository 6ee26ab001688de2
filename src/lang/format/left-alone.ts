import { wordsOf } from './words.ts';

/** A comment that says that what follows is to stay as it is, or not any more. */
interface Toggle {
  readonly says: string;
  readonly start: number;
  readonly end: number;
}

/** `# fmt: off`, as muon and formatters of other languages have it. */
const pattern = /^#\s*fmt:\s*(on|off)\s*$/;

/**
 * A formatted text, with all between `# fmt: off` and `# fmt: on` (or the end) as it was written. Where that
 * cannot be told from what is around it, all stays as it was.
 */
export function withLeftAlone(text: string, formatted: string): string {
  if (!text.includes('fmt:')) return formatted;
  const before = togglesIn(text);
  if (!before.some(({ says }) => says === 'off')) return formatted;
  const after = togglesIn(formatted);
  const isSame =
    before.length === after.length && before.every(({ says }, at) => says === after[at]?.says);
  if (!isSame) return text;
  let result = '';
  let at = 0;
  let off: number | undefined;
  for (const [number, toggle] of after.entries()) {
    const own = before[number];
    if (toggle.says === 'off' && off === undefined) {
      result += formatted.slice(at, toggle.end);
      off = own?.end;
    } else if (toggle.says === 'on' && off !== undefined) {
      result += text.slice(off, own?.start);
      at = toggle.start;
      off = undefined;
    }
  }
  result += off === undefined ? formatted.slice(at) : text.slice(off);
  return essence(result) === essence(formatted) ? result : text;
}

function togglesIn(text: string): readonly Toggle[] {
  const { words } = wordsOf(text);
  const found: Toggle[] = [];
  let from = 0;
  for (const { start, end } of [...words, { start: text.length, end: text.length }]) {
    for (const comment of text.slice(from, start).matchAll(/#[^\r\n]*/g)) {
      const says = pattern.exec(comment[0])?.[1];
      const at = from + comment.index;
      if (says !== undefined)
        found.push({ says, start: at, end: at + comment[0].trimEnd().length });
    }
    from = end;
  }
  return found;
}

/** The words without what formatting may change: commas before brackets, and how strings are quoted. */
function essence(text: string): string {
  const { words } = wordsOf(text);
  return words
    .map(({ text: word }) => word.replace(/^f?'''|^f?'|'''$|'$/g, '"'))
    .filter((word) => word !== ',')
    .join(' ');
}
