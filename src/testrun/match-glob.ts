import { escapePattern } from '../base/escape-pattern.ts';

/** Whether a whole name fits a shell pattern (`*`, `?`, `[a-z]`, `[!a]`), as Python's fnmatch on Unix. */
export function matchesGlob(name: string, pattern: string): boolean {
  let source = '';
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at);
    const close = char === '[' ? pattern.indexOf(']', at + 2) : -1;
    if (char === '*') source += '.*';
    else if (char === '?') source += '.';
    else if (close !== -1) {
      const inside = pattern.slice(at + 1, close).replace(/[\\[\]]/g, '\\$&');
      source += `[${inside.replace(/^!/, '^')}]`;
      at = close;
    } else source += escapePattern(char);
  }
  return new RegExp(`^(?:${source})$`, 's').test(name);
}
