/** A case of the corpus, as the runner tells of it. */
export interface CaseResult {
  /** `common/42 subproject [option=value]`. */
  readonly id: string;
  readonly status: 'pass' | 'fail' | 'skip';
  /** The stage it came to; empty when it cannot run on this machine. */
  readonly stage: string;
  readonly reason: string;
  /** Whether the expected lines were printed; null when none are. */
  readonly message: boolean | null;
}

/** What Meson itself did. */
export interface Reference {
  readonly cases: Readonly<Record<string, string>>;
  /** Whether this machine has not all tools and libraries of the one that Meson ran on. */
  readonly isLacking: boolean;
}

/** What is wrong with a run, measured by the list of known failures. */
export interface Verdict {
  readonly passed: number;
  /** Failures that are not in the list. */
  readonly unexpected: readonly CaseResult[];
  /** Listed cases that pass: the list must shrink. */
  readonly mended: readonly string[];
  readonly known: readonly string[];
  /** Cases that Meson passes where their tools are installed, and that this machine cannot run. */
  readonly lacking: readonly CaseResult[];
}

/** Reads `known-failures.txt`: an id a line, two spaces, `#` and why. */
export function parseKnownFailures(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const [id = '', reason = ''] = line.split('  #');
      if (reason.trim() === '') throw new Error(`known-failures.txt: ${line}: say why it fails`);
      return [id.trim(), reason.trim()];
    }),
  );
}

/**
 * Compares a run with the list. Only cases that Meson itself passes count; in `failing` the wording of
 * the error counts too.
 */
export function judge(
  results: readonly CaseResult[],
  reference: Reference,
  known: ReadonlyMap<string, string>,
): Verdict {
  const counted = results.filter(({ id }) => reference.cases[id] === 'pass');
  // A case that skips itself does so for something that this machine lacks, if it lacks anything.
  const cannotRun = ({ stage, status }: CaseResult): boolean =>
    stage === '' || (status === 'skip' && reference.isLacking);
  const ran = counted.filter((result) => !cannotRun(result));
  const failed = ran.filter(isFailure);
  const passed = ran.filter((result) => !isFailure(result));
  return {
    passed: passed.length,
    unexpected: failed.filter(({ id }) => !known.has(id)),
    known: failed.map(({ id }) => id).filter((id) => known.has(id)),
    mended: passed.map(({ id }) => id).filter((id) => known.has(id)),
    lacking: counted.filter(cannotRun),
  };
}

function isFailure({ status, message }: CaseResult): boolean {
  return status !== 'pass' || message === false;
}

/** A verdict as people read it; no newline at the end. */
export function showVerdict(verdict: Verdict): string {
  const { passed, unexpected, known, mended, lacking } = verdict;
  const reasons = [...new Set(lacking.map(({ reason }) => reason))].sort();
  return [
    ...unexpected.map(({ id, reason }) => `failed: ${id}: ${reason}`),
    ...mended.map((id) => `passes now, take it out of known-failures.txt: ${id}`),
    ...(lacking.length === 0 ? [] : [`${lacking.length} cannot run here: ${reasons.join('; ')}`]),
    `${passed} passed, ${unexpected.length} failed, ${known.length} known to fail`,
  ].join('\n');
}
