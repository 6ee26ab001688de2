/**
 * What vitest or mocha wrote, with all that is not TAP as comments: tests, configurations and vite itself write
 * to the same place as its report. Tests that are still to be written count as skipped, not as done too early.
 */
export function tapText(said: string): string {
  let isDetail = false;
  return said
    .split('\n')
    .map((line) => {
      if (/^ +---$/.test(line)) isDetail = true;
      const isTap = isDetail || line === '' || /^(TAP version|1\.\.\d|(not )?ok\b|#)/.test(line);
      if (/^ +\.\.\.$/.test(line)) isDetail = false;
      if (!isTap) return `# ${line}`;
      return isDetail ? line : line.replace(/^(ok\b.*) # TODO\b/, '$1 # SKIP');
    })
    .join('\n');
}
