import { unreachable } from '../../base/assert.ts';
import { mesonVersion } from '../../base/meson-version.ts';
import { versionMatches } from '../../base/version.ts';
import type { Diagnostic, Place } from '../../diag/diagnostic.ts';
import type { ProjectScope } from '../project-scope.ts';
import { reaches, showRange } from './version-range.ts';

/** What came with a version of Meson, went with one, or never worked. */
export interface FeatureUse {
  readonly kind: 'new' | 'deprecated' | 'broken';
  readonly feature: string;
  readonly since: string;
  /** Put after the sentence. */
  readonly extra?: string | undefined;
  readonly place?: Place | undefined;
  /** Places told below a headline that names none. */
  readonly related?: Diagnostic['related'];
}

/** Which features of other versions than the one a project asks for were used; tells each once, and all at the end. */
export class FeatureUses {
  readonly #uses = new Map<
    string,
    Map<string, { readonly features: Set<string>; readonly keys: Set<string> }>
  >();
  readonly #fitting = new WeakMap<ProjectScope['mesonVersion']['target'], Map<string, boolean>>();
  readonly #report: (diagnostic: Diagnostic) => void;

  constructor(report: (diagnostic: Diagnostic) => void) {
    this.#report = report;
  }

  use(scope: ProjectScope, use: FeatureUse): void {
    const fits = this.#fits(scope, use);
    if (scope.mesonVersion.target.kind === 'not-read' && use.kind !== 'broken') return;
    if (fits && use.kind !== 'deprecated') return;
    const versions = this.#versions(use.kind, scope.subproject);
    const seen = versions.get(use.since) ?? { features: new Set(), keys: new Set() };
    versions.set(use.since, seen);
    const key = `${use.feature}\0${use.place?.source.path}\0${use.place?.span.start}`;
    if (seen.keys.has(key)) return;
    seen.keys.add(key);
    seen.features.add(use.feature);
    if (fits) return;
    this.#report({
      severity: use.kind === 'broken' ? 'deprecation' : 'warning',
      message: sentence(scope, use),
      ...(use.place === undefined ? {} : { place: use.place }),
      hints: [],
      related: use.related ?? [],
    });
  }

  /** Compared once: loops ask a thousand times whether the same is new. */
  #fits(scope: ProjectScope, { kind, since }: FeatureUse): boolean {
    const { target } = scope.mesonVersion;
    const known = this.#fitting.get(target) ?? new Map<string, boolean>();
    this.#fitting.set(target, known);
    const key = `${kind} ${since}`;
    const fits = known.get(key) ?? isFine(scope, kind, since.replace(/(\.0)+$/, ''));
    known.set(key, fits);
    return fits;
  }

  /** Meson's list at the end of a project. */
  summarise(scope: ProjectScope): void {
    for (const kind of ['new', 'deprecated', 'broken'] as const) {
      const versions = this.#uses.get(`${kind}\0${scope.subproject}`);
      if (versions === undefined) continue;
      let warning = '';
      let notice = '';
      for (const [since, { features }] of [...versions].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const line = `\n * ${since}: {${[...features]
          .map((name) => `'${name}'`)
          .sort()
          .join(', ')}}`;
        // As Meson compares here: >=0.56 may be older than 0.56.0.
        if (isFine(scope, kind, since)) notice += line;
        else warning += line;
      }
      const tell = (severity: 'notice' | 'warning', message: string): void =>
        this.#report({ severity, message, hints: [], related: [] });
      if (notice !== '') tell('notice', `Future-deprecated features used:${notice}`);
      if (warning !== '') tell('warning', heading(scope, kind) + warning);
    }
  }

  #versions(kind: string, subproject: string) {
    const key = `${kind}\0${subproject}`;
    const versions = this.#uses.get(key) ?? new Map();
    this.#uses.set(key, versions);
    return versions;
  }
}

function isFine(
  { mesonVersion: { target } }: ProjectScope,
  kind: FeatureUse['kind'],
  since: string,
): boolean {
  switch (kind) {
    case 'broken':
      return false;
    case 'new':
      return target.kind === 'range'
        ? reaches(target.range, since)
        : versionMatches(since, `<${mesonVersion.split('.')[0]}.0`);
    case 'deprecated':
      return target.kind === 'range' && !reaches(target.range, since);
    default:
      return unreachable(kind);
  }
}

function sentence({ mesonVersion: { target } }: ProjectScope, use: FeatureUse): string {
  const extra = use.extra ? ` ${use.extra}` : '';
  if (use.kind === 'broken')
    return `Project uses feature that was always broken, and is now deprecated since '${use.since}': ${use.feature}.${extra}`;
  const prefix =
    target.kind === 'range' && (use.kind === 'deprecated' || hasMinimum(target.range))
      ? `Project targets '${showRange(target.range)}'`
      : 'Project does not target a minimum version';
  const what = use.kind === 'new' ? 'feature introduced in' : 'feature deprecated since';
  return `${prefix} but uses ${what} '${use.since}': ${use.feature}.${extra}`;
}

function heading({ mesonVersion: { target } }: ProjectScope, kind: FeatureUse['kind']): string {
  if (kind === 'deprecated') return 'Deprecated features used:';
  if (kind === 'broken') return 'Broken features used:';
  return target.kind === 'range' && hasMinimum(target.range)
    ? `Project specifies a minimum meson_version '${showRange(target.range)}' but uses features which were added in newer versions:`
    : 'Project specifies no minimum version but uses features which were added in versions:';
}

function hasMinimum(range: Parameters<typeof showRange>[0]): boolean {
  return range.kind === 'range' && range.min !== undefined;
}
