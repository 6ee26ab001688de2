import { prefixedDefaults } from '../../model/builtin-options.ts';
import { normalPath } from '../join-path.ts';
import type { GivenValue } from './option-key.ts';

type Fail = { fail(message: string): never };

/** A prefix without a slash at its end; ends evaluation where it is not absolute. */
export function sanitizePrefix(prefix: string, tell: Fail): string {
  if (!prefix.startsWith('/')) tell.fail(`prefix value '${prefix}' must be an absolute path`);
  return prefix.length > 1 && prefix.endsWith('/') ? prefix.slice(0, -1) : prefix;
}

/** An installation directory inside of the prefix is held relative to it. */
export function relativeToPrefix(
  prefix: string,
  { name, value }: { readonly name: string; readonly value: GivenValue },
  tell: Fail,
): GivenValue {
  if (typeof value !== 'string') return value;
  // Python's PurePosixPath collapses doubled slashes and `.`, but keeps `..`.
  const path = value === '' ? '' : cleaned(value);
  if (!name.endsWith('dir') || !path.startsWith('/') || name in prefixedDefaults)
    return keepText(name, value, path);
  const inside = path === prefix || path.startsWith(prefix === '/' ? '/' : `${prefix}/`);
  const result = inside ? path.slice(prefix === '/' ? 1 : prefix.length + 1) || '.' : path;
  if (result.split('/').includes('..'))
    tell.fail(
      `The value of the '${name}' option is '${result}' but directory options are not allowed to contain '..'.\nIf you need a path outside of the '${prefix}' prefix, please use an absolute path.`,
    );
  return result;
}

function keepText(name: string, value: string, path: string): string {
  return name.endsWith('dir') ? path : value;
}

function cleaned(path: string): string {
  const absolute = path.startsWith('/');
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const joined = parts.join('/');
  return absolute ? `/${joined}` : joined === '' ? normalPath('.') || '.' : joined;
}
