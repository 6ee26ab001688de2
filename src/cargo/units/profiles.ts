import type { UnitProfile } from '../../model/crate-graph.ts';
import { isTable, type Table } from '../manifest/toml.ts';

/** A profile while units are gathered: some settings are decided only once all units are known. */
export interface OpenProfile extends Omit<UnitProfile, 'strip'> {
  /** Tools of the build may go without, unless the same unit is wanted with it. */
  readonly debuginfoDeferred: boolean;
  /** Undefined where nobody said. */
  readonly strip: string | undefined;
}

export interface ProfileRequest {
  readonly name: string;
  readonly version: string;
  readonly isMember: boolean;
  /** Its sources are the user's: worth compiling incrementally. */
  readonly isLocal: boolean;
  /** A build script, a proc macro, or something for these. */
  readonly forBuild: boolean;
  readonly alwaysUnwind: boolean;
  /** Of the machine that it is asked for. */
  readonly triple: string | undefined;
}

/** Answers what a package is compiled with. */
export type Profiles = (request: ProfileRequest) => OpenProfile;

const dev: OpenProfile = {
  name: 'dev',
  optLevel: '0',
  lto: 'false',
  codegenUnits: undefined,
  debuginfo: '2',
  debuginfoDeferred: false,
  splitDebuginfo: undefined,
  debugAssertions: true,
  overflowChecks: true,
  rpath: false,
  incremental: true,
  panic: 'unwind',
  strip: undefined,
};

const release: OpenProfile = {
  ...dev,
  name: 'release',
  optLevel: '3',
  debuginfo: '0',
  debugAssertions: false,
  overflowChecks: false,
  incremental: false,
};

const builtin: Readonly<Record<string, string>> = { test: 'dev', bench: 'release', doc: 'dev' };

/** What a build script runs with: only what it is told matters. */
export function scriptRunProfile(of: OpenProfile): OpenProfile {
  return {
    ...dev,
    name: of.name,
    optLevel: of.optLevel,
    debuginfo: of.debuginfo,
    debuginfoDeferred: of.debuginfoDeferred,
    debugAssertions: of.debugAssertions,
    overflowChecks: false,
    incremental: false,
  };
}

/**
 * The profile of a name, from the `[profile]` tables of the workspace and of the user's
 * configuration; those that come later are stronger.
 */
export function profilesOf(
  name: string,
  layers: readonly Table[],
  { incremental }: { readonly incremental?: boolean | undefined } = {},
): Profiles {
  const chain = inheritance(name, layers);
  const base = chain.at(-1) === 'release' ? release : dev;
  const tables = [...chain]
    .reverse()
    .flatMap((one) => layers.flatMap((layer) => (isTable(layer[one]) ? [layer[one]] : [])));
  const general = { ...tables.reduce<OpenProfile>(merged, base), name };
  return (request) => {
    let profile = general;
    if (request.forBuild)
      profile = { ...profile, optLevel: '0', codegenUnits: undefined, debuginfoDeferred: true };
    // What Cargo strips it decides anew with each of them.
    for (const override of overridesIn(tables, request))
      profile = merged({ ...profile, strip: undefined }, override);
    // There debug information beside objects is much faster than to collect it at each link.
    const isApart = profile.debuginfo !== '0' && request.triple?.includes('-apple-') === true;
    return {
      ...profile,
      ...(isApart && { splitDebuginfo: profile.splitDebuginfo ?? 'unpacked' }),
      ...(request.alwaysUnwind && { panic: 'unwind' }),
      ...(incremental !== undefined && { incremental }),
      ...(!request.isLocal && { incremental: false }),
    };
  };
}

/** A profile and those it inherits from, up to `dev` or `release`. */
export function inheritance(name: string, layers: readonly Table[]): readonly string[] {
  const chain = [name];
  for (let at = name; at !== 'dev' && at !== 'release'; ) {
    at = parentProfile(at, layers) ?? 'dev';
    if (chain.includes(at)) return [...chain, 'dev'];
    chain.push(at);
  }
  return chain;
}

