import type { Wrap } from '../../wrap/wrap-file.ts';

/** A version as a database of wraps counts: upstream's, and that of the wrap. */
export interface WrapdbVersion {
  readonly version: string;
  readonly revision: string;
}

/** The parts of `1.2.3-4`. */
export function splitVersion(text: string): WrapdbVersion {
  const at = text.lastIndexOf('-');
  return { version: text.slice(0, at), revision: text.slice(at + 1) };
}

/** The version that a wrap says it is of: in a field of its own, else in the address of its patch. */
export function saidVersion({ wrapdbVersion, patch }: Wrap): WrapdbVersion | undefined {
  if (wrapdbVersion !== undefined)
    return wrapdbVersion.value.includes('-') ? splitVersion(wrapdbVersion.value) : undefined;
  const url = patch.url?.value;
  if (url === undefined) return undefined;
  const [, version, revision] =
    /\/v2\/[^/]+_([^/_]+)-(\d+)\/get_patch$/.exec(url) ??
    /\/v1\/projects\/[^/]+\/([^/]+)\/(\d+)\/get_zip$/.exec(url) ??
    [];
  return version === undefined || revision === undefined ? undefined : { version, revision };
}

/** The same, or what the archive's name tells: a wrap without a patch has been put up only once. */
export function guessedVersion(wrap: Wrap): WrapdbVersion | undefined {
  const said = saidVersion(wrap);
  if (said !== undefined || wrap.kind !== 'file') return said;
  const version = /\d+(\.\d+)+[a-z]?/.exec(wrap.archive.filename?.value ?? '')?.[0];
  return version === undefined ? undefined : { version, revision: '1' };
}
