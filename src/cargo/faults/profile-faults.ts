import { isTable, type Table } from '../toml.ts';
import type { Judged, ManifestFault } from './judged.ts';

const builtin = new Set(['dev', 'release', 'test', 'bench', 'doc']);

/** Profiles that say what they may not. */
export function profileFaults({ toml, isRoot }: Judged): readonly ManifestFault[] {
  if (!isRoot || !isTable(toml['profile'])) return [];
  return Object.entries(toml['profile']).flatMap(([name, value]) => {
    const profile = isTable(value) ? value : {};
    const packages = isTable(profile['package']) ? profile['package'] : {};
    const [odd] = /[^\p{L}\p{N}_-]/u.exec(name) ?? [];
    return [
      ...(odd === undefined
        ? []
        : [
            {
              key: name,
              message: `invalid character \`${odd}\` in profile name: \`${name}\`, allowed characters are letters, numbers, underscore, and hyphen`,
            },
          ]),
      ...(builtin.has(name) || typeof profile['inherits'] === 'string'
        ? []
        : [
            {
              key: name,
              message: `profile \`${name}\` is missing an \`inherits\` directive (\`inherits\` is required for all profiles except \`dev\` or \`release\`)`,
            },
          ]),
      ...Object.values(packages).flatMap((one) =>
        isTable(one)
          ? [
              ...wholeOnly(one, 'package'),
              ...(one['package'] === undefined
                ? []
                : [{ key: 'package', message: 'package-specific profiles cannot be nested' }]),
            ]
          : [],
      ),
      ...(isTable(profile['build-override'])
        ? wholeOnly(profile['build-override'], 'build-override')
        : []),
    ];
  });
}

/** What counts for all that is linked together cannot be said of a part. */
function wholeOnly(table: Table, what: string): readonly ManifestFault[] {
  return ['panic', 'lto', 'rpath']
    .filter((key) => table[key] !== undefined)
    .map((key) => ({ key, message: `\`${key}\` may not be specified in a \`${what}\` profile` }));
}
