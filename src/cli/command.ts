import type { Session } from './session.ts';

/** A command of the command line. Its code is loaded when it is called. */
export interface CommandEntry {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** A few words for `kaon help`; hidden when absent. */
  readonly summary?: string;
  readonly load: () => Promise<CommandModule>;
}

export interface CommandModule {
  /** Runs the command with the words behind its name; answers what kaon exits with. `all` is for its help. */
  readonly run: (
    session: Session,
    words: readonly string[],
    all: readonly CommandEntry[],
  ) => Promise<number>;
}
