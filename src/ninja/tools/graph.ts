import { filesOf } from '../asked-for.ts';
import { allInputs, allOutputs, type Edge, edgesByOutput, type Manifest } from '../manifest.ts';
import { lines, type Tool, wrong } from './tool.ts';

/** `-t graph [TARGET …]`: the graph for Graphviz, in the shape that scripts know from ninja. */
export const graph: Tool = {
  name: 'graph',
  summary: 'output graphviz dot file for targets',
  run: ({ manifest, words, defaults }) => {
    const targets = filesOf(manifest, words.length === 0 ? defaults : words);
    if (!targets.ok) return wrong(targets.error);
    return lines([...head, ...drawn(manifest, targets.value), '}']);
  },
};

const head = [
  'digraph ninja {',
  'rankdir="LR"',
  'node [fontsize=10, shape=box, height=0.25]',
  'edge [fontsize=10]',
];

/** Each file, what makes it, and then what that is made of. No recursion: graphs are deep. */
function drawn(manifest: Manifest, targets: readonly string[]): readonly string[] {
  const byOutput = edgesByOutput(manifest);
  const numbers = new Map<string | Edge, string>();
  // Ninja has addresses here.
  const name = (what: string | Edge): string => {
    const known = numbers.get(what) ?? `"0x${(numbers.size + 1).toString(16)}"`;
    numbers.set(what, known);
    return known;
  };
  const shown: string[] = [];
  const seen = new Set<string | Edge>();
  const stack = targets.toReversed();
  for (let path = stack.pop(); path !== undefined; path = stack.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    shown.push(`${name(path)} [label="${path.replaceAll('\\', '/')}"]`);
    const edge = byOutput.get(path);
    if (edge === undefined || seen.has(edge)) continue;
    seen.add(edge);
    for (const line of arrows(edge, name)) shown.push(line);
    for (const input of allInputs(edge).toReversed()) stack.push(input);
  }
  return shown;
}

/** One arrow where one file is made of one, else all around the rule's name. */
function arrows(edge: Edge, name: (what: string | Edge) => string): readonly string[] {
  const [inputs, outputs] = [allInputs(edge), allOutputs(edge)];
  const [input, output] = [inputs[0], outputs[0]];
  if (inputs.length === 1 && outputs.length === 1 && input !== undefined && output !== undefined)
    return [`${name(input)} -> ${name(output)} [label=" ${edge.rule}"]`];
  const firstOrderOnly = inputs.length - edge.orderOnly.length;
  return [
    `${name(edge)} [label="${edge.rule}", shape=ellipse]`,
    ...outputs.map((path) => `${name(edge)} -> ${name(path)}`),
    ...inputs.map((path, at) => {
      const style = at < firstOrderOnly ? '' : ' style=dotted';
      return `${name(path)} -> ${name(edge)} [arrowhead=none${style}]`;
    }),
  ];
}

/** `-t rules [-d]`: the names of all rules, and how they describe what they do. */
export const rules: Tool = {
  name: 'rules',
  summary: 'list all rules',
  run: ({ manifest, words }) => {
    const names = [...manifest.rules.keys()].sort();
    if (!words.includes('-d')) return lines(names);
    return lines(
      names.map((name) => {
        const description = manifest.rules.get(name);
        return description === undefined ? name : `${name}: ${description}`;
      }),
    );
  },
};
