import { isGlob } from '../../manifest/member-glob.ts';

/** `name`, `name@version`, `name:version`, and what `cargo pkgid` prints: `URL#name@version`. */
export function packageSpec(spec: string): { readonly name: string; readonly version: string } {
  const [url = '', fragment] = spec.split('#');
  const [name = '', version = ''] = (fragment ?? url).split(/[@:]/);
  // A folder of that name: the fragment is its version alone.
  if (fragment === undefined || !/^\d/.test(name)) return { name, version };
  return { name: url.replace(/\?.*$/s, '').split('/').at(-1) ?? '', version: name };
}

/** Whether members are meant that fit a pattern; an address may hold such letters, too. */
export function isPattern(spec: string): boolean {
  return isGlob(spec) && !spec.includes('://');
}

/** Why a word names no package, whatever a workspace has, in Cargo's words. */
export function specFault(spec: string): string | undefined {
  // Patterns, addresses and folders are read in other ways.
  if (isPattern(spec) || /[/#]/.test(spec)) return undefined;
  const [, name = '', version] = /^([^@:]*)(?:[@:](.*))?$/s.exec(spec) ?? [];
  if (name === '') return 'package name cannot be empty';
  const fault = nameFault(name);
  if (fault !== undefined) return `invalid character ${fault}`;
  if (version === undefined || /^\d+(\.\d+){0,2}([+-][\w.+-]+)?$/.test(version)) return undefined;
  return /^(\d+\.){0,2}[x*]$|^[\^~=<>]/i.test(version)
    ? 'unexpected version requirement, expected a version like "1.32"'
    : 'expected a version like "1.32"';
}

function nameFault(name: string): string | undefined {
  const [first = ''] = name;
  if (/\d/.test(first))
    return `\`${first}\` in package name: \`${name}\`, the name cannot start with a digit`;
  if (!/[\p{XID_Start}_]/u.test(first))
    return `\`${first}\` in package name: \`${name}\`, the first character must be a Unicode XID start character (most letters or \`_\`)`;
  const odd = /[^\p{XID_Continue}-]/u.exec(name);
  return odd === null
    ? undefined
    : `\`${odd[0]}\` in package name: \`${name}\`, characters must be Unicode XID characters (numbers, \`-\`, \`_\`, or most letters)`;
}
