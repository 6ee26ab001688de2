/** What may stay of a tool's output besides plain text. */
export interface SanitizeOptions {
  /** Colours and other attributes of characters pass; else they are taken away. */
  readonly colors: boolean;
}

const esc = '\u001b';
/** SGR: the one command that only paints. */
const paint = new RegExp(`${esc}\\[[0-9;:]*m`, 'g');
/** "Erase to the end of the line": gcc and grep say it after each colour; where lines are new it does nothing. */
const eraseRest = new RegExp(`${esc}\\[0?K`, 'g');
/** Control characters but tab and line feed; C1 controls; marks that turn the direction of text around. */
const unsafe = /(?!\t|\n)[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/gu;

/** Text of an untrusted tool that can neither move the cursor nor command the terminal: what would, is shown. */
export function sanitize(text: string, { colors }: SanitizeOptions): string {
  const source = text.replaceAll('\r\n', '\n').replace(eraseRest, '');
  let safe = '';
  let from = 0;
  let painted = false;
  for (const match of source.matchAll(paint)) {
    safe += shown(source.slice(from, match.index));
    if (colors) {
      safe += match[0];
      painted = true;
    }
    from = match.index + match[0].length;
  }
  safe += shown(source.slice(from));
  // Colours end with the output of the tool that forgot to.
  if (!painted) return safe;
  return safe.endsWith('\n') ? `${safe.slice(0, -1)}${esc}[0m\n` : `${safe}${esc}[0m`;
}

function shown(text: string): string {
  return text.replace(unsafe, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) return `^${String.fromCharCode(code + 0x40)}`;
    if (code === 0x7f) return '^?';
    return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}
