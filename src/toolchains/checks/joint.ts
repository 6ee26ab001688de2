/**
 * Probes of one kind that differ in one small thing can be tried by one run of the compiler: its code
 * asks for all of them, and what it prints tells them apart. What a run leaves unexplained is tried
 * alone, so that the answers are always those of single probes.
 */
export interface Joint {
  readonly kind: JointKind;
  /** Code that those who are tried together share: it comes first. */
  readonly before: string;
  /** The part of this one. */
  readonly part: JointPart;
  /** Arguments that they share, where the part itself is an argument. */
  readonly sharedArgs?: readonly string[];
  /** Told as soon as it is known, while others still wait. */
  readonly settled?: (found: { readonly ok: boolean }) => void;
}

export interface JointPart {
  /** What compilers and linkers call it when they complain. */
  readonly name: string;
  /** Code before all else. */
  readonly head?: string;
  /** Code, with a number for its names. A complaint about its lines is one about this part. */
  readonly body?: (number: number) => string;
  readonly args?: readonly string[];
}

export interface JointKind {
  readonly name: string;
  /** Code after all parts. */
  readonly tail?: (numbers: readonly number[]) => string;
  /** What a run tells of its parts, by their place. A part that is not spoken of is tried again with the others that are not. */
  readonly read: (run: JointRun) => ReadonlyMap<number, JointAnswer>;
}

/** Programs with nothing in common but what they are linked with. */
export const program: JointKind = { name: 'program', read: () => new Map() };

/** What is known of one part, or that it cannot be known from such a run. */
export type JointAnswer = { readonly ok: boolean; readonly stdout?: string } | 'alone';

export interface JointRun {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly parts: readonly JointPart[];
  /** The part that a line of the code belongs to, or the code that comes before all. */
  readonly partOfLine: (line: number) => number | 'before' | undefined;
}

/** The code of several probes, and whose its lines are. */
export function joinedCode(
  { kind, before }: Pick<Joint, 'kind' | 'before'>,
  parts: readonly JointPart[],
): { readonly code: string; readonly partOfLine: JointRun['partOfLine'] } {
  const pieces = parts.map(({ head = '' }) => head).filter((piece) => piece !== '');
  const heads = lineCount(pieces);
  pieces.push(before);
  let line = 1 + lineCount(pieces);
  const first = line;
  const starts = parts.map(({ body }, number) => {
    const start = line;
    const code = body?.(number) ?? '';
    if (code !== '') pieces.push(code);
    line += lineCount(code === '' ? [] : [code]);
    return start;
  });
  const end = line;
  const tail = kind.tail?.(parts.map((_, number) => number)) ?? '';
  if (tail !== '') pieces.push(tail);
  return {
    code: pieces.join('\n'),
    partOfLine: (wanted) => {
      if (wanted <= heads || wanted >= end) return undefined;
      return wanted < first ? 'before' : starts.findLastIndex((start) => start <= wanted);
    },
  };
}

function lineCount(pieces: readonly string[]): number {
  return pieces.reduce((sum, piece) => sum + piece.split('\n').length, 0);
}

/**
 * Parts whose lines the compiler calls wrong; undefined when it also speaks of something else. What is
 * wrong in the code that all share is wrong with each of them.
 */
export function partsInError({
  stderr,
  partOfLine,
  parts: all,
}: Pick<JointRun, 'stderr' | 'partOfLine' | 'parts'>): ReadonlySet<number> | undefined {
  const parts = new Set<number>();
  for (const line of complaints(stderr)) {
    if (summaries.test(line)) continue;
    const place = /^<stdin>:(\d+):\d+: (?:fatal )?error: /.exec(line);
    const part = place === null ? undefined : partOfLine(Number(place[1]));
    if (part === undefined) return undefined;
    for (const one of part === 'before' ? all.keys() : [part]) parts.add(one);
  }
  return parts.size === 0 ? undefined : parts;
}

/** Lines in which a compiler or linker calls something wrong. */
export function complaints(stderr: string): readonly string[] {
  return stderr
    .split('\n')
    .filter((line) => /\berror\b|undefined|cannot/i.test(line) && !quoted(line));
}

/** Code that is shown, with a caret or a number before it, and notes. */
const quoted = (line: string): boolean => /^\s|: (note|warning): |^\S*: In function /.test(line);

/** What only says that something went wrong before. */
const summaries =
  /^(collect2: error: ld returned \d+ exit status|\S+: error: linker command failed with exit code|\d+ (warnings? and \d+ )?errors? generated)/;

export const isSummary = (line: string): boolean => summaries.test(line);

/** Arguments that give code the same meaning inside of our functions as in a program of its own. */
export function joinable(args: readonly string[]): boolean {
  return args.every(
    (arg) =>
      codeGeneration.test(arg) ||
      /^-(D|U|I|isystem|iquote|std=|pthread$|O|g|m(?!cmodel)|W(?!error|fatal|[alp],)|Wl,(-O\d|-z,(relro|now)|--as-needed|--hash-style=\w+)$)/.test(
        arg,
      ),
  );
}

/** How code is made of what was understood, or is laid out: `-flto` and sanitizers are another matter. */
const codeGeneration =
  /^-f(?:no-)?(?:strict-aliasing|wrapv|common|PIC|pic|PIE|pie|plt|visibility=\w+|visibility-inlines-hidden|semantic-interposition|omit-frame-pointer|function-sections|data-sections|stack-protector(?:-\w+)?|stack-clash-protection|cf-protection(?:=\w+)?|asynchronous-unwind-tables|exceptions|math-errno|signed-char|unsigned-char|delete-null-pointer-checks|excess-precision=\w+|trivial-auto-var-init=\w+|strict-flex-arrays(?:=\d)?|diagnostics-[\w-]+(?:=\w+)?|(?:debug|file|macro)-prefix-map=.*)$/;
