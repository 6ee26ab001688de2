import type { Diagnostic, Place } from '../../diag/diagnostic.ts';
import type { Source } from '../../diag/source.ts';
import type { Said } from './setup-log.ts';

/** What was said, in stored form: source texts that diagnostics show are kept apart, once each. */
export type StoredSaid =
  | Exclude<Said, { kind: 'diagnostic' }>
  | { readonly kind: 'diagnostic'; readonly diagnostic: StoredDiagnostic; readonly prefix: string };

type StoredPlace = Omit<Place, 'source'> & { readonly source: number };

interface StoredDiagnostic extends Omit<Diagnostic, 'place' | 'related'> {
  readonly place?: StoredPlace;
  readonly related: readonly { readonly place: StoredPlace; readonly message: string }[];
}

/** Adds sources that are new to the list. */
export function storedSaid(said: Said, sources: Source[]): StoredSaid {
  if (said.kind !== 'diagnostic') return said;
  const { place, related, ...rest } = said.diagnostic;
  const stored = ({ source, ...where }: Place): StoredPlace => {
    const known = sources.findIndex(
      ({ path, text }) => path === source.path && text === source.text,
    );
    return { ...where, source: known === -1 ? sources.push(source) - 1 : known };
  };
  return {
    ...said,
    diagnostic: {
      ...rest,
      ...(place !== undefined && { place: stored(place) }),
      related: related.map((one) => ({ ...one, place: stored(one.place) })),
    },
  };
}

/** What was said in an earlier setup, to be said again: places point into texts once more. */
export function saidAgain(said: StoredSaid, sources: readonly Source[]): Said {
  if (said.kind !== 'diagnostic') return said;
  const { place, related, ...rest } = said.diagnostic;
  const whole = ({ source, ...where }: StoredPlace): Place => ({
    ...where,
    source: sources[source] ?? { path: '', text: '' },
  });
  return {
    ...said,
    diagnostic: {
      ...rest,
      ...(place !== undefined && { place: whole(place) }),
      related: related.map((one) => ({ ...one, place: whole(one.place) })),
    },
  };
}
