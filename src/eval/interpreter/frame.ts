import type { Place } from '../../diag/diagnostic.ts';
import type { Source, Span } from '../../diag/source.ts';
import { headlineSpan } from '../../lang/headline-span.ts';
import type { Expression, Statement } from '../../lang/tree.ts';
import type { Evaluation } from '../evaluation.ts';
import type { ProjectScope } from '../project-scope.ts';

/** A build file that is being read. */
export interface Frame {
  readonly evaluation: Evaluation;
  readonly scope: ProjectScope;
  readonly source: Source;
  /** What was looked at last: Meson's headline points there when something is wrong. */
  current: Expression | Statement | { readonly kind: 'name'; readonly span: Span };
  /** Above zero inside of the arguments of a call, where nothing may be assigned. */
  argumentDepth: number;
  /** The requirement of the last `meson.version().version_compare(…)`: an `if` narrows by it. */
  versionCheck: readonly string[] | undefined;
}

/** The frame that a build file starts in. */
export function newFrame(evaluation: Evaluation, scope: ProjectScope, source: Source): Frame {
  return {
    evaluation,
    scope,
    source,
    current: { kind: 'name', span: { start: 0, end: 0 } },
    argumentDepth: 0,
    versionCheck: undefined,
  };
}

/** Where a headline points now. */
export function currentPlace({ source, current }: Pick<Frame, 'source' | 'current'>): Place {
  return { source, span: current.kind === 'name' ? current.span : headlineSpan(current) };
}
