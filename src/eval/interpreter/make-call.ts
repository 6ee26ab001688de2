import type { Diagnostic, Place } from '../../diag/diagnostic.ts';
import type { Source, Span } from '../../diag/source.ts';
import type { Call, Tell } from '../call.ts';
import type { Evaluation } from '../evaluation.ts';
import { failAt } from '../evaluation-error.ts';
import type { ProjectScope } from '../project-scope.ts';
import type { FeatureUse } from './feature-uses.ts';
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
  return new CallHere(frame, name, spans);
}

/** Made for each call, and seldom asked: its methods are shared, and its place is found when needed. */
class CallHere implements Call {
  readonly evaluation: Evaluation;
  readonly scope: ProjectScope;
  readonly name: string;
  readonly #source: Source;
  readonly #current: Frame['current'];
  readonly #spans: ArgumentSpans;
  #place: Place | undefined;

  constructor({ evaluation, scope, source, current }: Frame, name: string, spans: ArgumentSpans) {
    this.evaluation = evaluation;
    this.scope = scope;
    this.name = name;
    this.#source = source;
    this.#current = current;
    this.#spans = spans;
  }

  get place(): Place {
    this.#place ??= currentPlace({ source: this.#source, current: this.#current });
    return this.#place;
  }

  get unplaced(): Tell {
    return new TellHere(this, { related: [{ place: this.place, message: 'here' }] });
  }

  argumentPlace(which: number | string): Place {
    const { positional, keywords } = this.#spans;
    return this.#at(typeof which === 'number' ? positional[which] : keywords.get(which));
  }

  keywordPlace(keyword: string): Place {
    return this.#at(this.#spans.keywordNames.get(keyword));
  }

  fail(message: string, more: Parameters<Call['fail']>[1] = {}): never {
    const source = this.#source;
    const spans = [...this.#spans.positional, ...this.#spans.keywords.values()];
    const focus =
      more.at === undefined
        ? textAtFault(message, { source, spans, variables: this.scope.variables })
        : more.at.source === source
          ? more.at.span
          : undefined;
    return failAt(more.at !== undefined && focus === undefined ? more.at : this.place, message, {
      ...(focus === undefined ? {} : { focus }),
      ...(more.hint === undefined ? {} : { hint: more.hint }),
      ...(more.related === undefined ? {} : { related: more.related }),
    });
  }

  warn(message: string): void {
    this.#tell().warn(message);
  }

  deprecated(message: string): void {
    this.#tell().deprecated(message);
  }

  uses(feature: string, since: string, extra?: string): void {
    this.#tell().uses(feature, since, extra);
  }

  usesDeprecated(feature: string, since: string, extra?: string): void {
    this.#tell().usesDeprecated(feature, since, extra);
  }

  usesBroken(feature: string, since: string, extra?: string): void {
    this.#tell().usesBroken(feature, since, extra);
  }

  #tell(): Tell {
    return new TellHere(this, { place: this.place });
  }

  #at(span: Span | undefined): Place {
    return span === undefined ? this.place : { source: this.#source, span };
  }
}

class TellHere implements Tell {
  readonly #call: Pick<Call, 'evaluation' | 'scope'>;
  readonly #where: { readonly place?: Place; readonly related?: Diagnostic['related'] };

  constructor(
    call: Pick<Call, 'evaluation' | 'scope'>,
    where: { readonly place?: Place; readonly related?: Diagnostic['related'] },
  ) {
    this.#call = call;
    this.#where = where;
  }

  warn(message: string): void {
    this.#report('warning', message);
  }

  deprecated(message: string): void {
    this.#report('deprecation', message);
  }

  uses(feature: string, since: string, extra?: string): void {
    this.#use({ kind: 'new', feature, since, extra, ...this.#where });
  }

  usesDeprecated(feature: string, since: string, extra?: string): void {
    this.#use({ kind: 'deprecated', feature, since, extra, ...this.#where });
  }

  usesBroken(feature: string, since: string, extra?: string): void {
    this.#use({ kind: 'broken', feature, since, extra, ...this.#where });
  }

  #use(use: FeatureUse): void {
    const { evaluation, scope } = this.#call;
    evaluation.features.use(scope, use);
  }

  #report(severity: 'warning' | 'deprecation', message: string): void {
    const { evaluation } = this.#call;
    evaluation.report({ severity, message, hints: [], related: [], ...this.#where });
  }
}
