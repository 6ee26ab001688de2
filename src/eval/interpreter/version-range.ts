import { compareVersions } from '../../base/version.ts';

/** Which versions meet a requirement: between two, each of them in or out. */
export type VersionRange =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'range';
      readonly min?: { readonly version: string; readonly included: boolean };
      readonly max?: { readonly version: string; readonly included: boolean };
    };

const anyVersion: VersionRange = { kind: 'range' };

/** The versions that meet all requirements (`>=1.0`, `<2`); `!=` only cuts off an end. */
export function rangeOf(requirements: readonly string[]): VersionRange {
  let range = anyVersion;
  for (const requirement of requirements) range = intersect(range, rangeOfOne(requirement, range));
  return range;
}

function rangeOfOne(requirement: string, start: VersionRange): VersionRange {
  const [, operator = '', text = ''] = /^(>=|<=|!=|==|=|>|<)?(.*)$/s.exec(requirement.trim()) ?? [];
  const version = text.trim();
  switch (operator) {
    case '>=':
      return { kind: 'range', min: { version, included: true } };
    case '>':
      return { kind: 'range', min: { version, included: false } };
    case '<=':
      return { kind: 'range', max: { version, included: true } };
    case '<':
      return { kind: 'range', max: { version, included: false } };
    case '!=': {
      if (start.kind === 'empty') return anyVersion;
      const end = { version, included: false };
      return {
        kind: 'range',
        ...(start.min?.version === version ? { min: end } : {}),
        ...(start.max?.version === version ? { max: end } : {}),
      };
    }
    default: {
      const end = { version, included: true };
      return { kind: 'range', min: end, max: end };
    }
  }
}

/** The versions that are in both ranges. */
export function intersect(a: VersionRange, b: VersionRange): VersionRange {
  if (b.kind === 'empty') return b;
  if (a.kind === 'empty') return a;
  const min = stricter(a.min, b.min, 1);
  const max = stricter(a.max, b.max, -1);
  if (min !== undefined && max !== undefined) {
    const order = compareVersions(min.version, max.version);
    if (order > 0 || (order === 0 && !(min.included && max.included))) return { kind: 'empty' };
  }
  return { kind: 'range', ...(min ? { min } : {}), ...(max ? { max } : {}) };
}

type End = { readonly version: string; readonly included: boolean } | undefined;

function stricter(a: End, b: End, sign: 1 | -1): End {
  if (a === undefined || b === undefined) return a ?? b;
  const order = compareVersions(b.version, a.version) * sign;
  if (order > 0) return b;
  return order < 0 ? a : { version: a.version, included: a.included && b.included };
}

/** Whether a check is met by every version of a range, by none, or by some (undefined). */
export function always(range: VersionRange, check: VersionRange): boolean | undefined {
  const narrowed = intersect(range, check);
  if (narrowed.kind === 'empty') return false;
  return showRange(narrowed) === showRange(range) ? true : undefined;
}

/** Whether every version of a range has a feature that came with `since`. */
export function reaches(range: VersionRange, since: string): boolean {
  if (range.kind === 'empty') return true;
  return range.min !== undefined && compareVersions(since, range.min.version) <= 0;
}

/** As Meson writes it: `>= 1.0, < 2`. */
export function showRange(range: VersionRange): string {
  if (range.kind === 'empty') return '(empty)';
  const { min, max } = range;
  if (min !== undefined && max !== undefined && compareVersions(min.version, max.version) === 0)
    return `== ${min.version}`;
  const parts: string[] = [];
  if (min !== undefined) parts.push(`>${min.included ? '=' : ''} ${min.version}`);
  if (max !== undefined) parts.push(`<${max.included ? '=' : ''} ${max.version}`);
  return parts.length === 0 ? '(any)' : parts.join(', ');
}
