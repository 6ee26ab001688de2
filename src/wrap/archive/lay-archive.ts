import { ok, type Result } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';
import { copyTree } from '../copy-tree.ts';
import { crateOfUrl, crateOfWrap } from '../crate-of-wrap.ts';
import { archiveFault, fault, fileFault, type WrapFault } from '../fault.ts';
import { layOut } from '../lay-out.ts';
import { basename, join } from '../paths.ts';
import { recordName } from '../record.ts';
import {
  type CrateWanted,
  type Laying,
  mayDownload,
  type Outcome,
  type PrepareRequest,
} from '../request.ts';
import type { FileWrap } from '../wrap-file.ts';
import type { ArchiveEntry } from './archive-entry.ts';
import { checkEntries } from './check-entries.ts';
import { decompressed, packingOf } from './decompress.ts';
import { fetchArchive, packageCache, type VerifiedFile, verified } from './fetch-archive.ts';
import { readTar } from './read-tar.ts';
import { readZip } from './read-zip.ts';

/** Lays the sources of a `[wrap-file]` into the staging folder. */
export async function layFileWrap(laying: Laying, wrap: FileWrap): Outcome<void> {
  const archive = await sourceArchive(laying, wrap);
  if (!archive.ok) return archive;
  const { host, staging, place } = laying;
  if (archive.value.kind === 'folder') {
    const copied = copyTree(host, {
      from: archive.value.path,
      to: join(staging, wrap.directory),
    });
    return copied.ok ? copied : fileFault(copied.error, place);
  }
  return unpackInto(laying, archive.value.file, {
    top: wrap.leadDirectoryMissing ? undefined : wrap.directory,
    into: wrap.leadDirectoryMissing ? join(staging, wrap.directory) : staging,
  });
}

/** Sources whose content is what was promised. */
type Sources =
  | { readonly kind: 'archive'; readonly file: VerifiedFile }
  /** As Cargo vendors crates; Cargo's room compared each file. */
  | { readonly kind: 'folder'; readonly path: string };

/**
 * Checks every entry of a verified archive, then writes them. Nothing is written when one breaks a
 * rule.
 */
export async function unpackInto(
  { host, made, staging, place }: Laying,
  { path, bytes }: VerifiedFile,
  { top, into }: { readonly top: string | undefined; readonly into: string },
): Outcome<void> {
  const name = basename(path);
  const isZip = packingOf(bytes) === 'zip';
  const plain = isZip ? ok(bytes) : await decompressed(host, { path, bytes, scratch: staging });
  if (!plain.ok) return archiveFault(name, plain.error, place);
  const entries = isZip ? readZip(bytes) : await readTar(plain.value);
  if (!entries.ok) return archiveFault(name, entries.error, place);
  const other = top === undefined ? undefined : otherFolder(entries.value, top);
  if (other !== undefined)
    return fault('archive', `${name} has the folder "${other}", not "${top}"`, {
      place,
      hint: `Say "directory = ${other}" in ${made.name}.wrap, or "lead_directory_missing = true" where the archive has no folder of its own.`,
    });
  const layout = checkEntries(
    entries.value.filter((entry) => basename(entry.path) !== recordName),
    top,
  );
  if (!layout.ok) return archiveFault(name, layout.error, place);
  const ready = host.files.makeDirectory(into);
  const written = ready.ok ? layOut(host.files, into, layout.value) : ready;
  return written.ok ? written : fileFault(written.error, place);
}

/** The one folder that everything lies in, where that is a plain misnaming and no attack. */
function otherFolder(entries: readonly ArchiveEntry[], top: string): string | undefined {
  const tops = new Set(entries.map(({ path }) => /^(?:\.\/)*([^/]+)\//.exec(path)?.[1]));
  const [only] = tops;
  return tops.size === 1 && only !== top && only !== '..' && only !== '.' ? only : undefined;
}

/**
 * A crate comes through Cargo. So may any archive whose wrap is named as crates' are, or that would
 * come from crates.io, when its URL fails: the hash says that it is the same file.
 */
async function sourceArchive(laying: Laying, wrap: FileWrap): Outcome<Sources> {
  const { host, request, place } = laying;
  const { archive } = wrap;
  const mode = mayDownload(request.wrapMode);
  const { crate } = wrap;
  const sha256 = archive.hash?.value.toLowerCase();
  const fromCargo = (path: string): Result<Sources, WrapFault> =>
    host.files.isDirectory(path)
      ? ok({ kind: 'folder', path })
      : asArchive(verified(host, { path, what: 'source', hash: archive.hash }));
  if (crate !== undefined) {
    if (sha256 === undefined)
      return fault('wrap-file', `Missing key 'source_hash' in ${wrap.name}.wrap`, { place });
    const kept = keptCrate(host, request, crate);
    if (kept !== undefined) return fromCargo(kept);
    const { name, version } = crate;
    const found = await request.fetchCrate({ name, version, sha256 }, mode ? 'online' : 'offline');
    if (found.ok) return fromCargo(found.value);
    return fault(mode ? 'download' : 'downloads-disabled', found.error, crate);
  }
  const named = crateOfWrap(wrap) ?? crateOfUrl(wrap);
  if (named === undefined || sha256 === undefined || archive.url === undefined)
    return asArchive(await fetchArchive(laying, 'source', archive));
  const wanted = { name: named.name, version: named.version, sha256 };
  const known = await request.fetchCrate(wanted, 'cache');
  if (known.ok) return fromCargo(known.value);
  const fetched = await fetchArchive(laying, 'source', archive);
  if (fetched.ok || !['download', 'downloads-disabled'].includes(fetched.error.kind))
    return asArchive(fetched);
  const viaCargo = await request.fetchCrate(wanted, mode ? 'online' : 'offline');
  return viaCargo.ok ? fromCargo(viaCargo.value) : fetched;
}

/** The archive of a crate in the package cache: as Cargo names it, or as Meson does. */
export function keptCrate(
  host: Host,
  request: Pick<PrepareRequest, 'subprojects'>,
  { name, version }: Pick<CrateWanted, 'name' | 'version'>,
): string | undefined {
  return ['.crate', '.tar.gz']
    .map((suffix) => join(packageCache(host, request), `${name}-${version}${suffix}`))
    .find((path) => host.files.isFile(path));
}

function asArchive(file: Result<VerifiedFile, WrapFault>): Result<Sources, WrapFault> {
  return file.ok ? ok({ kind: 'archive', file: file.value }) : file;
}
