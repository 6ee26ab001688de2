/** Something that an installation put in its place, or would on a dry run. */
export interface InstalledThing {
  readonly item: 'file' | 'symlink' | 'directory' | 'script';
  /** Absolute, DESTDIR included; of a script its command. */
  readonly path: string;
  /** What it was made from, where there is such a thing. */
  readonly from?: string;
  /** The file that was there was as new, and stays. */
  readonly preserved?: true;
}
