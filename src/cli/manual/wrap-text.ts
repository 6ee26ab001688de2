/** A paragraph in lines of at most so many columns, each behind an indent. */
export function wrapText(text: string, indent: string, columns: number): readonly string[] {
  const room = Math.max(columns - indent.length, 20);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, ...(line === '' ? [] : [line])].map((one) => indent + one);
}
