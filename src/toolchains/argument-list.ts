/**
 * Arguments of a compiler or linker, merged as Meson merges them: what is added later overrides what
 * came before. Repeated `-D` and `-I` keep their last place, `-l` and libraries their first, and
 * `-I` and `-L` go to the front in the order of one addition.
 */
export class ArgumentList {
  readonly #kind: ArgumentKind;
  #settled: string[];
  /** Pieces for the front, the newest first. */
  #front: string[] = [];
  #back: string[] = [];
  #present: Set<string>;
  #overrides = false;

  constructor(kind: ArgumentKind, initial: readonly string[] = []) {
    this.#kind = kind;
    this.#settled = [...initial];
    this.#present = new Set(initial);
  }

  add(args: readonly string[]): this {
    const front: string[] = [];
    for (const arg of args) {
      const repeats = this.#kind.repeats(arg);
      if (repeats === 'first-counts' && this.#present.has(arg)) continue;
      if (repeats === 'last-counts') this.#overrides = true;
      this.#present.add(arg);
      if (this.#kind.goesToFront(arg)) front.push(arg);
      else this.#back.push(arg);
    }
    if (front.length > 0) this.#front = [...front, ...this.#front];
    return this;
  }

  /** Adds arguments of an external dependency: its `-L` and `-l` keep their order and their repeats. */
  addPreservingLibraries(args: readonly string[]): this {
    const isLibrary = (arg: string): boolean =>
      !alwaysMerged.has(arg) && (arg.startsWith('-l') || arg.startsWith('-L'));
    this.add(args.filter((arg) => !isLibrary(arg)));
    this.#settle();
    for (const arg of args.filter(isLibrary)) {
      this.#settled.push(arg);
      this.#present.add(arg);
    }
    return this;
  }

  /** Adds as it is; only absolute paths of libraries are still merged. */
  addDirect(args: readonly string[]): this {
    for (const arg of args) {
      if (arg.startsWith('/')) {
        this.add([arg]);
      } else {
        this.#settle();
        this.#settled.push(arg);
        this.#present.add(arg);
      }
    }
    return this;
  }

  toArray(): readonly string[] {
    this.#settle();
    return this.#settled;
  }

  /** As the compiler gets them: libraries grouped for GNU-like linkers, default system folders left out. */
  toNative(): readonly string[] {
    return this.#kind.native(this.toArray());
  }

  #settle(): void {
    if (this.#front.length === 0 && this.#back.length === 0) return;
    this.#settled = this.#overrides
      ? this.#merged()
      : [...this.#front, ...this.#settled, ...this.#back];
    this.#front = [];
    this.#back = [];
    this.#overrides = false;
    this.#present = new Set(this.#settled);
  }

  #merged(): string[] {
    const inFront = new Set<string>();
    const inBack = new Set<string>();
    const overrides = (arg: string): boolean => this.#kind.repeats(arg) === 'last-counts';
    const front = this.#front.filter((arg) => {
      if (inFront.has(arg)) return false;
      if (overrides(arg)) inFront.add(arg);
      return true;
    });
    const back = this.#back.toReversed().filter((arg) => {
      if (inBack.has(arg)) return false;
      if (overrides(arg)) inBack.add(arg);
      return true;
    });
    const kept = this.#settled.filter((arg) => !inFront.has(arg) && !inBack.has(arg));
    return [...front, ...kept, ...back.toReversed()];
  }
}

/** How the arguments of one kind of compiler merge. */
export interface ArgumentKind {
  readonly repeats: (arg: string) => 'all-count' | 'first-counts' | 'last-counts';
  readonly goesToFront: (arg: string) => boolean;
  readonly native: (args: readonly string[]) => readonly string[];
}

/** What a C-like toolchain adds when its arguments become a command line. */
export interface NativeArguments {
  /** Libraries that need one another are put between `--start-group` and `--end-group`. */
  readonly groups: boolean;
  /** Real paths of folders the compiler searches by itself. */
  readonly defaultIncludes: readonly string[];
}

