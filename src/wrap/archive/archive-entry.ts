/** One thing in an archive, as the archive says it; nothing of it has been believed yet. */
export interface ArchiveEntry {
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'hardlink' | 'other';
  /** What an entry of kind `other` is called: `CharacterDevice`. */
  readonly type: string;
  /** Where a link leads. */
  readonly target: string;
  readonly mode: number;
  readonly mtimeMs: number | undefined;
  readonly content: Uint8Array;
}

/** Why an archive is refused; `entry` names the one at fault. */
export interface ArchiveFault {
  readonly kind: 'damaged' | 'refused' | 'no-tool';
  readonly entry?: string;
  /** A sentence without its end: `leads out of its folder`. */
  readonly rule: string;
}

/** What an archive may become at most: the larger of 1 GiB and twenty times its size. */
export function largestContent(archiveBytes: number): number {
  return Math.max(2 ** 30, 20 * archiveBytes);
}

/**
 * How many entries an archive may have, and how deep its folders may nest: more is an attack, not a
 * release.
 */
export const maxEntries = 200_000;
export const maxDepth = 100;
