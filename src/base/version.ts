/**
 * Compares two versions as Meson's `version_compare` does (its RPM-like rule): numbers by value,
 * words by letters, a number is newer than a word, and the longer of two equal beginnings is newer.
 */
export function compareVersions(a: string, b: string): number {
  const left = parts(a);
  const right = parts(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const x = left[i] ?? '';
    const y = right[i] ?? '';
    const [xIsWord, yIsWord] = [typeof x === 'string', typeof y === 'string'];
    if (xIsWord !== yIsWord) return xIsWord ? -1 : 1;
    if (x > y) return 1;
    if (x < y) return -1;
  }
  return Math.sign(left.length - right.length);
}

/**
 * Whether a version meets one requirement: `>=1.2`, `<2`, `==1`, `!=3`, `=1` or a bare version (equal).
 * As with Meson, a blank before the operator hides it: the rest is a version, then.
 */
export function versionMatches(version: string, requirement: string): boolean {
  const [, operator = '', wanted = ''] = /^(>=|<=|!=|==|=|>|<)?(.*)$/s.exec(requirement) ?? [];
  const order = compareVersions(version, wanted);
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

/** Numbers that doubles do not tell apart (times to the microsecond) are exact ones. */
function parts(version: string): (number | bigint | string)[] {
  return (version.match(/\d+|[a-zA-Z]+/g) ?? []).map((part) =>
    !/^\d/.test(part) ? part : part.length < 16 ? Number(part) : BigInt(part),
  );
}
