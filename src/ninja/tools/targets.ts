import { addAll } from '../../base/add-all.ts';
import { nearest } from '../../base/nearest.ts';
import { allInputs, allOutputs, type Edge, edgesByOutput, type Manifest } from '../manifest.ts';
import { rootTargets } from '../manifest-graph.ts';
import { lines, type Tool, wrong } from './tool.ts';

/** `-t targets [all | rule [RULE] | depth [N]]` */
export const targets: Tool = {
  name: 'targets',
  summary: 'list targets by their rule or depth in the graph',
  run: ({ manifest, words }) => {
    const [how = 'depth', argument] = words;
    switch (how) {
      case 'all':
        return lines(
          manifest.edges.flatMap((edge) => allOutputs(edge).map((path) => `${path}: ${edge.rule}`)),
        );
      case 'rule':
        return lines(argument === undefined ? sources(manifest) : ofRule(manifest, argument));
      case 'depth': {
        const depth = Number(argument ?? 1);
        if (!Number.isInteger(depth)) return wrong(`depth '${argument}' is not a number`);
        return lines(tree(manifest, rootTargets(manifest), depth));
      }
      default:
        return wrong(unknownMode(how));
    }
  },
};

function unknownMode(how: string): string {
  const close = nearest(how, ['rule', 'depth', 'all']);
  const hint = close === undefined ? '' : `, did you mean '${close}'?`;
  return `unknown target tool mode '${how}'${hint}`;
}

function sources({ edges }: Manifest): readonly string[] {
  const made = new Set(edges.flatMap(allOutputs));
  return edges.flatMap(allInputs).filter((path) => !made.has(path));
}

function ofRule({ edges }: Manifest, rule: string): readonly string[] {
  return [...new Set(edges.filter((edge) => edge.rule === rule).flatMap(allOutputs))].sort();
}

/** Depth 0 is without end. */
function tree(manifest: Manifest, roots: readonly string[], depth: number): readonly string[] {
  const byOutput = edgesByOutput(manifest);
  const found: string[] = [];
  const above = new Set<Edge>();
  // No recursion: graphs are deep. An edge comes again once all below it was shown.
  const stack: ({ readonly path: string; readonly level: number } | Edge)[] = roots
    .map((path) => ({ path, level: 0 }))
    .reverse();
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if ('rule' in top) {
      above.delete(top);
      continue;
    }
    const { path, level } = top;
    const edge = byOutput.get(path);
    const indent = '  '.repeat(level);
    found.push(edge === undefined ? `${indent}${path}` : `${indent}${path}: ${edge.rule}`);
    if (edge === undefined || level + 1 === depth || above.has(edge)) continue;
    above.add(edge);
    const below = allInputs(edge).map((input) => ({ path: input, level: level + 1 }));
    stack.push(edge);
    addAll(stack, below.reverse());
  }
  return found;
}
