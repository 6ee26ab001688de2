/** What planning asks of the run of a build script: its command has both parts as words in JSON. */
export type ScriptRequest = ScriptWork & ScriptAudience;

/** What is run, and where its results go. All paths are absolute. */
export interface ScriptWork {
  readonly program?: string;
  /** What the user's configuration says in the program's place. */
  readonly said?: string;
  readonly package: string;
  /** Where results go; `out` in it is the script's. */
  readonly folder: string;
  /** The folder of its package. */
  readonly source: string;
  /** Its sources may change, and its warnings are the user's. */
  readonly isLocal: boolean;
  readonly buildRoot: string;
  /** The native library that its package links with (`links` in Cargo.toml). */
  readonly links?: string | undefined;
  /** rustc is too old to be told of cfgs that may be asked for. */
  readonly withoutCheckCfg?: boolean;
  /** What other scripts told theirs: the native libraries that they link with, and files of what they said. */
  readonly others: readonly { readonly links: string; readonly file: string }[];
  /** Files that tell a shell where the program finds shared libraries that other scripts have made. */
  readonly libraries?: readonly string[];
}

/** For whom results are written down. Others do not ask for another run: what was said last is written down again. */
export interface ScriptAudience {
  readonly owner: ScriptOwner;
  /** Targets that wait for the results, and the file of arguments that each gets. */
  readonly consumers: readonly { readonly name: string; readonly file: string }[];
  /** Whether its package has a library. */
  readonly hasLibrary: boolean;
}

/** The package of a script, as far as it decides what the script may say. */
export interface ScriptOwner {
  /** Its `rust-version`; empty where it promises none. */
  readonly rustVersion: string;
  /** Its targets that arguments for the linker may be for: `bin=NAME`, `test`, `example`, `bench`. */
  readonly targets: readonly string[];
}
