import { type Diagnostic, errorAt, type Place, plainError } from '../diag/diagnostic.ts';
import type { FileFault } from '../host/host.ts';
import type { ArchiveFault } from './archive/archive-entry.ts';

/** Why a subproject cannot be had. The kind is for deciding, the diagnostic for telling. */
export interface WrapFault {
  readonly kind:
    | 'unknown-subproject'
    | 'wrap-file'
    | 'downloads-disabled'
    | 'download'
    | 'hash'
    | 'archive'
    | 'patch'
    | 'no-build-file'
    | 'tool'
    | 'files';
  readonly diagnostic: Diagnostic;
}

/** What a fault shows beside its message. */
interface Shown {
  /** The text at fault; a `Field` is one. */
  readonly place?: Place | undefined;
  readonly hint?: string | undefined;
}

/** A failed result, shown at the text at fault where there is one. */
export function fault(
  kind: WrapFault['kind'],
  message: string,
  { place, hint }: Shown = {},
): { readonly ok: false; readonly error: WrapFault } {
  const diagnostic =
    place === undefined ? plainError(message, hint) : errorAt(place, message, hint);
  return { ok: false, error: { kind, diagnostic } };
}

/** What the file system refused. */
export function fileFault({ path, reason }: FileFault, place?: Place) {
  return fault('files', `${path}: ${reason}`, { place });
}

/** An archive that is damaged or breaks a rule; nothing of it was written. */
export function archiveFault(archive: string, found: ArchiveFault, place: Place) {
  const message =
    found.entry === undefined
      ? `${archive} ${found.rule}`
      : `${archive}: entry "${shown(found.entry)}" ${found.rule}`;
  const hint = found.kind === 'refused' ? 'Nothing of this archive was unpacked.' : undefined;
  return fault(found.kind === 'no-tool' ? 'tool' : 'archive', message, { place, hint });
}

/** A name from an archive as it may stand on a terminal. */
function shown(name: string): string {
  const json = JSON.stringify(name).slice(1, -1).replaceAll('\\\\', '\\');
  return json.length > 200 ? `${json.slice(0, 200)}…` : json;
}
