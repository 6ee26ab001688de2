import type { Hash } from '../format/file-content.ts';

declare const contentBrand: unique symbol;
declare const commandBrand: unique symbol;

/** A row of the log's table of contents: equal numbers are equal paths with equal content. */
export type ContentId = number & { readonly [contentBrand]: true };
/** A row of the log's table of commands. */
export type CommandId = number & { readonly [commandBrand]: true };

/** All that a command is, as texts, and their digest. The texts are kept to tell later what changed. */
export interface CommandText {
  readonly digest: Hash;
  readonly parts: readonly string[];
}

/** A variable that a tool said it read (rustc's `# env-dep:`); no value when it was not set. */
export interface EnvironmentRead {
  readonly name: string;
  readonly value?: string;
}

/** The last success of an action. */
export interface ActionRecord {
  /** What names the action from build to build: its first output, or a digest where it has none. */
  readonly key: string;
  readonly command: CommandId;
  /** Declared inputs and the program, in that order. */
  readonly inputs: readonly ContentId[];
  /** What the depfile named beyond those. */
  readonly discovered: readonly ContentId[];
  readonly outputs: readonly ContentId[];
  readonly environment: readonly EnvironmentRead[];
  readonly durationMs: number;
}
