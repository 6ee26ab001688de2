import type { EnvironmentChange } from '../base/environment.ts';
import type { Id, ReadonlyRows } from '../base/rows.ts';

/** A file that an action reads or writes. */
export type FileId = Id<'file'>;
/** One thing to do. */
export type ActionId = Id<'action'>;
/** A limit on how many actions of a kind run at once. */
export type PoolId = Id<'pool'>;
/** A list of files that many actions share, stored once. */
export type FileListId = Id<'file-list'>;

/**
 * What is to be done to build a project: plain data that prints, compares and stores as it is.
 * It has never heard of targets or languages.
 *
 * Paths are relative to the build directory, in which commands run, or absolute; always with `/`
 * and normalised. A file has at most one action that makes it.
 */
export interface Graph {
  readonly files: ReadonlyRows<FileId, string>;
  readonly fileLists: ReadonlyRows<FileListId, readonly FileId[]>;
  readonly actions: ReadonlyRows<ActionId, Action>;
  readonly pools: ReadonlyRows<PoolId, Pool>;
  /** What can be asked for by name: targets, `all`, run targets. */
  readonly goals: ReadonlyMap<string, Goal>;
}

/** A name for files and for actions that make no file. */
export interface Goal {
  readonly files: readonly FileId[];
  readonly actions: readonly ActionId[];
}

/** How many actions of one kind may run at once (ninja's manual, "Pools"). */
export interface Pool {
  readonly name: string;
  /** How many of its actions may run at once. */
  readonly depth: number;
  /** Its actions own the terminal while they run: one at a time, input and output unredirected. */
  readonly console: boolean;
}

/**
 * One thing to do, with all that decides whether it must be done: ninja calls it an edge. Paths are
 * those of the graph.
 */
export interface Action {
  /** The kind of work in a word or two, as `c_COMPILER` or `CUSTOM_COMMAND`: for lists and the ninja export. */
  readonly rule: string;
  /** What people see while it runs: `Compiling C object app.p/main.c.o`. */
  readonly description: string;
  readonly work: Work;
  /** Files whose content matters: explicit and implicit alike, tools that were built included. */
  readonly inputs: readonly FileId[];
  /** Files that must exist first, but whose change alone is no reason to run again. */
  readonly orderOnly: readonly FileListId[];
  /** What it makes; folders above are made for it. None for a command that only does something. */
  readonly outputs: readonly FileId[];
  /**
   * Those outputs that are complete before the action ends, announced by the tool: actions that need
   * no other output of this one start then. None for most; for a command of rustc (or clippy) that
   * emits metadata beside more, its `.rmeta`. Whoever plans it lists the file here and in `outputs`,
   * and gives the arguments as people would: kaon adds what makes rustc announce
   * (`--error-format=json --json=artifacts`) and shows its messages as they would have looked
   * (in colours where the arguments say `--color=always`). A command with an `--error-format` or
   * `--json` of its own is waited for as a whole. Who links needs the whole library as an input too.
   */
  readonly earlyOutputs: readonly FileId[];
  /** A file that the tool writes to name further inputs. */
  readonly depfile?: Depfile;
  /** What lines of its output start with that name further inputs, as cl writes them; they are shown to nobody. */
  readonly includeLines?: string;
  /** It waits for room there; without one only the number of jobs limits it. */
  readonly pool?: PoolId;
  /** Runs each time it is asked for (`build_always_stale`, run targets). */
  readonly alwaysRun: boolean;
  /** Outputs are deleted before the work starts: for tools that add to what exists, as `ar` does. */
  readonly removeOutputsFirst: boolean;
  /** Ends well even where it did not make its outputs; it runs again then. Other actions must make what they are for. */
  readonly outputsOptional?: true;
  /** It makes files that are no outputs: with its outputs alone nothing is restored. */
  readonly leavesMore?: true;
  /** rustc is to tell programs what of this a later rustc will refuse, dependencies of others included. */
  readonly tellsBreakage?: true;
  /** Another command alone is no reason to run again (ninja's manual, "generator"). */
  readonly anyCommand?: true;
}

/** How a tool tells of files that it read and nobody declared (ninja's manual, "Depfile"). */
export interface Depfile {
  readonly path: string;
  /** `make`: gcc, clang, rustc (with its `# env-dep:` lines). `esbuild`: a metafile; its paths are relative to `work.cwd`. */
  readonly format: 'make' | 'esbuild';
  /** It goes once it was read. */
  readonly passing?: true;
  /** Where the tool writes none it read nobody knows what, and runs each time. */
  readonly needed?: true;
}

/** What an action does: a process, or a small thing kaon does itself. */
export type Work =
  | Command
  | {
      readonly kind: 'copy';
      readonly from: string;
      readonly to: string;
      /** The copy may be the very file under another name (a hard link): nobody writes to it in place. */
      readonly linked?: true;
    }
  | { readonly kind: 'symlink'; readonly target: string; readonly path: string }
  | { readonly kind: 'write'; readonly path: string; readonly content: string }
  | {
      /** The interface of a shared library (its dynamic symbols): users relink only when this changes. */
      readonly kind: 'symbols';
      readonly library: string;
      readonly output: string;
      /** `nm` or `readelf` of the toolchain, as an argument vector without file. */
      readonly tool: readonly string[];
    };

/** A variable that a command sets or changes for its process. */
export type CommandVariable = EnvironmentChange & {
  /**
   * When another value of it asks for another run: always when absent. `where-read`: only where the depfile says
   * that it was read. `never`: it does not change what is made.
   */
  readonly counts?: 'where-read' | 'never';
};

/** A process to run. Words, never a line for a shell: who wants a shell says so in `argv`. */
export interface Command {
  readonly kind: 'command';
  /** The program and its arguments; never a shell string. */
  readonly argv: readonly string[];
  /**
   * Its last word says for whom it writes down what it finds, as the run of a build script does. More or fewer of
   * these ask for no other run; so neither that word nor the outputs are part of what it is.
   */
  readonly lastWordIsAudience?: true;
  /** Directory to run in; the build directory when absent. */
  readonly cwd?: string;
  readonly environment: readonly CommandVariable[];
  /** A file given as standard input; nothing when absent. */
  readonly stdin?: string;
  /** A file that standard output goes to; shown to people when absent. */
  readonly stdout?: string;
  /** Which arguments move to a response file when the command line gets too long for the system. */
  readonly response?: ResponseFile;
  /** A file that is written for it alone, and goes once it ended well. */
  readonly given?: { readonly path: string; readonly content: string };
}

/**
 * Arguments in a file, as systems limit the length of a command line (`rspfile` in ninja's manual,
 * "Rule variables").
 */
export interface ResponseFile {
  readonly path: string;
  /** The first argument that moves; it and all later ones are replaced by `@path`. */
  readonly from: number;
  /** `gcc`: quoted as GNU tools and clang read them. `lines`: one a line, as rustc reads them. */
  readonly quoting: 'gcc' | 'lines';
}

/** Up to so many actions memory is no matter. */
export const usualActions = 10_000;
