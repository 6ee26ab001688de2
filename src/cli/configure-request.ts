import type { CommandLineRecord } from '../store/cmd-line-file.ts';

/** A setup to make. */
export interface ConfigureRequest {
  /** Absolute. */
  readonly sourceRoot: string;
  /** Absolute; locked by the caller. */
  readonly buildRoot: string;
  readonly commandLine: CommandLineRecord;
  readonly fatalWarnings: boolean;
}
