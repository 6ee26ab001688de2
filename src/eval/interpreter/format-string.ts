import { didYouMean } from '../../base/close-match.ts';
import type { Expression } from '../../lang/tree.ts';
import { failAt } from '../evaluation-error.ts';
import { force, isDictionary, isList } from '../value.ts';
import { currentPlace, type Frame } from './frame.ts';
import { makeCall } from './make-call.ts';
import { notPrintable, stringify } from './stringify.ts';

/** What an f-string says: each `@name@` replaced by the variable. */
export function formatString(
  frame: Frame,
  node: Extract<Expression, { readonly kind: 'string' }>,
): string {
  const call = makeCall(frame, 'f-string');
  if (node.multiline) call.uses('multiline format strings', '0.63.0');
  call.uses('format strings', '0.58.0');
  const { variables } = frame.scope;
  return node.value.replace(/@([_a-zA-Z][_0-9a-zA-Z]*)@/g, (_whole, name: string) => {
    if (!variables.has(name)) {
      const near = didYouMean(name, variables.keys());
      return failAt(currentPlace(frame), `Identifier "${name}" does not name a variable.${near}`);
    }
    const value = force(variables.get(name));
    if (isList(value) || isDictionary(value)) call.uses('List or dictionary in f-string', '1.3.0');
    return stringify(call, value) ?? call.fail(`f-string: ${notPrintable}`);
  });
}
