import { allInputs, type Edge, edgesByOutput, type Manifest } from '../manifest.ts';

/** What a tool of `ninja -t` works on. */
export interface ToolRequest {
  readonly manifest: Manifest;
  readonly words: readonly string[];
  /** Absolute: the build directory. */
  readonly directory: string;
  /** What is built when nothing is asked for. */
  readonly defaults: readonly string[];
}

/** Lines or a text for standard output, or what is wrong with the words. */
export type ToolAnswer =
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'wrong'; readonly message: string };

/** A tool of `ninja -t` that looks at the manifest alone. */
export interface Tool {
  readonly name: string;
  /** A few words for `-t list`. */
  readonly summary: string;
  readonly run: (request: ToolRequest) => ToolAnswer;
}

export function lines(list: readonly string[]): ToolAnswer {
  return { kind: 'lines', lines: list };
}

export function wrong(message: string): ToolAnswer {
  return { kind: 'wrong', message };
}

/** The edges that some targets need, each after all it needs. */
export function edgesFor(manifest: Manifest, targets: readonly string[]): readonly Edge[] {
  const byOutput = edgesByOutput(manifest);
  const edges: Edge[] = [];
  const seen = new Set<Edge>();
  const stack: { readonly edge: Edge; readonly rest: Iterator<string> }[] = [];
  const enter = (path: string): void => {
    const edge = byOutput.get(path);
    if (edge === undefined || seen.has(edge)) return;
    seen.add(edge);
    stack.push({ edge, rest: allInputs(edge)[Symbol.iterator]() });
  };
  for (const target of targets) {
    enter(target);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.rest.next();
      if (next.done === true) {
        edges.push(top.edge);
        stack.pop();
      } else enter(next.value);
    }
  }
  return edges;
}
