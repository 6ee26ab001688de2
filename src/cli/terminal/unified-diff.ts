import { structuredPatch } from 'diff';

/** How a file would change, as `diff -u` shows it. */
export function unifiedDiff(path: string, before: string, after: string): string {
  const { hunks } = structuredPatch(path, path, before, after, undefined, undefined, {
    context: 3,
  });
  const range = (start: number, count: number): string =>
    count === 1 ? `${start}` : `${start},${count}`;
  const lines = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: own }) => [
    `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`,
    ...own.filter((line) => !line.startsWith('\\')),
  ]);
  return `${[`--- ${path}\t(original)`, `+++ ${path}\t(reformatted)`, ...lines].join('\n')}\n`;
}
