/** Where a command stands that CMake ran. */
export interface TracePlace {
  readonly file: string;
  readonly line: number;
}

/** A target as the commands of a trace describe it: what the file API does not tell of it. */
export interface TraceTarget {
  readonly name: string;
  /** `NORMAL`, `EXECUTABLE`, `OBJECT`, `INTERFACE`, `ALIAS`, `CUSTOM`, or the kind of an imported library. */
  readonly type: string;
  readonly imported: boolean;
  /** Lists, generator expressions and all. */
  readonly properties: Map<string, readonly string[]>;
  /** Of `add_dependencies`. */
  readonly depends: string[];
}

/** What `add_custom_command(OUTPUT …)` or `add_custom_target` asks for. */
export interface CustomCommand {
  /** Of a custom target; a custom command has none. */
  readonly name: string | undefined;
  readonly outputs: readonly string[];
  /** Files it makes too, which may be older than what they are made of. */
  readonly byproducts: readonly string[];
  readonly commands: readonly (readonly string[])[];
  readonly depends: readonly string[];
  readonly workingDirectory: string | undefined;
  /** A file in which the command tells what it read. */
  readonly depfile: string | undefined;
  readonly sourceDir: string;
  readonly place: TracePlace;
}

/** Something that CMake would do and that has no place in our model. */
export interface Unsupported {
  readonly what: string;
  readonly place: TracePlace;
}

/** What the trace of CMake's run tells that its file API does not. */
export interface Trace {
  readonly targets: Map<string, TraceTarget>;
  readonly customCommands: CustomCommand[];
  readonly unsupported: Unsupported[];
  /** Of `message(FATAL_ERROR …)` and `message(SEND_ERROR …)`. */
  readonly errors: string[];
}
