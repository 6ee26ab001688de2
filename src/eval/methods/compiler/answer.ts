import type { Started } from '../../../toolchains/checks/memory.ts';
import { type Answer, once } from '../../../toolchains/checks/probe.ts';
import type { Call } from '../../call.ts';
import { readRequired } from '../../functions/common-keywords.ts';
import type { FeatureObject } from '../../objects/feature.ts';
import { Pending, type Value } from '../../value.ts';

/** A check under way becomes a value that is not there yet, and a line of the log in its place. */
export function told<T>(
  { evaluation }: Call,
  started: Started<T>,
  {
    line,
    value,
  }: { readonly line: (answer: T) => string | undefined; readonly value: (answer: T) => Value },
): Value {
  const settled = once(started.finish);
  evaluation.logLater(() => line(settled.finish()) ?? '');
  return new Pending(() => value(settled.finish()));
}

/** The same of a yes-or-no check of which the log says nothing: where its answer decides nothing, it need not be made. */
export function untold({ evaluation }: Call, started: Started<Answer<boolean>>): Value {
  let isWithdrawn = false;
  // What was started and not withdrawn comes to its end, and so to what is remembered.
  evaluation.logLater(() => {
    if (!isWithdrawn) started.finish();
    return '';
  });
  return new Pending(() => started.finish().value, {
    withdraw: started.withdraw && (() => (isWithdrawn = started.withdraw?.() === true)),
  });
}

/** A yes-or-no check that may be needed, or stand behind a feature. */
export interface Question {
  readonly required: boolean | FeatureObject;
  /** What the log says before `skipped: feature x disabled`. */
  readonly skipped: string;
  /** Called only when the feature is not disabled. */
  start(): Asked;
}

interface Asked {
  readonly started: Started<Answer<boolean>>;
  /** What the log says before `YES` or `NO`. */
  readonly line: string;
  /** Ends evaluation, where the answer was to be yes. */
  readonly missing: string;
}

/** Asks, unless the feature is disabled. */
export function question(call: Call, { required, skipped, start }: Question): Value {
  const needed = readRequired(call, required);
  if (needed.disabled !== undefined) {
    call.evaluation.log(`${skipped} skipped: feature ${needed.disabled} disabled`);
    return false;
  }
  const { started, line, missing } = start();
  if (needed.required && !started.finish().value) call.fail(missing);
  return told(call, started, {
    line: ({ value, cached }) => `${line} ${yesNo(value)}${cachedText(cached)}`,
    value: ({ value }) => value,
  });
}

export const yesNo = (value: boolean): string => (value ? 'YES' : 'NO');
export const cachedText = (cached: boolean): string => (cached ? ' (cached)' : '');
