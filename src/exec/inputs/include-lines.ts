/**
 * What a tool said, without the lines that name files it read, and these files as it spelled them. It also
 * names what it compiles, in a line of its own before those, which nobody asked for.
 */
export function withoutIncludes(
  said: string,
  start: string | undefined,
): { readonly output: string; readonly read: readonly string[] } {
  if (start === undefined || said === '') return { output: said, read: [] };
  const read = new Set<string>();
  const shown: string[] = [];
  const lines = said.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  for (const line of lines) {
    const path = line.startsWith(start) ? line.slice(start.length).replace(/^ +/, '') : '';
    if (path !== '') read.add(path);
    else if (read.size > 0 || !/\.(?:c|cc|cxx|cpp|c\+\+)$/i.test(line)) shown.push(`${line}\n`);
  }
  return { output: shown.join(''), read: [...read].filter((path) => !isOfSystem(path)) };
}

/** Where that compiler and its system keep their own headers, which are not looked after. */
function isOfSystem(path: string): boolean {
  return /program files|microsoft visual studio/i.test(path);
}
