import type { Place } from '../diag/diagnostic.ts';
import type { Wrap } from './wrap-file.ts';

/** The crate that a wrap brings, with the line that says which version. */
export interface CrateOfWrap {
  readonly name: string;
  readonly version: string;
  readonly sha256: string | undefined;
  readonly place: Place;
}

/**
 * The crate of a wrap that says `crate`, or that is named as those of crates are: `syn-2-rs.wrap`
 * with the folder `syn-2.0.66`. To be compared with `Cargo.lock`.
 */
export function crateOfWrap(wrap: Wrap): CrateOfWrap | undefined {
  if (wrap.kind !== 'file') return undefined;
  const sha256 = wrap.archive.hash?.value.toLowerCase();
  if (wrap.crate !== undefined) return { ...wrap.crate, sha256 };
  const [, name, version] =
    /^([A-Za-z0-9_-]+?)-(\d+\.\d+\.\d+[0-9A-Za-z.+-]*)$/.exec(wrap.directory) ?? [];
  const isCrate =
    name !== undefined && wrap.name.startsWith(`${name}-`) && wrap.name.endsWith('-rs');
  if (!isCrate || version === undefined) return undefined;
  return { name, version, sha256, place: wrap.directoryPlace ?? wrap.header };
}

/**
 * The crate that a wrap's URL downloads from crates.io, whatever the wrap is called: `syn.wrap`, too. So
 * it can be had through Cargo; nobody has promised that a `Cargo.lock` agrees with it.
 */
export function crateOfUrl(wrap: Wrap): CrateOfWrap | undefined {
  const url = wrap.kind === 'file' ? wrap.archive.url : undefined;
  const [, , name, version] =
    /^https:\/\/(crates\.io\/api\/v1|static\.crates\.io)\/crates\/([\w-]+)\/(?:\2-)?(\d[\w.+-]*?)(?:\/download|\.crate)$/.exec(
      url?.value ?? '',
    ) ?? [];
  if (wrap.kind !== 'file' || url === undefined || name === undefined || version === undefined)
    return undefined;
  return { name, version, sha256: wrap.archive.hash?.value.toLowerCase(), place: url.place };
}
