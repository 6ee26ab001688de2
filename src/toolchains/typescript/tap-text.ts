/**
 * What vitest wrote, with all that is not TAP as comments: tests, configurations and vite itself write to the
 * same place as its report.
 */
export function tapText(said: string): string {
  let isDetail = false;
  return said
    .split('\n')
    .map((line) => {
      if (/^ +---$/.test(line)) isDetail = true;
      const isTap = isDetail || line === '' || /^(TAP version|1\.\.\d|(not )?ok\b|#)/.test(line);
      if (/^ +\.\.\.$/.test(line)) isDetail = false;
      return isTap ? line : `# ${line}`;
    })
    .join('\n');
}
