import { fitted } from '../../events/text-width.ts';
import type { Terminal } from './terminal.ts';

/** Lines at the bottom of a terminal; other text goes above them. */
export interface LiveBlock {
  write(text: string): void;
  show(lines: readonly string[]): void;
}

/**
 * Lines at the bottom of a terminal that stay there, and are redrawn, while others are written above them.
 */
export function liveBlock(terminal: Terminal): LiveBlock {
  let drawn: readonly string[] = [];
  const erase = (): string => (drawn.length === 0 ? '' : `\u001b[${drawn.length}A\r\u001b[J`);
  const draw = (lines: readonly string[]): string => {
    const width = Math.max(10, terminal.columns - 1);
    return lines.map((line) => `${fitted(line, width)}\n`).join('');
  };
  return {
    write: (text) => {
      // Half a line cannot have a block below it.
      const kept = text.endsWith('\n') ? drawn : [];
      terminal.write(erase() + text + draw(kept));
      drawn = kept;
    },
    show: (lines) => {
      terminal.write(erase() + draw(lines));
      drawn = lines;
    },
  };
}
