/** What `kaon test` is told (Meson: "Unit tests"). */
export interface TestOptions {
  /** Absolute: where tests run, and logs go. */
  readonly buildRoot: string;
  readonly jobs: number;
  /** Failing tests before the run is ended; 0: never. */
  readonly maxFail: number;
  readonly repeat: number;
  readonly gdb: boolean;
  readonly gdbPath: string;
  readonly interactive: boolean;
  readonly wrapper: readonly string[];
  readonly includeSuites: readonly string[];
  readonly excludeSuites: readonly string[];
  readonly exclude: readonly string[];
  readonly names: readonly string[];
  readonly slice: { readonly index: number; readonly of: number } | undefined;
  /** As a slice, but there may be more shards than tests. */
  readonly shard: { readonly index: number; readonly of: number } | undefined;
  /** Standard output and error are kept apart. */
  readonly split: boolean;
  readonly printErrorLogs: boolean;
  readonly benchmark: boolean;
  /** Empty: no logs are written. */
  readonly logBase: string;
  readonly verbose: boolean;
  readonly quiet: boolean;
  /** 0 or less: no timeouts. */
  readonly timeoutMultiplier: number | undefined;
  readonly setup: string | undefined;
  readonly testArguments: readonly string[];
  /** Of a long log that is shown. */
  readonly maxLines: number;
}

/** What `kaon test` does where nothing is said. */
export const defaultTestOptions: Omit<TestOptions, 'buildRoot'> = {
  jobs: 1,
  maxFail: 0,
  repeat: 1,
  gdb: false,
  gdbPath: 'gdb',
  interactive: false,
  wrapper: [],
  includeSuites: [],
  excludeSuites: [],
  exclude: [],
  names: [],
  slice: undefined,
  shard: undefined,
  split: true,
  printErrorLogs: false,
  benchmark: false,
  logBase: 'testlog',
  verbose: false,
  quiet: false,
  timeoutMultiplier: undefined,
  setup: undefined,
  testArguments: [],
  maxLines: 100,
};
