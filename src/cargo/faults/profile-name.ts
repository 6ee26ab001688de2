/** Why nothing can be a profile of this name, in Cargo's words. */
export function profileNameFault(name: string): string | undefined {
  const [odd] = /[^\p{L}\p{N}_-]/u.exec(name) ?? [];
  if (odd !== undefined)
    return `invalid character \`${odd}\` in profile name: \`${name}\`, allowed characters are letters, numbers, underscore, and hyphen`;
  const lower = name.toLowerCase();
  const instead =
    insteadOf.get(lower) ??
    (reserved.has(lower) || lower.startsWith('cargo')
      ? 'Please choose a different name.'
      : undefined);
  return instead === undefined ? undefined : `profile name \`${name}\` is reserved\n${instead}`;
}

const insteadOf: ReadonlyMap<string, string> = new Map([
  ['debug', 'To configure the default development profile, use the name `dev` as in [profile.dev]'],
  [
    'build-override',
    'To configure build dependency settings, use [profile.dev.build-override] and [profile.release.build-override]',
  ],
]);

const reserved: ReadonlySet<string> = new Set([
  ...['build', 'check', 'clean', 'config', 'fetch', 'fix', 'install', 'metadata', 'package'],
  ...['publish', 'report', 'root', 'run', 'rust', 'rustc', 'rustdoc', 'target', 'tmp', 'uninstall'],
]);
