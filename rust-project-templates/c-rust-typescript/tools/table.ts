/** The commands as a table in C, in the order of their names. */
export function tableOf(commands: Readonly<Record<string, string>>): string {
  const rows = Object.entries(commands)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, help]) => `    {${quoted(name)}, ${quoted(help)}},`);
  return [
    '#include "table.h"',
    '',
    'const struct command commands[] = {',
    ...rows,
    '};',
    `const size_t command_count = ${rows.length};`,
    '',
  ].join('\n');
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
