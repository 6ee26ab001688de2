import { nearest } from '../../base/nearest.ts';
import type { MethodCallExpression } from '../../lang/tree.ts';
import { type Inference, methodsOf } from '../infer.ts';
import type { Rule } from '../rule.ts';
import { methodTables, type Type, typesText } from '../types.ts';

export const unknownMethod: Rule = {
  name: 'unknown-method',
  doc: 'A method is called that no such object has.',
  severity: 'error',
  check: ({ calls, inference }, report) => {
    for (const { node, file } of calls) {
      if (node.kind !== 'method-call') continue;
      const types = typesWithout(inference, node);
      if (types === undefined) continue;
      const known = types.flatMap((each) => methodsOf(each).map(({ name }) => name));
      const close = nearest(node.name, known);
      const message = `Unknown method "${node.name}" in object of type ${typesText(types)}.`;
      const hint = close === undefined ? {} : { hint: `Did you mean '${close}'?` };
      report({ file, span: node.nameSpan, message, ...hint });
    }
  },
};

/** The types of the object, where all are known and none has the method. */
function typesWithout(
  inference: Inference,
  node: MethodCallExpression,
): readonly Type[] | undefined {
  const types = inference.of(node.object);
  if (types === undefined || types.length === 0) return undefined;
  const isSure = types.every((each) => each.name === 'module' || methodTables(each).length > 0);
  const has = types.some(
    (each) =>
      methodsOf(each).some(({ name }) => name === node.name) ||
      (each.name === 'module' && node.name === 'found'),
  );
  // Anything may be a disabler, which is asked whether it was found.
  return isSure && !has && node.name !== 'found' ? types : undefined;
}
