import type { CrateGraph, CrateUnitId } from '../../src/model/crate-graph.ts';

/** A unit graph as Cargo prints it. */
export interface CargoUnits {
  readonly units: readonly CargoUnit[];
  readonly roots: readonly number[];
}

interface CargoUnit {
  readonly pkg_id: string;
  readonly target: {
    readonly kind: readonly string[];
    readonly name: string;
    readonly edition: string;
  };
  readonly profile: Readonly<Record<string, unknown>>;
  readonly platform: string | null;
  readonly mode: string;
  readonly features: readonly string[];
  readonly dependencies: readonly { readonly index: number; readonly extern_crate_name: string }[];
}

/** Units and edges as lines: two graphs are equal when their sorted lines are. */
export function linesOfCargo({ units, roots }: CargoUnits): string[] {
  const names = units.map((unit) =>
    [
      packageName(unit.pkg_id),
      kindOf(unit.target.kind),
      unit.target.name,
      unit.target.edition,
      unit.mode,
      unit.platform ?? '',
      unit.features.join(),
      profileOfCargo(unit.profile),
    ].join(' '),
  );
  return lines(
    names,
    (at) =>
      units[at]?.dependencies.map(({ index, extern_crate_name: name }) => [index, name] as const) ??
      [],
    roots,
  );
}

/** `triple` where the machine that is built for is named. */
export function linesOf(graph: CrateGraph, triple = ''): string[] {
  const units = [...graph.units.values()];
  const names = units.map((unit) => {
    const { name, version } = graph.packages.get(unit.package);
    const { profile } = unit;
    return [
      `${name}@${version}`,
      unit.target.kind === 'build-script'
        ? 'custom-build'
        : unit.target.kind === 'lib'
          ? 'lib'
          : unit.target.kind,
      unit.target.name,
      unit.target.edition,
      unit.mode === 'run-script' ? 'run-custom-build' : unit.mode,
      unit.side === 'host' ? triple : '',
      unit.features.join(),
      [
        profile.name,
        profile.optLevel,
        profile.lto,
        profile.codegenUnits ?? '',
        profile.debuginfo,
        profile.splitDebuginfo ?? '',
        profile.debugAssertions,
        profile.overflowChecks,
        profile.rpath,
        profile.incremental,
        profile.panic,
        profile.strip,
      ].join(),
    ].join(' ');
  });
  return lines(
    names,
    (at) =>
      graph.units
        .get(at as CrateUnitId) // counted from the rows themselves
        .dependencies.map(({ unit, externName }) => [unit, externName] as const),
    graph.roots,
  );
}

function lines(
  names: readonly string[],
  edges: (at: number) => readonly (readonly [number, string])[],
  roots: readonly number[],
): string[] {
  return [
    ...names.map((name) => `unit ${name}`),
    ...names.flatMap((name, at) =>
      edges(at).map(([to, as]) => `edge ${name} --${as}--> ${names[to]}`),
    ),
    ...roots.map((at) => `root ${names[at]}`),
  ].sort();
}

/** `registry+https://…#name@1.0.0`, `path+file:///…/name#1.0.0` */
function packageName(id: string): string {
  const fragment = id.slice(id.indexOf('#') + 1);
  if (fragment.includes('@')) return fragment;
  return `${id
    .slice(0, id.indexOf('#'))
    .replace(/[?].*$/, '')
    .split('/')
    .at(-1)}@${fragment}`;
}

function kindOf(kinds: readonly string[]): string {
  const [kind = ''] = kinds;
  return ['rlib', 'dylib', 'cdylib', 'staticlib', 'proc-macro'].includes(kind) ? 'lib' : kind;
}

function profileOfCargo(profile: Readonly<Record<string, unknown>>): string {
  const text = (key: string): string => String(profile[key] ?? '');
  const strip = profile['strip'] as {
    readonly deferred?: string;
    readonly resolved?: 'None' | { readonly Named: string };
  }; // its two forms
  const stripped = strip.resolved ?? strip.deferred;
  return [
    text('name'),
    text('opt_level'),
    text('lto'),
    text('codegen_units'),
    text('debuginfo'),
    text('split_debuginfo'),
    text('debug_assertions'),
    text('overflow_checks'),
    text('rpath'),
    text('incremental'),
    text('panic'),
    typeof stripped === 'object' ? stripped.Named : 'none',
  ].join();
}
