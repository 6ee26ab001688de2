/**
 * A rule in make's language, as a depfile has it: a target and what was read for it. Names are escaped as
 * compilers do it, so that backslashes count only before spaces, hashes and colons.
 */
export function makeRule(target: string, inputs: Iterable<string>): string {
  const rule = `${escaped(target)}: ${[...inputs].map(escaped).join(' \\\n  ')}`;
  // A backslash before the end of the line would continue it.
  return `${rule}${rule.endsWith('\\') ? ' ' : ''}\n`;
}

function escaped(path: string): string {
  return path
    .replaceAll('$', '$$$$')
    .replace(/(\\+)(?= |$)/g, '$1$1')
    .replace(/\\+(?=:)/g, '$&\\')
    .replace(/[ #]/g, '\\$&');
}
