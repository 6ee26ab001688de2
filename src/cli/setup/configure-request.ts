import type { CommandLineRecord } from '../../store/setup/cmd-line-file.ts';

/** A setup to make. */
export interface ConfigureRequest {
  /** Absolute. */
  readonly sourceRoot: string;
  /** Absolute; locked by the caller. */
  readonly buildRoot: string;
  readonly commandLine: CommandLineRecord;
  readonly fatalWarnings: boolean;
  /** What earlier runs learnt of this machine's tools does not count. */
  readonly clearCache?: boolean;
}
