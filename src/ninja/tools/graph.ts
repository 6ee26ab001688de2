import { unknownIn } from '../asked-for.ts';
import { isPhony } from '../manifest.ts';
import { edgesFor, lines, type Tool, wrong } from './tool.ts';

/** `-t graph [TARGET …]`: the graph for Graphviz. */
export const graph: Tool = {
  name: 'graph',
  summary: 'output graphviz dot file for targets',
  run: ({ manifest, words, defaults }) => {
    const { edges, unknown } = edgesFor(manifest, words.length === 0 ? defaults : words);
    if (unknown !== undefined) return wrong(unknownIn(manifest, unknown));
    const shown = ['digraph ninja {', 'rankdir="LR"', 'node [fontsize=10, shape=box, height=0.25]'];
    shown.push('edge [fontsize=10]');
    const quote = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
    for (const [number, edge] of edges.entries()) {
      const rule = isPhony(edge) ? 'phony' : edge.rule;
      shown.push(`${quote(`edge ${number}`)} [label=${quote(rule)}, shape=ellipse]`);
      for (const output of [...edge.outputs, ...edge.implicitOutputs]) {
        shown.push(`${quote(`edge ${number}`)} -> ${quote(output)}`);
      }
      for (const input of [...edge.inputs, ...edge.implicitInputs]) {
        shown.push(`${quote(input)} -> ${quote(`edge ${number}`)} [arrowhead=none]`);
      }
      for (const input of edge.orderOnly) {
        const dotted = '[arrowhead=none style=dotted]';
        shown.push(`${quote(input)} -> ${quote(`edge ${number}`)} ${dotted}`);
      }
    }
    return lines([...shown, '}']);
  },
};

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
