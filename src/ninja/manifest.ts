import type { Place } from '../diag/diagnostic.ts';

/**
 * What a `build.ninja` says, all variables expanded (ninja's manual, "Ninja file reference"). Paths are
 * normalised and relative to the build directory, or absolute.
 */
export interface Manifest {
  readonly edges: readonly Edge[];
  /** The rules of the manifest itself, not of its subninjas: their descriptions, variables not expanded. */
  readonly rules: ReadonlyMap<string, string | undefined>;
  /** How many edges of a pool may run at once. */
  readonly pools: ReadonlyMap<string, number>;
  /** What `default` statements name; everything where there are none. */
  readonly defaults: readonly string[];
  /** Where ninja would keep its log. */
  readonly builddir: string | undefined;
  /** The manifest itself and all it includes, in the order they were read. */
  readonly files: readonly string[];
  /** What ninja would warn of. */
  readonly warnings: readonly string[];
}

/** A `build` statement. Texts that a rule does not give are empty. */
export interface Edge {
  readonly rule: string;
  readonly outputs: readonly string[];
  readonly implicitOutputs: readonly string[];
  readonly inputs: readonly string[];
  readonly implicitInputs: readonly string[];
  readonly orderOnly: readonly string[];
  /** Built along whenever this is, without being waited for. */
  readonly validations: readonly string[];
  /** A line for a shell; empty for `phony`. */
  readonly command: string;
  readonly description: string;
  readonly depfile: string;
  /** `gcc`, `msvc` or nothing. */
  readonly deps: string;
  /** What lines of a command's output start with that name its inputs, with `deps = msvc`. */
  readonly msvcDepsPrefix: string;
  /** A file that tells further inputs and outputs once it is built. */
  readonly dyndep: string;
  /** Inputs that this file told of. As with those of a depfile, the edge runs where one is missing. */
  readonly told?: readonly string[];
  readonly pool: string;
  readonly restat: boolean;
  /** Makes build files: does not run again when only its command changed, and is not cleaned. */
  readonly generator: boolean;
  readonly rspfile: string;
  readonly rspfileContent: string;
  readonly place: Place;
}

/** Whether it only gives files another name. */
export function isPhony(edge: Edge): boolean {
  return edge.rule === 'phony';
}

/** Those that `$out` names, then the implicit ones. */
export function allOutputs(edge: Edge): readonly string[] {
  return edge.implicitOutputs.length === 0
    ? edge.outputs
    : [...edge.outputs, ...edge.implicitOutputs];
}

/** All but the validations. */
export function allInputs(edge: Edge): readonly string[] {
  return [...edge.inputs, ...edge.implicitInputs, ...edge.orderOnly];
}

/** The edge that makes each file. */
export function edgesByOutput({ edges }: Pick<Manifest, 'edges'>): ReadonlyMap<string, Edge> {
  return new Map(edges.flatMap((edge) => allOutputs(edge).map((path) => [path, edge] as const)));
}
