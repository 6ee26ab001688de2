import type { FileStat } from '../host/host.ts';

/**
 * Remembers what actions made, under a digest of all that decides it. The shape is that of the Remote
 * Execution API v2 (`ActionCache` and `ContentAddressableStorage`), so that a server can stand in the
 * place of a folder. Nothing here throws: a cache that cannot be used answers that it has nothing.
 */
export interface ActionCache {
  /** What an action made when it last ran with these very inputs. */
  result(action: Digest): Promise<ActionResult | undefined>;
  /** Remembers it. Its contents must be in already. */
  remember(action: Digest, result: ActionResult): Promise<void>;
  /**
   * Takes in the content of a file (absolute). False where it could not, or where it is not that content.
   * While the file is as it was `seen` when it was digested, it need not be digested again.
   */
  takeIn(digest: Digest, path: string, seen?: FileStat): Promise<boolean>;
  /** Writes a content to a file (absolute). False where it is not there or damaged. */
  giveOut(file: OutputFile, path: string): Promise<boolean>;
}

/** SHA-256 in hexadecimal digits, with the length of what was digested. */
export interface Digest {
  readonly hash: string;
  readonly sizeBytes: number;
}

/** A file that an action made; its content lies in the cache under its digest. */
export interface OutputFile {
  /** As the graph names it. */
  readonly path: string;
  readonly digest: Digest;
  readonly isExecutable: boolean;
}

/** What an action that ended well left behind. */
export interface ActionResult {
  readonly outputFiles: readonly OutputFile[];
  /** What the tool said: warnings are told again. */
  readonly stdoutRaw: string;
  /** The same as rustc writes it for programs. */
  readonly stderrRaw?: string;
}
