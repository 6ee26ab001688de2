import { stripVTControlCharacters } from 'node:util';

/**
 * Diagnostics in rustc's JSON, a line each, read from what it told people: all that is left of a
 * compilation which was made without node, or by an earlier kaon.
 */
export function diagnosticsFromText(text: string): string {
  return text
    .split(/(?<=\n\n)/)
    .flatMap((rendered) => {
      const plain = stripVTControlCharacters(rendered);
      const head = /^(warning|error)(?:\[(\w+)\])?: (.*)$/m.exec(plain);
      if (head === null) return [];
      const [, level, code, message] = head;
      const spans = spansIn(plain);
      return [
        {
          $message_type: 'diagnostic',
          message,
          code: code === undefined ? null : { code, explanation: null },
          level,
          spans,
          children: [],
          rendered,
        },
      ];
    })
    .map((one) => `${JSON.stringify(one)}\n`)
    .join('');
}

/** The place that a message names first. How far it reaches is not told exactly. */
function spansIn(plain: string): readonly object[] {
  const place = /^ *--> (.*):(\d+):(\d+)$/m.exec(plain);
  if (place === null) return [];
  const [, file, line, column] = place;
  const marked = /^ *\| *(\^+)/m.exec(plain)?.[1]?.length ?? 1;
  return [
    {
      file_name: file,
      byte_start: 0,
      byte_end: 0,
      line_start: Number(line),
      line_end: Number(line),
      column_start: Number(column),
      column_end: Number(column) + marked,
      is_primary: true,
      text: [],
      label: null,
      suggested_replacement: null,
      suggestion_applicability: null,
      expansion: null,
    },
  ];
}
