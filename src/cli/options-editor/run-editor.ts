import pico from 'picocolors';
import type { StoredOption } from '../../store/setup/setup-state.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type EditorState, newEditor, press } from './editor-state.ts';
import { type Paint, view } from './editor-view.ts';
import { readKeys } from './keys.ts';

/** A keyboard: standard input, where that is a terminal. */
export interface Keyboard {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  setEncoding(encoding: 'utf8'): unknown;
  resume(): unknown;
  pause(): unknown;
  on(event: 'data', listener: (data: string) => void): unknown;
  off(event: 'data', listener: (data: string) => void): unknown;
}

const enter = '\u001b[?1049h\u001b[?25l';
const exit = '\u001b[?25h\u001b[?1049l';

/** Shows options until they are to be applied (the changes) or not (undefined). The screen is given back as it was. */
export async function runEditor(
  terminal: Terminal,
  keyboard: Keyboard,
  options: readonly StoredOption[],
): Promise<ReadonlyMap<string, string> | undefined> {
  let state = newEditor(options);
  const paint = paintFor(terminal);
  const draw = (): void => terminal.write(screen(state, terminal, paint));
  terminal.write(enter);
  keyboard.setRawMode?.(true);
  keyboard.setEncoding('utf8');
  keyboard.resume();
  process.on('SIGWINCH', draw);
  // However kaon ends, the terminal is as it was.
  const restore = (): void => {
    keyboard.setRawMode?.(false);
    terminal.write(exit);
  };
  process.once('exit', restore);
  draw();
  try {
    const kind = await new Promise<'apply' | 'quit'>((resolve) => {
      const listener = (data: string): void => {
        for (const key of readKeys(data)) {
          const pressed = press(state, key);
          if (pressed.kind === 'state') state = pressed.state;
          else {
            keyboard.off('data', listener);
            resolve(pressed.kind);
            return;
          }
        }
        draw();
      };
      keyboard.on('data', listener);
    });
    return kind === 'apply' ? state.changes : undefined;
  } finally {
    process.off('SIGWINCH', draw);
    process.off('exit', restore);
    restore();
    keyboard.pause();
  }
}

function screen(state: EditorState, { rows = 24, columns }: Terminal, paint: Paint): string {
  const lines = view(state, { rows, columns }, paint);
  return `\u001b[H${lines.map((line) => `${line}\u001b[K`).join('\r\n')}\u001b[J`;
}

function paintFor({ color }: Terminal): Paint {
  const { bold, inverse, yellow, dim } = pico.createColors(color);
  // What is pointed at must be seen without colours too: it has a mark.
  return { heading: bold, selected: inverse, changed: yellow, dim };
}
