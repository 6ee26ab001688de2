/** What was pressed: a key with a name, or text that was typed. */
export type Key =
  | { readonly kind: 'key'; readonly name: KeyName }
  | { readonly kind: 'text'; readonly text: string };

export type KeyName =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'page-up'
  | 'page-down'
  | 'enter'
  | 'escape'
  | 'tab'
  | 'back-tab'
  | 'backspace'
  | 'delete'
  | 'clear-line'
  | 'interrupt';

const sequences: Readonly<Record<string, KeyName>> = {
  '\u001b[A': 'up',
  '\u001bOA': 'up',
  '\u001b[B': 'down',
  '\u001bOB': 'down',
  '\u001b[C': 'right',
  '\u001bOC': 'right',
  '\u001b[D': 'left',
  '\u001bOD': 'left',
  '\u001b[H': 'home',
  '\u001bOH': 'home',
  '\u001b[1~': 'home',
  '\u001b[F': 'end',
  '\u001bOF': 'end',
  '\u001b[4~': 'end',
  '\u001b[5~': 'page-up',
  '\u001b[6~': 'page-down',
  '\u001b[3~': 'delete',
  '\u001b[Z': 'back-tab',
  '\u001b': 'escape',
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u0015': 'clear-line',
  '\u0003': 'interrupt',
  '\u0004': 'interrupt',
};

const esc = '\u001b';
const pattern = new RegExp(`${esc}\\[[0-9;]*[A-Za-z~]|${esc}O[A-Z]|\\p{Cc}|\\P{Cc}+`, 'gu');

/** Reads what a terminal sent. Sequences that mean nothing to us are passed over. */
export function readKeys(data: string): readonly Key[] {
  return [...data.matchAll(pattern)].flatMap(([found]): readonly Key[] => {
    const name = Object.hasOwn(sequences, found) ? sequences[found] : undefined;
    if (name !== undefined) return [{ kind: 'key', name }];
    const isText = found >= ' ' && found !== '\u007f';
    return isText ? [{ kind: 'text', text: found }] : [];
  });
}
