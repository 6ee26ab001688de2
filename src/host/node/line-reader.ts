import { StringDecoder } from 'node:string_decoder';

/** Text that comes in pieces. */
export interface LineReader {
  take(bytes: Buffer): void;
  /** Nothing more comes; answers all that came. */
  end(): string;
}

/** Tells each whole line, and at the end what stands behind the last. */
export function lineReader(onLine: ((line: string) => void) | undefined): LineReader {
  const decoder = new StringDecoder('utf8');
  const chunks: string[] = [];
  let line = '';
  const take = (text: string): void => {
    chunks.push(text);
    if (onLine === undefined) return;
    const lines = (line + text).split('\n');
    line = lines.pop() ?? '';
    for (const whole of lines) onLine(whole);
  };
  return {
    take: (bytes) => take(decoder.write(bytes)),
    end: () => {
      take(decoder.end());
      if (line !== '') onLine?.(line);
      return chunks.join('');
    },
  };
}
