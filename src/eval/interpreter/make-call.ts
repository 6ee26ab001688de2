import type { Diagnostic, Place } from '../../diag/diagnostic.ts';
import type { Span } from '../../diag/source.ts';
import type { Call, Tell } from '../call.ts';
import { failAt } from '../evaluation-error.ts';
import { currentPlace, type Frame } from './frame.ts';
import { textAtFault } from './text-at-fault.ts';

/** Where the arguments of a call were written. */
export interface ArgumentSpans {
  readonly positional: readonly Span[];
  readonly keywords: ReadonlyMap<string, Span>;
  readonly keywordNames: ReadonlyMap<string, Span>;
}

export const noArguments: ArgumentSpans = {
  positional: [],
  keywords: new Map(),
  keywordNames: new Map(),
};

/** What a builtin sees of the place it is called at: that is where the frame looks now. */
export function makeCall(frame: Frame, name: string, spans: ArgumentSpans = noArguments): Call {
  const { evaluation, scope, source } = frame;
  const place = currentPlace(frame);
  const at = (span: Span | undefined): Place => (span === undefined ? place : { source, span });
  return {
    evaluation,
    scope,
    place,
    name,
    argumentPlace: (which) =>
      at(typeof which === 'number' ? spans.positional[which] : spans.keywords.get(which)),
    keywordPlace: (keyword) => at(spans.keywordNames.get(keyword)),
    fail: (message, more = {}) => {
      const written = [...spans.positional, ...spans.keywords.values()];
      const focus =
        more.at === undefined
          ? textAtFault(source, written, message)
          : more.at.source === source
            ? more.at.span
            : undefined;
      return failAt(more.at !== undefined && focus === undefined ? more.at : place, message, {
        ...(focus === undefined ? {} : { focus }),
        ...(more.hint === undefined ? {} : { hint: more.hint }),
        ...(more.related === undefined ? {} : { related: more.related }),
      });
    },
    ...tell(frame, { place }),
    unplaced: tell(frame, { related: [{ place, message: 'here' }] }),
  };
}

function tell(
  { evaluation, scope }: Frame,
  where: { readonly place?: Place; readonly related?: Diagnostic['related'] },
): Tell {
  const report = (severity: 'warning' | 'deprecation', message: string): void =>
    evaluation.report({ severity, message, hints: [], related: [], ...where });
  return {
    warn: (message) => report('warning', message),
    deprecated: (message) => report('deprecation', message),
    uses: (feature, since, extra) =>
      evaluation.features.use(scope, { kind: 'new', feature, since, extra, ...where }),
    usesOld: (kind, feature, since, extra) =>
      evaluation.features.use(scope, { kind, feature, since, extra, ...where }),
  };
}
