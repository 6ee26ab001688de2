import { allInputs, isPhony } from '../manifest.ts';
import { edgesFor, lines, type Tool, type ToolRequest, wrong } from './tool.ts';

/** `-t commands [-s] [TARGET …]`: what would be run for targets, in order. */
export const commands: Tool = {
  name: 'commands',
  summary: 'list all commands required to rebuild given targets',
  run: ({ manifest, words, defaults }) => {
    const single = words[0] === '-s';
    const named = single ? words.slice(1) : words;
    const { edges, unknown } = edgesFor(manifest, named.length === 0 ? defaults : named);
    if (unknown !== undefined) return wrong(`unknown target '${unknown}'`);
    const wanted = single
      ? edges.filter(({ outputs }) => outputs.some((path) => named.includes(path)))
      : edges;
    return lines(wanted.filter((edge) => !isPhony(edge)).map(({ command }) => command));
  },
};

/** `-t inputs [TARGET …]`: all files that targets are made of. */
export const inputs: Tool = {
  name: 'inputs',
  summary: 'list all inputs required to rebuild given targets',
  run: ({ manifest, words, defaults }) => {
    const { edges, unknown } = edgesFor(manifest, words.length === 0 ? defaults : words);
    if (unknown !== undefined) return wrong(`unknown target '${unknown}'`);
    const phony = new Set(edges.filter(isPhony).flatMap(({ outputs }) => outputs));
    const paths = edges.flatMap(allInputs).filter((path) => !phony.has(path));
    return lines([...new Set(paths)].sort());
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
    if (unknown !== undefined) return wrong(`unknown target '${unknown}'`);
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
