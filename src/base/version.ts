/**
 * Compares two versions as Meson's `version_compare` does (its RPM-like rule): numbers by value,
 * words by letters, a number is newer than a word, and the longer of two equal beginnings is newer.
 */
export function compareVersions(a: string, b: string): number {
  const left = parts(a);
  const right = parts(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const x = left[i] as number | string;
    const y = right[i] as number | string;
    if (typeof x !== typeof y) return typeof x === 'number' ? 1 : -1;
    if (x !== y) return x > y ? 1 : -1;
  }
  return Math.sign(left.length - right.length);
}

/** Whether a version meets one requirement: `>=1.2`, `<2`, `==1`, `!=3`, `=1` or a bare version (equal). */
export function versionMatches(version: string, requirement: string): boolean {
  const [, operator = '', wanted = ''] =
    /^\s*(>=|<=|!=|==|=|>|<)?\s*(.*)$/s.exec(requirement) ?? [];
  const order = compareVersions(version, wanted.trim());
  switch (operator) {
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '!=':
      return order !== 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    default:
      return order === 0;
  }
}

function parts(version: string): (number | string)[] {
  return (version.match(/\d+|[a-zA-Z]+/g) ?? []).map((part) =>
    /^\d/.test(part) ? Number(part) : part,
  );
}
