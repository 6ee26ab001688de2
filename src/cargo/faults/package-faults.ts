import { compareVersions } from '../../base/version.ts';
import type { Judged, ManifestFault } from './judged.ts';

/** A version, an edition, or a release of Rust that there is not. */
export function packageFaults(judged: Judged): readonly ManifestFault[] {
  return [...oddVersion(judged), ...unknownEdition(judged), ...olderThanEdition(judged)];
}

/** As semver.org has it. */
const wholeVersion =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;

function oddVersion({ manifest }: Judged): readonly ManifestFault[] {
  const version = manifest?.package.version ?? '0.0.0';
  return wholeVersion.test(version)
    ? []
    : [
        {
          key: 'version',
          message: `\`${version}\` is no version`,
          hint: 'A version has three numbers, as in "1.2.0", and maybe more behind "-" or "+".',
        },
      ];
}

/** The first release of Rust that knows an edition. */
const firstOfEdition: Readonly<Record<string, string>> = {
  '2018': '1.31.0',
  '2021': '1.56.0',
  '2024': '1.85.0',
};

function unknownEdition({ manifest }: Judged): readonly ManifestFault[] {
  const edition = manifest?.package.edition ?? '2015';
  // Whether a year has an edition, the compiler knows: there will be more.
  return edition === 'future' || /^\d{4}$/.test(edition)
    ? []
    : [
        {
          key: 'edition',
          message: `supported edition values are \`2015\`, \`2018\`, \`2021\`, \`2024\`, or \`future\`, but \`${edition}\` is unknown`,
        },
      ];
}

function olderThanEdition({ manifest }: Judged): readonly ManifestFault[] {
  const { edition = '', rustVersion = '' } = manifest?.package ?? {};
  const first = Object.hasOwn(firstOfEdition, edition) ? firstOfEdition[edition] : undefined;
  if (rustVersion === '' || first === undefined) return [];
  if (!/^\d+(\.\d+){0,2}$/.test(rustVersion))
    return [
      {
        key: 'rust-version',
        message: 'unexpected version requirement, expected a version like "1.32"',
      },
    ];
  const whole = [...rustVersion.split('.'), '0', '0'].slice(0, 3).join('.');
  return compareVersions(whole, first) >= 0
    ? []
    : [
        {
          key: 'rust-version',
          message: `rust-version ${rustVersion} is incompatible with the version (${first}) required by the specified edition (${edition})`,
        },
      ];
}