/** How arguments of compilers in the manner of gcc go together. */
export function cLikeArguments(native: NativeArguments): ArgumentKind {
  return {
    repeats: cLikeRepeats,
    goesToFront: (arg) => arg.startsWith('-I') || arg.startsWith('-L'),
    native: (args) => {
      const kept = withoutDefaultIncludes(args, native.defaultIncludes);
      return native.groups ? grouped(kept) : kept;
    },
  };
}

/** D: folders are merged as for C, all else as it comes. */
export function dArguments(native: ArgumentKind['native']): ArgumentKind {
  return {
    repeats: (arg) =>
      arg.startsWith('-I') && arg !== '-I'
        ? 'last-counts'
        : isLibraryFile(arg)
          ? 'first-counts'
          : 'all-count',
    goesToFront: (arg) => arg.startsWith('-I') || arg.startsWith('-L'),
    native,
  };
}

/** Compilers that are not like C: only libraries are merged. */
export const plainArguments: ArgumentKind = {
  repeats: (arg) => (isLibraryFile(arg) ? 'first-counts' : 'all-count'),
  goesToFront: () => false,
  native: (args) => args,
};

const alwaysMerged: ReadonlySet<string> = new Set(
  ['m', 'c', 'pthread', 'dl', 'rt', 'execinfo'].map((name) => `-l${name}`),
);

const overriding = ['-I', '-isystem', '-L', '-D', '-U'];
const unique = ['-l', '-Wl,-l', '-Wl,-rpath,', '-Wl,-rpath-link,'];
const uniqueWords = new Set(['-c', '-S', '-E', '-pipe', '-pthread', '-Wl,--export-dynamic']);

function cLikeRepeats(arg: string): 'all-count' | 'first-counts' | 'last-counts' {
  // Objects, of which there are thousands, and all else that is no option.
  if (!arg.startsWith('-'))
    return !arg.endsWith('.o') && isLibraryFile(arg) ? 'first-counts' : 'all-count';
  // A prefix alone takes the next word with it: `-D FOO` must stay together.
  if (overriding.includes(arg) || unique.includes(arg)) return 'all-count';
  if (overriding.some((prefix) => arg.startsWith(prefix))) return 'last-counts';
  if (uniqueWords.has(arg) || unique.some((prefix) => arg.startsWith(prefix)) || isLibraryFile(arg))
    return 'first-counts';
  return 'all-count';
}

function isLibraryFile(arg: string): boolean {
  return (
    /\.(lib|dll|so|dylib|a)$/.test(arg) || /([/\\]|^)lib.*\.so(\.\d+)?(\.\d+)?(\.\d+)?$/.test(arg)
  );
}

const groupMember = /^(?!-Wl,).*\.so(?:\.\d+)?(?:\.\d+)?(?:\.\d+)?$|^(?:-Wl,)?-l|\.a$/;

function grouped(args: readonly string[]): readonly string[] {
  // Groups may not nest: who makes one himself has all that he needs in it. With Meson such a link fails.
  if (args.includes('-Wl,--start-group')) return args;
  const first = args.findIndex((arg) => groupMember.test(arg));
  const last = args.findLastIndex((arg) => groupMember.test(arg));
  if (last <= first) return args;
  return [
    ...args.slice(0, first),
    '-Wl,--start-group',
    ...args.slice(first, last + 1),
    '-Wl,--end-group',
    ...args.slice(last + 1),
  ];
}

function withoutDefaultIncludes(
  args: readonly string[],
  defaults: readonly string[],
): readonly string[] {
  if (!args.some((arg) => arg.startsWith('-isystem'))) return args;
  const isDefault = (path: string | undefined): boolean =>
    path !== undefined && defaults.includes(path);
  const kept: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '-isystem' && isDefault(args[at + 1])) at++;
    else if (!arg.startsWith('-isystem') || !isDefault(arg.replace(/^-isystem=?/, '')))
      kept.push(arg);
  }
  return kept;
}
