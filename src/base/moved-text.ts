/** A folder's name, and another's. Both absolute, of letters that are written alike everywhere: see `canBeMoved`. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** Whether a path reads the same in shells, in JSON, in makefiles and wherever else it may stand. */
export function canBeMoved(path: string): boolean {
  return /^(\/[\w.+@-]+){2,}$/.test(path);
}

/** A text in which another folder is named wherever one was; undefined where that may not be what was meant. */
export function movedText(text: string, { from, to }: Move): string | undefined {
  let moved = '';
  let at = 0;
  for (;;) {
    const found = text.indexOf(from, at);
    if (found === -1) return at === 0 ? text : moved + text.slice(at);
    const end = found + from.length;
    if (isOfAName(text.charAt(end)) || !startsPath(text, found)) return undefined;
    moved += text.slice(at, found) + to;
    at = end;
  }
}

function isOfAName(letter: string): boolean {
  return /[\w.+@-]/.test(letter);
}

/** Whether a path can begin here: after what is no name, or right after an option, as `-I/usr`. */
function startsPath(text: string, at: number): boolean {
  if (at === 0 || !/[\w.+-]/.test(text.charAt(at - 1))) return true;
  const before = text.slice(Math.max(0, at - 64), at);
  return /(\\[nt]|(?<![\w./])-+[\w-]+)$/.test(before);
}
