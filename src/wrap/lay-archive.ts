import { ok } from '../base/result.ts';
import type { ArchiveEntry } from './archive-entry.ts';
import { checkEntries } from './check-entries.ts';
import { decompressed, packingOf } from './decompress.ts';
import { archiveFault, fault, fileFault } from './fault.ts';
import { fetchArchive, packageCache, type VerifiedFile, verified } from './fetch-archive.ts';
import { layOut } from './lay-out.ts';
import { basename, join } from './paths.ts';
import { readTar } from './read-tar.ts';
import { readZip } from './read-zip.ts';
import { recordName } from './record.ts';
import { type Laying, mayDownload, type Outcome } from './request.ts';
import type { FileWrap } from './wrap-file.ts';

/** Lays the sources of a `[wrap-file]` into the staging folder. */
export async function layFileWrap(laying: Laying, wrap: FileWrap): Outcome<void> {
  const archive = await sourceArchive(laying, wrap);
  if (!archive.ok) return archive;
  return unpackInto(laying, archive.value, {
    top: wrap.leadDirectoryMissing ? undefined : wrap.directory,
    into: wrap.leadDirectoryMissing ? join(laying.staging, wrap.directory) : laying.staging,
  });
}

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
    return fault(
      'archive',
      `${name} has the folder "${other}", not "${top}"`,
      place,
      `Say "directory = ${other}" in ${made.name}.wrap, or "lead_directory_missing = true" where the archive has no folder of its own.`,
    );
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
 * A crate comes through Cargo. So may any archive whose wrap is named as crates' are, when its URL
 * fails: the hash says that it is the same file.
 */
async function sourceArchive(laying: Laying, wrap: FileWrap): Outcome<VerifiedFile> {
  const { host, request, place } = laying;
  const { crate, archive } = wrap;
  const sha256 = archive.hash?.value.toLowerCase();
  const mode = mayDownload(request.wrapMode);
  if (crate !== undefined) {
    if (sha256 === undefined)
      return fault('wrap-file', `Missing key 'source_hash' in ${wrap.name}.wrap`, place);
    const cached = join(packageCache(host, request), `${crate.name}-${crate.version}.crate`);
    if (host.files.isFile(cached)) return verified(host, cached, 'source', archive.hash);
    const found = await request.fetchCrate({ ...crate, sha256 }, mode);
    if (!found.ok) return fault(mode ? 'download' : 'downloads-disabled', found.error, crate.place);
    return verified(host, found.value, 'source', archive.hash);
  }
  const likely = /^(.+)-(\d+\.\d+\.\d+[0-9A-Za-z.+-]*)$/.exec(wrap.directory);
  const [, name, version] = likely ?? [];
  if (
    name === undefined ||
    version === undefined ||
    sha256 === undefined ||
    archive.url === undefined
  )
    return fetchArchive(laying, 'source', archive);
  const wanted = { name, version, sha256 };
  const known = await request.fetchCrate(wanted, false);
  if (known.ok) return verified(host, known.value, 'source', archive.hash);
  const fetched = await fetchArchive(laying, 'source', archive);
  if (fetched.ok || fetched.error.kind !== 'download' || !wrap.name.endsWith('-rs')) return fetched;
  const viaCargo = await request.fetchCrate(wanted, true);
  return viaCargo.ok ? verified(host, viaCargo.value, 'source', archive.hash) : fetched;
}
