import type { Place } from '../../diag/diagnostic.ts';
import type { Span } from '../../diag/source.ts';
import type { Call } from '../call.ts';
import { failAt } from '../evaluation-error.ts';
import type { ArgumentSpans } from '../interpreter/make-call.ts';

/** A call of `option()` that tells nothing but errors, for who reads option files without evaluating a project. */
export function quietCallAt(
  place: Place,
  { positional, keywords, keywordNames }: ArgumentSpans,
): Call {
  const at = (span: Span | undefined): Place => (span === undefined ? place : { ...place, span });
  const quiet = {
    warn: () => undefined,
    deprecated: () => undefined,
    uses: () => undefined,
    usesDeprecated: () => undefined,
    usesBroken: () => undefined,
  };
  return {
    ...quiet,
    unplaced: quiet,
    name: 'option',
    place,
    argumentPlace: (which) =>
      at(typeof which === 'number' ? positional[which] : keywords.get(which)),
    keywordPlace: (name) => at(keywordNames.get(name)),
    fail: (message, more = {}) => failAt(more.at ?? place, message, more),
    // Option files hold literals alone: nothing in them asks for these.
    evaluation: undefined as unknown as Call['evaluation'],
    scope: undefined as unknown as Call['scope'],
  };
}
