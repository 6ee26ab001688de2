import { bool, int, listOf, oneOf, orNothing, str } from '../../argument-type.ts';
import { keyword } from '../../declare.ts';

type ModeParts = readonly (string | boolean | number)[];

/** `install_mode`: permissions, owner, group; `false` leaves one as it is. */
export const installMode = keyword(
  listOf(oneOf<string | boolean | number>(str, bool, int)),
  [],
  'Permissions as rwxr-xr-x, then owner and group; false leaves one as it is.',
  { check: checkMode },
);

export const install = keyword(bool, false, 'Install it.');
export const installTag = keyword(orNothing(str), undefined, 'Which installs it is part of.');
export const installDir = keyword(orNothing(str), undefined, 'Where it is installed.');
export const followSymlinks = keyword(
  orNothing(bool),
  undefined,
  'Whether what links point to is installed, not the links.',
  { since: '1.3.0' },
);
export const preservePath = keyword(bool, false, 'Keep the folders of the files.', {
  since: '0.63.0',
});

function checkMode(mode: ModeParts): string | undefined {
  if (mode.length === 0) return undefined;
  // Meson compares as Python does, where 1 is True.
  if (mode.includes(true) || mode.includes(1))
    return 'components can only be permission strings, numbers, or False';
  if (mode.length > 3) return 'may have at most 3 elements';
  const [permissions] = mode;
  if (typeof permissions === 'number')
    return 'first component must be a permissions string or False';
  return typeof permissions === 'string' ? checkPermissions(permissions) : undefined;
}

function checkPermissions(text: string): string | undefined {
  if (text.length !== 9)
    return `permissions string must be exactly 9 characters in the form rwxr-xr-x, got ${text.length}`;
  for (const [places, letter] of [
    [[0, 3, 6], 'r'],
    [[1, 4, 7], 'w'],
  ] as const) {
    for (const at of places) {
      const found = text.charAt(at);
      if (found !== '-' && found !== letter)
        return `permissions character ${at + 1} must be "-" or "${letter}", not ${found}`;
    }
  }
  for (const at of [2, 5]) {
    const found = text.charAt(at);
    if (!'-xsS'.includes(found))
      return `permissions character ${at + 1} must be "-", "s", "S", or "x", not ${found}`;
  }
  const last = text.charAt(8);
  return '-xtT'.includes(last)
    ? undefined
    : `permission character 9 must be "-", "t", "T", or "x", not ${last}`;
}
