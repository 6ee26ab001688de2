import { versionMatches } from '../../../base/version.ts';
import { type Diagnostic, plainError } from '../../../diag/diagnostic.ts';
import type { CrateGraph, CratePackage } from '../../../model/crate-graph.ts';

/** Packages of a graph that promise to build only with a newer rustc, in a sentence; as Cargo tells it. */
export function needsNewerRustc(
  { packages, units }: Pick<CrateGraph, 'packages' | 'units'>,
  rustc: string,
): Diagnostic | undefined {
  // What comes before a release counts as the release.
  const [, release = ''] = /^(\d[\d.]*)/.exec(rustc) ?? [];
  if (release === '') return undefined;
  const used = new Set([...units.values()].map((unit) => packages.get(unit.package)));
  const tooNew = [...used].filter(
    (of) => wanted(of) !== '' && !versionMatches(padded(release), `>=${padded(wanted(of))}`),
  );
  if (tooNew.length === 0) return undefined;
  const list = tooNew.map((of) => `  ${of.name}@${of.version} requires rustc ${wanted(of)}`).sort();
  const which = tooNew.length === 1 ? 'package' : 'packages';
  const other = tooNew.every(({ isMember }) => isMember)
    ? ''
    : ', "cargo update NAME --precise VERSION" takes an older package';
  return plainError(
    [`rustc ${release} is not supported by the following ${which}:`, ...list].join('\n'),
    `"rustup update" brings a newer one${other}, --ignore-rust-version (in a meson.build, ignore_rust_version: true) tries it all the same.`,
  );
}

function wanted({ environment }: CratePackage): string {
  return environment['CARGO_PKG_RUST_VERSION'] ?? '';
}

/** `1.70` is `1.70.0`. */
function padded(version: string): string {
  return [...version.split('.'), '0', '0'].slice(0, 3).join('.');
}
