import { filesOf } from '../asked-for.ts';
import { allInputs, allOutputs, type Edge, edgesByOutput, type Manifest } from '../manifest.ts';
import { lines, type Tool, wrong } from './tool.ts';

/** `-t query PATH …`: what makes a file, from what, and who reads it. */
export const query: Tool = {
  name: 'query',
  summary: 'show inputs/outputs for a path',
  run: ({ manifest, words }) => {
    if (words.length === 0) return wrong('expected a target to query');
    const paths = filesOf(manifest, words);
    if (!paths.ok) return wrong(paths.error);
    const byOutput = edgesByOutput(manifest);
    return lines(
      paths.value.flatMap((path) => [
        `${path}:`,
        ...madeOf(byOutput.get(path)),
        ...usedBy(manifest, path),
      ]),
    );
  },
};

function madeOf(edge: Edge | undefined): readonly string[] {
  if (edge === undefined) return [];
  const { validations } = edge;
  return [
    `  input: ${edge.rule}`,
    ...edge.inputs.map((input) => `    ${input}`),
    ...edge.implicitInputs.map((input) => `    | ${input}`),
    ...edge.orderOnly.map((input) => `    || ${input}`),
    ...(validations.length === 0 ? [] : ['  validations:', ...indented(validations)]),
  ];
}

function usedBy({ edges }: Manifest, path: string): readonly string[] {
  // One that names it twice is told twice.
  const readers = edges.flatMap((edge) =>
    allInputs(edge).flatMap((input) => (input === path ? [edge] : [])),
  );
  const validates = edges.filter(({ validations }) => validations.includes(path));
  return [
    '  outputs:',
    ...indented(readers.flatMap(allOutputs)),
    ...(validates.length === 0
      ? []
      : ['  validation for:', ...indented(validates.flatMap(allOutputs))]),
  ];
}

function indented(paths: readonly string[]): readonly string[] {
  return paths.map((path) => `    ${path}`);
}
