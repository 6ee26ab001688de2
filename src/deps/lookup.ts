import { versionMatches } from '../base/version.ts';
import { listed, pythonList } from './ask.ts';
import type { DependencyContext, DependencyRequest } from './context.ts';
import type { Attempt, FoundDependency } from './found.ts';
import { languageAware, languageOf, type Ways, waysOf } from './packages.ts';

/** A dependency, or why there is none: the reason is what ends evaluation when it was required. */
export type LookupResult =
  | { readonly kind: 'found'; readonly found: FoundDependency }
  | { readonly kind: 'not-found'; readonly reason: string };

/** Looks for a dependency on the machine, each way in its order; tells people what came of it. */
export function lookupDependency(
  context: DependencyContext,
  name: string,
  request: DependencyRequest,
): LookupResult {
  const key = identityOf(name, request);
  const known = context.memory.found.get(key);
  if (known !== undefined && meets(known, request)) {
    tellCached(context, known);
    return { kind: 'found', found: known };
  }
  const result = lookFor(context, name, request);
  if (result.kind === 'found' && result.found.isOneOfSeveral !== true)
    context.memory.found.set(key, result.found);
  return result;
}

/** What makes two questions the same; the version is compared anew each time. */
function identityOf(name: string, request: DependencyRequest): string {
  const { version: _version, required: _required, ...rest } = request;
  return JSON.stringify([name, rest]);
}

function meets({ version }: FoundDependency, request: DependencyRequest): boolean {
  if (request.version.length === 0) return true;
  return (
    version !== undefined && request.version.every((wanted) => versionMatches(version, wanted))
  );
}

function tellCached({ log }: DependencyContext, { name, version }: FoundDependency): void {
  log(`Dependency ${name} found: YES${version === undefined ? '' : ` ${version}`} (cached)`);
}

/** Looks whatever was found before, and tells that. */
export function lookFor(
  context: DependencyContext,
  name: string,
  request: DependencyRequest,
): LookupResult {
  const lower = name.toLowerCase();
  if (request.language !== undefined && !languageAware.has(lower))
    return notFound(`${name} dependency does not accept "language" keyword argument`);
  const ways = waysOf(context, name, request);
  if (!ways.ok) return notFound(ways.error);
  const language = request.language ?? languageOf.get(lower);
  return lookupByWays(context, { name, ways: ways.value }, { ...request, language });
}

/** A dependency and the ways to find it, the preferred one first. */
interface Sought {
  readonly name: string;
  readonly ways: Ways;
}

/** Looks for a dependency in ways of the caller's. */
export function lookupByWays(
  context: DependencyContext,
  sought: Sought,
  request: DependencyRequest,
): LookupResult {
  const { name } = sought;
  const lower = name.toLowerCase();
  const shown = displayNames.get(lower) ?? lower;
  const kind = `${context.machine === 'host' ? 'Run' : 'Build'}-time dependency ${shown} `;
  const trial = tryAll(context, sought, request);
  if (trial.found !== undefined) {
    const { version, note, details, language } = trial.found;
    const about =
      detailsText(details) + (request.language ? `for ${language ?? request.language} ` : '');
    const info = [version, note === undefined ? undefined : `(${note})`].filter(
      (part) => part !== undefined && part !== '',
    );
    context.log([`${kind}${about}found: YES`, ...info].join(' '));
    return { kind: 'found', found: trial.found };
  }
  const tried = trial.tried.length === 0 ? '' : ` (tried ${listed(trial.tried)})`;
  const about =
    detailsText(trial.details) + (request.language === undefined ? '' : `for ${request.language} `);
  // Two spaces, as Meson.
  context.log(`${kind}${about}found: NO${tried === '' ? '' : ` ${tried}`}`);
  return notFound(trial.firstFailure ?? `Dependency "${name}" not found${tried}`);
}

const notFound = (reason: string): LookupResult => ({ kind: 'not-found', reason });

const detailsText = (details: string | undefined): string =>
  details === undefined || details === '' ? '' : `${details} `;

interface Trial {
  readonly found: FoundDependency | undefined;
  readonly tried: readonly string[];
  readonly details: string | undefined;
  /** What was wrong with the preferred way. */
  readonly firstFailure: string | undefined;
}

function tryAll(
  context: DependencyContext,
  { name, ways }: Sought,
  request: DependencyRequest,
): Trial {
  const tried: string[] = [];
  let details: string | undefined;
  let firstFailure: string | undefined;
  for (const [index, way] of ways.entries()) {
    const attempt = checkedVersion(context, way.look(context, request), request);
    if (attempt.kind === 'failed') {
      const reason = `Dependency lookup for ${name} with method '${way.method}' failed: ${attempt.reason}`;
      if (index === 0) firstFailure = reason;
      continue;
    }
    if (attempt.kind === 'found') return { found: attempt.found, tried, details, firstFailure };
    details = attempt.details;
    tried.push(way.method);
  }
  return { found: undefined, tried, details, firstFailure };
}

/** A dependency of the wrong version is none. */
function checkedVersion(
  { log, machine }: DependencyContext,
  attempt: Attempt,
  { version: wanted, required }: DependencyRequest,
): Attempt {
  if (attempt.kind !== 'found' || wanted.length === 0) return attempt;
  const { name, version, details } = attempt.found;
  const head = `Dependency ${name} for ${machine} machine found: NO.`;
  if (version === undefined || version === '') {
    log(`${head} Unknown version, but need: ${pythonList(wanted)}`);
    return required
      ? { kind: 'failed', reason: `Unknown version, but need ${pythonList(wanted)}.` }
      : { kind: 'absent', ...(details === undefined ? {} : { details }) };
  }
  const missed = wanted.filter((requirement) => !versionMatches(version, requirement));
  if (missed.length === 0) return attempt;
  const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');
  const matched = wanted.filter((requirement) => !missed.includes(requirement));
  log(
    `${head} Found ${version} but need: ${quoted(missed)}${matched.length === 0 ? '' : ` ; matched: ${quoted(matched)}`}`,
  );
  return required
    ? {
        kind: 'failed',
        reason: `Invalid version, need '${name}' ${pythonList(missed)} found '${version}'.`,
      }
    : { kind: 'absent', ...(details === undefined ? {} : { details }) };
}

/** How people write a name. */
const displayNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    boost: 'Boost',
    cuda: 'CUDA',
    dub: 'DUB',
    gmock: 'GMock',
    gtest: 'GTest',
    hdf5: 'HDF5',
    llvm: 'LLVM',
    mpi: 'MPI',
    netcdf: 'NetCDF',
    openmp: 'OpenMP',
    wxwidgets: 'WxWidgets',
  }),
);
