/** A text and the path it is shown under in messages. */
export interface Source {
  /** As messages show it: relative to the directory kaon was started in, where that is shorter. */
  readonly path: string;
  readonly text: string;
}

/** A stretch of a source in UTF-16 code units: `start` inclusive, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place as people count: `line` from 1, `column` from 0 as in Meson's messages. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where an offset lies. */
export function positionAt(source: Source, offset: number): Position {
  const before = source.text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let at = before.indexOf('\n'); at !== -1; at = before.indexOf('\n', at + 1)) line++;
  return { line, column: offset - lineStart };
}

/** The text of a line (from 1), without its end. */
export function lineText(source: Source, line: number): string {
  return (source.text.split('\n', line)[line - 1] ?? '').replace(/\r$/, '');
}