/** What a profile inherits from; undefined where nobody says so of one that Cargo does not know. */
export function parentProfile(name: string, layers: readonly Table[]): string | undefined {
  const said = layers
    .map((layer) => layer[name])
    .map((table) => (isTable(table) ? table['inherits'] : undefined))
    .findLast((value) => typeof value === 'string');
  return said ?? (Object.hasOwn(builtin, name) ? builtin[name] : undefined);
}

/** Parts of profiles that are for this package, weakest first: one for each spec, whatever profiles say it. */
function overridesIn(tables: readonly Table[], request: ProfileRequest): readonly Table[] {
  const forTools = tables.map((table) => table['build-override'] ?? table['build_override']);
  const packages = tables.flatMap(({ package: of }) => (isTable(of) ? Object.entries(of) : []));
  const specs = new Set(packages.map(([spec]) => spec));
  const ofSpecs = (applies: (spec: string) => boolean) =>
    [...specs]
      .filter(applies)
      .flatMap((wanted) =>
        joined(packages.flatMap(([spec, override]) => (spec === wanted ? [override] : []))),
      );
  return [
    ...(request.forBuild ? joined(forTools) : []),
    ...ofSpecs((spec) => spec === '*' && !request.isMember),
    ...ofSpecs((spec) => matches(spec, request)),
  ];
}

/** Tables as one, of which the later ones are stronger; none where there is none. */
function joined(values: readonly unknown[]): readonly Table[] {
  const tables = values.filter(isTable);
  return tables.length === 0
    ? []
    : [Object.fromEntries(tables.flatMap((table) => Object.entries(table)))];
}

/** `name`, `name@version`, `name:version`; of a URL its fragment counts. */
function matches(spec: string, { name, version }: ProfileRequest): boolean {
  if (spec === '*') return false;
  const short = spec.includes('#') ? spec.slice(spec.indexOf('#') + 1) : spec;
  const [wanted, of] = short.split(/[@:]/);
  if (wanted !== name) return false;
  return of === undefined || version === of || version.startsWith(`${of}.`);
}

function merged(profile: OpenProfile, table: Table): OpenProfile {
  const value = (key: string): unknown => table[key];
  const debug = value('debug');
  const strip = value('strip');
  const units = value('codegen-units');
  const flag = (key: string, before: boolean): boolean => {
    const said = value(key);
    return typeof said === 'boolean' ? said : before;
  };
  const text = (key: string, before: string): string => {
    const said = value(key);
    return typeof said === 'string' || typeof said === 'number' || typeof said === 'boolean'
      ? String(said)
      : before;
  };
  return {
    ...profile,
    optLevel: text('opt-level', profile.optLevel),
    lto: text('lto', profile.lto),
    codegenUnits:
      typeof units === 'number' || typeof units === 'bigint' ? Number(units) : profile.codegenUnits,
    ...(debug !== undefined && { debuginfo: debugLevel(debug), debuginfoDeferred: false }),
    splitDebuginfo: text('split-debuginfo', profile.splitDebuginfo ?? '') || undefined,
    debugAssertions: flag('debug-assertions', profile.debugAssertions),
    overflowChecks: flag('overflow-checks', profile.overflowChecks),
    rpath: flag('rpath', profile.rpath),
    incremental: flag('incremental', profile.incremental),
    panic: text('panic', profile.panic),
    strip: strip === undefined ? profile.strip : stripLevel(strip),
  };
}

function debugLevel(value: unknown): string {
  const named: Readonly<Record<string, string>> = {
    true: '2',
    false: '0',
    none: '0',
    limited: '1',
    full: '2',
  };
  return named[String(value)] ?? String(value);
}

function stripLevel(value: unknown): string {
  if (value === true) return 'symbols';
  return value === false ? 'none' : String(value);
}
