import { isGlob } from '../member-glob.ts';

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
