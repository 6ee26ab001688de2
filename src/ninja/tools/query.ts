import { filesOf } from '../asked-for.ts';
import { allInputs, allOutputs, edgesByOutput } from '../manifest.ts';
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
    const shown: string[] = [];
    for (const path of paths.value) {
      const edge = byOutput.get(path);
      // One that names it twice is told twice.
      const readers = manifest.edges.flatMap((one) =>
        allInputs(one).flatMap((input) => (input === path ? [one] : [])),
      );
      const validates = manifest.edges.filter(({ validations }) => validations.includes(path));
      shown.push(`${path}:`);
      if (edge !== undefined) {
        shown.push(
          `  input: ${edge.rule}`,
          ...edge.inputs.map((input) => `    ${input}`),
          ...edge.implicitInputs.map((input) => `    | ${input}`),
          ...edge.orderOnly.map((input) => `    || ${input}`),
        );
        if (edge.validations.length > 0) {
          shown.push('  validations:', ...edge.validations.map((one) => `    ${one}`));
        }
      }
      shown.push('  outputs:', ...readers.flatMap(allOutputs).map((output) => `    ${output}`));
      if (validates.length > 0) {
        shown.push('  validation for:');
        shown.push(...validates.flatMap(allOutputs).map((output) => `    ${output}`));
      }
    }
    return lines(shown);
  },
};
