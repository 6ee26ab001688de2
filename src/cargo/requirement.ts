import { satisfies } from 'semver';
import { err, ok, type Result } from '../base/result.ts';

/** A version requirement of a manifest, ready to be asked. */
export interface Requirement {
  /** For the `semver` package. */
  readonly range: string;
}

const comparator =
  /^(\^|~|=|>=|<=|>|<)?\s*(\d+|[*xX])(?:\.(\d+|[*xX])(?:\.(\d+|[*xX])(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)?)?$/;

/**
 * Reads a requirement by Cargo's rules: commas join comparators, a bare version means `^`. What npm
 * would also take (`||`, hyphen ranges, comparators joined by spaces, nothing at all) is refused.
 */
export function parseRequirement(text: string): Result<Requirement, string> {
  const parts: string[] = [];
  for (const part of text.split(',')) {
    const match = comparator.exec(part.trim());
    if (match === null) {
      if (part.trim() === '' && parts.length > 0 && text.trim().endsWith(',')) continue;
      return err(`"${text}" is not a version requirement`);
    }
    const [, operator, ...numbers] = match;
    const [major = '*', minor, patch, pre = ''] = numbers;
    const version = [major, minor, patch].filter((number) => number !== undefined).join('.') + pre;
    const wildcard = /[*xX]/.test(version);
    if (operator !== undefined && wildcard && major === '*')
      return err(`"${text}" compares with a wildcard`);
    parts.push(`${operator ?? (wildcard ? '' : '^')}${version}`);
  }
  return ok({ range: parts.join(' ') });
}

/** Whether a version is one that the requirement accepts. Prereleases are only where it names one. */
export function accepts({ range }: Requirement, version: string): boolean {
  return satisfies(withoutBuild(version), range);
}

function withoutBuild(version: string): string {
  return version.replace(/\+.*$/, '');
}

/**
 * The part of a version that promises compatibility: up to and including its first number that is
 * not zero (`0` where only the last is). Of a requirement, that of its lower bounds; empty where it has none.
 */
export function apiOf(text: string): string {
  const apis = new Set<string>();
  for (const part of text.split(',')) {
    const [, operator = '^', version = ''] = /^\s*(\^|~|=|>=|<=|>|<)?\s*(.*)$/.exec(part) ?? [];
    if (!['^', '~', '=', '>='].includes(operator)) continue;
    const [major = '', minor] = version.replace(/[-+].*$/, '').split('.');
    if (!/^\d+$/.test(major)) continue;
    const isMajor = major !== '0' || minor === undefined || !/^[1-9]/.test(minor);
    apis.add(isMajor ? major : `0.${minor}`);
  }
  const [only] = apis;
  return apis.size === 1 && only !== undefined ? only : '';
}
