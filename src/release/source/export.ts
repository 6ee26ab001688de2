export interface SourceExport {
  /** Absolute. */
  readonly sourceRoot: string;
  /** Any name of a commit; `HEAD` is what is checked out. */
  readonly revision: string;
  /** A folder that is made. */
  readonly into: string;
}

export interface ExportedSource {
  /** When it was committed. */
  readonly timeSeconds: number;
  /** The commit's own name. */
  readonly revision: string;
  readonly warnings: readonly string[];
}
