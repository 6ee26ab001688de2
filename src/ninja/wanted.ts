import { addAll } from '../base/add-all.ts';
import {
  allInputs,
  allOutputs,
  type Edge,
  edgesByOutput,
  isPhony,
  type Manifest,
} from './manifest.ts';

/** What goals come to. */
export interface Wanted {
  /** The goals, and what is to be built along with anything that they need. */
  readonly goals: readonly string[];
  /**
   * Files that tell of further inputs and outputs, of edges that are needed; each once. Those that can be
   * made now: what others are made of is not known before some of these are read, or it failed.
   */
  readonly dyndeps: readonly string[];
  /** The first fault, as ninja words it. */
  readonly fault: string | undefined;
}

/** Whether a file that nothing makes is there; `reader` is the edge that needs it. */
export type IsThere = (path: string, reader: Edge | undefined) => boolean;

/** What a manifest cannot say by itself. */
export interface WantedFacts {
  readonly isThere: IsThere;
  /** Edges, by their first output, that were tried in vain. */
  readonly failed?: ReadonlySet<string>;
}

/** Looks through all that goals need, in ninja's order, so that the first fault is the one that ninja tells. */
export function wantedFor(
  manifest: Manifest,
  goals: readonly string[],
  facts: WantedFacts,
): Wanted {
  const walk = new Walk(manifest, facts);
  for (const goal of goals) walk.visit(goal);
  return walk.wanted(goals);
}

interface Frame {
  readonly path: string;
  readonly edge: Edge;
  readonly rest: Iterator<string>;
}

class Walk {
  readonly #byOutput: ReadonlyMap<string, Edge>;
  readonly #isThere: IsThere;
  readonly #failed: ReadonlySet<string>;
  readonly #done = new Set<Edge>();
  readonly #open = new Set<Edge>();
  readonly #stack: Frame[] = [];
  readonly #later: string[] = [];
  readonly #dyndeps = new Set<string>();
  /** Edges that a file tells more of, those that failed, and all that need them. */
  readonly #notNow = new Set<Edge>();
  #cycle: string | undefined;
  #missing: string | undefined;
  #untold: string | undefined;

  constructor(manifest: Manifest, { isThere, failed = new Set() }: WantedFacts) {
    this.#byOutput = edgesByOutput(manifest);
    this.#isThere = isThere;
    this.#failed = failed;
  }

  /** No recursion: graphs are deep. What is built along is looked through last. */
  visit(goal: string): void {
    let next: string | undefined = goal;
    for (let at = this.#later.length; next !== undefined; next = this.#later[at++]) {
      this.#enter(next, undefined);
      for (let top = this.#stack.at(-1); top !== undefined; top = this.#stack.at(-1)) {
        const need = top.rest.next();
        if (need.done !== true) this.#enter(need.value, top);
        else {
          this.#stack.pop();
          this.#open.delete(top.edge);
          this.#done.add(top.edge);
          if (this.#mustWait(top.edge)) this.#notNow.add(top.edge);
        }
      }
    }
  }

  wanted(goals: readonly string[]): Wanted {
    return {
      goals: [...new Set([...goals, ...this.#later])],
      dyndeps: [...this.#dyndeps].filter((path) => !this.#isNotNow(path)),
      fault: this.#cycle ?? this.#missing ?? this.#untold,
    };
  }

  #mustWait(edge: Edge): boolean {
    const [first = ''] = allOutputs(edge);
    if (edge.dyndep !== '' || this.#failed.has(first)) return true;
    return allInputs(edge).some((path) => this.#isNotNow(path));
  }

  #isNotNow(path: string): boolean {
    const edge = this.#byOutput.get(path);
    return edge !== undefined && this.#notNow.has(edge);
  }

  #enter(path: string, from: Frame | undefined): void {
    const edge = this.#byOutput.get(path);
    if (edge === undefined) {
      if (mayBeMissing(path, from?.edge) || this.#isThere(path, from?.edge)) return;
      this.#missing ??= missing(path, from?.path);
      return;
    }
    if (this.#done.has(edge)) return;
    if (this.#open.has(edge)) {
      this.#cycle ??= this.#cycleTo(edge, path);
      return;
    }
    if (edge.deps === 'gcc' && edge.depfile === '') this.#untold ??= untold(path);
    this.#open.add(edge);
    addAll(this.#later, edge.validations);
    if (edge.dyndep !== '') this.#dyndeps.add(edge.dyndep);
    this.#stack.push({ path, edge, rest: allInputs(edge)[Symbol.iterator]() });
  }

  #cycleTo(edge: Edge, path: string): string {
    const from = this.#stack.findIndex((frame) => frame.edge === edge);
    const names = this.#stack.slice(from).map((frame) => frame.path);
    // An edge with several outputs may be entered by one and met again by another.
    const cycle = `dependency cycle: ${[path, ...names.slice(1), path].join(' -> ')}`;
    return isPhony(edge) && names.length === 1 ? `${cycle} [-w phonycycle=err]` : cycle;
  }
}

function missing(path: string, neededBy: string | undefined): string {
  const by = neededBy === undefined ? '' : `, needed by '${neededBy}',`;
  return `'${path}'${by} missing and no known rule to make it`;
}

/** Where ninja says so it has run the command, and does so each time. */
function untold(path: string): string {
  return `'${path}': edge with deps=gcc but no depfile makes no sense`;
}

/** Files that the executor does not look for: order alone, or what a name stands for. */
export function isLookedForHere(path: string, reader: Edge | undefined): boolean {
  return reader === undefined || isPhony(reader) || reader.orderOnly.includes(path);
}

/** What has no maker and is only to come before a name is never looked for: that name has nothing to do. */
export function mayBeMissing(path: string, reader: Edge | undefined): boolean {
  if (reader?.told?.includes(path) === true) return true;
  if (reader === undefined || !isPhony(reader) || !reader.orderOnly.includes(path)) return false;
  return !reader.inputs.includes(path) && !reader.implicitInputs.includes(path);
}
