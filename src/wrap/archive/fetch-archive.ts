import { err, ok, type Result } from '../../base/result.ts';
import { sha256Of } from '../../base/sha256.ts';
import type { Host } from '../../host/host.ts';
import { contained } from '../contained.ts';
import { fault, fileFault, type WrapFault } from '../fault.ts';
import { basename, dirname, join } from '../paths.ts';
import {
  downloadBefore,
  downloadsDisabled,
  type Laying,
  mayDownload,
  type Outcome,
  type PrepareRequest,
} from '../request.ts';
import { isDownloadable, shownUrl, withoutSecrets } from '../url.ts';
import { type ArchiveFields, type Field, isPlainName, missingKey } from '../wrap-file.ts';

/** A file whose content is what the wrap promised. */
export interface VerifiedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const maxDownload = 2 ** 31 - 1;

/** The folder that downloads are kept in: MESON_PACKAGE_CACHE_DIR, else `packagecache`. */
export function packageCache(host: Host, request: Pick<PrepareRequest, 'subprojects'>): string {
  const chosen = host.system.environment['MESON_PACKAGE_CACHE_DIR'];
  return chosen === undefined || chosen === '' ? join(request.subprojects, 'packagecache') : chosen;
}

/**
 * The archive of sources or of a patch: from the package cache, downloaded, or from `packagefiles`.
 * It is verified before anyone looks into it.
 */
export async function fetchArchive(
  laying: Laying,
  what: 'source' | 'patch',
  fields: ArchiveFields,
): Outcome<VerifiedFile> {
  const { host, request, made } = laying;
  const { filename, url, hash } = fields;
  const missing = (key: string) =>
    err<WrapFault>({
      kind: 'wrap-file',
      diagnostic: missingKey({ name: made.name, header: laying.place }, `${what}_${key}`),
    });
  if (filename === undefined) return missing('filename');
  if (url === undefined) {
    const local = contained(host.files, made.packageFiles, filename.value);
    if (local === undefined) return leavesFolder(filename, `${what}_filename`);
    if (!host.files.exists(local))
      return fault('archive', `File "${local}" does not exist`, filename);
    return verified(host, { path: local, what, hash });
  }
  if (!isPlainName(filename.value)) return leavesFolder(filename, `${what}_filename`);
  if (hash === undefined) return missing('hash');
  const cached = join(packageCache(host, request), filename.value);
  if (host.files.exists(cached)) {
    const hint = `The file is ${cached}; once it is removed, it is downloaded anew.`;
    const kept = verified(host, { path: cached, what, hash, hint });
    if (kept.ok) request.tell?.(`Using ${made.name} ${what} from cache.`);
    return kept;
  }
  if (!mayDownload(request.wrapMode))
    return fault('downloads-disabled', downloadsDisabled, {
      place: url.place,
      hint: downloadBefore,
    });
  const first = await download(laying, what, { url, hash, cached });
  if (first.ok) return first;
  if (fields.fallbackUrl === undefined) {
    request.tell?.(
      `A fallback URL could be specified using ${what}_fallback_url key in the wrap file`,
    );
    return first;
  }
  return download(laying, what, { url: fields.fallbackUrl, hash, cached });
}

async function download(
  { host, request, made }: Laying,
  what: string,
  { url, hash, cached }: { url: Field; hash: Field; cached: string },
): Outcome<VerifiedFile> {
  if (!isDownloadable(url.value))
    return fault('download', `${shownUrl(url.value)} is not a web address`, {
      place: url.place,
      hint: 'Only http and https are downloaded.',
    });
  const folder = host.files.makeDirectory(dirname(cached));
  if (!folder.ok) return fileFault(folder.error);
  const partial = join(dirname(cached), `.kaon-${host.system.processId}-${basename(cached)}`);
  request.tell?.(`Downloading ${made.name} ${what} from ${shownUrl(url.value)}`);
  const got = await host.network.download(url.value, partial, { maxBytes: maxDownload });
  if (!got.ok) {
    host.files.remove(partial);
    return fault('download', `could not get ${shownUrl(url.value)}; is the internet available?`, {
      place: url.place,
      hint: withoutSecrets(got.error.reason),
    });
  }
  const hint = `The server gave another file than the wrap promises; it was not kept. Where that one is meant, it is the ${what}_hash.`;
  const checked = verified(host, { path: partial, what, hash, hint });
  if (!checked.ok) {
    host.files.remove(partial);
    return checked;
  }
  const renamed = host.files.rename(partial, cached);
  return renamed.ok ? ok({ path: cached, bytes: checked.value.bytes }) : fileFault(renamed.error);
}

/** A file that a wrap promises something of. */
interface PromisedFile {
  readonly path: string;
  /** What a message calls it: `source`, `patch`. */
  readonly what: string;
  readonly hash: Field | undefined;
  /** What to try where it is another. */
  readonly hint?: string;
}

/** Reads a file and compares its hash with the wrap's; the message shows both. */
export function verified(
  host: Host,
  { path, what, hash, hint }: PromisedFile,
): Result<VerifiedFile, WrapFault> {
  const bytes = host.files.readBytes(path);
  if (!bytes.ok) return fileFault(bytes.error, hash?.place);
  const actual = sha256Of(bytes.value);
  const expected = hash?.value.toLowerCase();
  if (expected !== undefined && expected !== actual)
    return fault('hash', `Incorrect hash for ${what}:\n ${expected} expected\n ${actual} actual.`, {
      place: hash?.place,
      hint: hint ?? `The file is ${path}; nothing of it was unpacked.`,
    });
  return ok({ path, bytes: bytes.value });
}

/** Said of a name in a wrap file that would reach outside of its folder. */
export function leavesFolder(field: Field, key: string) {
  return fault('wrap-file', `${key} "${field.value}" leads out of its folder`, {
    place: field.place,
    hint: 'It is a name, without "..", of something in its folder.',
  });
}
