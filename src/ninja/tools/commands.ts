import { unknownIn } from '../asked-for.ts';
import { quotePath } from '../finish-edge.ts';
import { allInputs, edgesByOutput, isPhony, type Manifest } from '../manifest.ts';
import { edgesFor, lines, type Tool, type ToolRequest, wrong } from './tool.ts';

/** `-t commands [-s] [TARGET …]`: what would be run for targets, in order. */
export const commands: Tool = {
  name: 'commands',
  summary: 'list all commands required to rebuild given targets',
  run: ({ manifest, words, defaults }) => {
    const single = words[0] === '-s';
    const named = single ? words.slice(1) : words;
    const { edges, unknown } = edgesFor(manifest, named.length === 0 ? defaults : named);
    if (unknown !== undefined) return wrong(unknownIn(manifest, unknown));
    const wanted = single
      ? edges.filter(({ outputs }) => outputs.some((path) => named.includes(path)))
      : edges;
    return lines(wanted.filter((edge) => !isPhony(edge)).map(({ command }) => command));
  },
};

/** Each behind what it is made of, as far as it is a file. No recursion: graphs are deep. */
function inputsOf(manifest: Manifest, targets: readonly string[]): string[] {
  const byOutput = edgesByOutput(manifest);
  const found: string[] = [];
  const seen = new Set<string>();
  const inputs = (path: string): Iterator<string> => {
    const edge = byOutput.get(path);
    return (edge === undefined ? [] : allInputs(edge))[Symbol.iterator]();
  };
  for (const target of targets) {
    const stack = [{ path: target, rest: inputs(target) }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.rest.next();
      if (next.done !== true) {
        if (!seen.has(next.value)) stack.push({ path: next.value, rest: inputs(next.value) });
        seen.add(next.value);
        continue;
      }
      stack.pop();
      const edge = byOutput.get(top.path);
      if (stack.length > 0 && (edge === undefined || !isPhony(edge))) found.push(top.path);
    }
  }
  return found;
}

const inputOptions: ReadonlySet<string> = new Set([
  ...['-0', '--print0', '-E', '--no-shell-escape', '-d', '--dependency-order'],
]);

/** `-t inputs [-0] [-E] [-d] [TARGET …]`: all files that targets are made of, as words of a shell. */
export const inputs: Tool = {
  name: 'inputs',
  summary: 'list all inputs required to rebuild given targets',
  run: ({ manifest, words, defaults }) => {
    const options = words.filter((word) => inputOptions.has(word));
    const named = words.filter((word) => !inputOptions.has(word));
    const targets = named.length === 0 ? defaults : named;
    const { unknown } = edgesFor(manifest, targets);
    if (unknown !== undefined) return wrong(unknownIn(manifest, unknown));
    const has = (...names: readonly string[]): boolean =>
      options.some((one) => names.includes(one));
    const found = inputsOf(manifest, targets);
    const ordered = has('-d', '--dependency-order') ? found : found.sort();
    if (has('-0', '--print0'))
      return { kind: 'text', text: ordered.map((one) => `${one}\0`).join('') };
    return lines(has('-E', '--no-shell-escape') ? ordered : ordered.map(quotePath));
  },
};

/** `-t compdb [-x] [RULE …]`: a compilation database. */
export const compdb: Tool = {
  name: 'compdb',
  summary: 'dump JSON compilation database to stdout',
  run: (request) => {
    const { words, manifest } = request;
    const rules = words.filter((word) => word !== '-x');
    const edges = manifest.edges.filter(
      (edge) =>
        !isPhony(edge) &&
        edge.inputs.length > 0 &&
        (rules.length === 0 || rules.includes(edge.rule)),
    );
    return lines([database(request, edges, words.includes('-x'))]);
  },
};

/** `-t compdb-targets [-x] TARGET …` */
export const compdbTargets: Tool = {
  name: 'compdb-targets',
  summary: 'dump JSON compilation database for a given list of targets to stdout',
  run: (request) => {
    const { words, manifest } = request;
    const named = words.filter((word) => word !== '-x');
    if (named.length === 0) return wrong('compdb-targets expects the name of at least one target');
    const { edges, unknown } = edgesFor(manifest, named);
    if (unknown !== undefined) return wrong(unknownIn(manifest, unknown));
    const made = edges.filter((edge) => !isPhony(edge) && edge.inputs.length > 0);
    return lines([database(request, made, words.includes('-x'))]);
  },
};

function database(
  { directory }: ToolRequest,
  edges: readonly ToolRequest['manifest']['edges'][number][],
  expand: boolean,
): string {
  const entries = edges.map((edge) => {
    const { command, rspfile, rspfileContent } = edge;
    const whole =
      expand && rspfile !== ''
        ? command.replace(`@${rspfile}`, () => rspfileContent.replaceAll('\n', ' '))
        : command;
    return { directory, command: whole, file: edge.inputs[0], output: edge.outputs[0] };
  });
  return JSON.stringify(entries, undefined, 2);
}
