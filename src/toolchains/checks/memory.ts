/** What came of trying something with a compiler. */
export interface ProbeOutcome {
  readonly ok: boolean;
  /** The answer was known from before. */
  readonly cached: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly command: readonly string[];
}

/** A check under way: its processes run; `finish` waits for the answer, the same each time. */
export interface Started<T> {
  readonly finish: () => T;
  /** Says that nobody needs the answer, for now. False where it is too late to save anything. */
  readonly withdraw?: (() => boolean) | undefined;
}

/** Remembers what `finish` gave. */
export function once<T>(finish: () => T, withdraw?: Started<T>['withdraw']): Started<T> {
  let result: { readonly value: T } | undefined;
  return {
    withdraw,
    finish: () => {
      result ??= { value: finish() };
      return result.value;
    },
  };
}

/**
 * What compilers answered before. The key holds the compiler, its arguments and the source. A memory
 * that outlives this process also has to know which files the compiler read.
 */
export interface CheckMemory {
  recall(key: string): Started<ProbeOutcome> | undefined;
  remember(key: string, started: Started<ProbeOutcome>): void;
}

/** Remembers as long as this process lives. */
export function processMemory(): CheckMemory {
  const known = new Map<string, Started<ProbeOutcome>>();
  return {
    recall: (key) => {
      const started = known.get(key);
      if (started === undefined) return undefined;
      return { finish: () => ({ ...started.finish(), cached: true }) };
    },
    remember: (key, started) => {
      known.set(key, started);
    },
  };
}
