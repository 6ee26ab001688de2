import type { NamedFiles } from '../../eval/input.ts';
import type { CommandLineRecord } from '../../store/cmd-line-file.ts';

/** A setup to make. */
export interface ConfigureRequest {
  /** Absolute. */
  readonly sourceRoot: string;
  /** Absolute; locked by the caller. */
  readonly buildRoot: string;
  readonly commandLine: CommandLineRecord;
  /** Machine files as this command line names them, where it does. */
  readonly namedFiles?: NamedFiles;
  readonly fatalWarnings: boolean;
  /** What earlier runs learnt of this machine's tools does not count. */
  readonly clearCache?: boolean;
}
