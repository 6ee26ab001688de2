import type { LineCounts, LineTable } from './line-counts.ts';

/** The counts as lcov writes them, for other tools. Paths are relative to the source tree. */
export function lcovText(counts: LineCounts): string {
  const sections = [...counts].map(([path, lines]) => {
    const rows = [...lines].sort(([a], [b]) => a - b);
    const hit = rows.filter(([, count]) => count > 0).length;
    return [
      `SF:${path}`,
      ...rows.map(([line, count]) => `DA:${line},${count}`),
      `LF:${rows.length}`,
      `LH:${hit}`,
      'end_of_record\n',
    ].join('\n');
  });
  return sections.join('');
}

/** Adds counts that another tool wrote in that format, with absolute paths. */
export function addLcov(text: string, table: LineTable): void {
  let path = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('SF:')) path = line.slice('SF:'.length).trim();
    const counted = /^DA:(\d+),(\d+)/.exec(line);
    if (counted !== null && path !== '') table.add(path, Number(counted[1]), Number(counted[2]));
  }
}
