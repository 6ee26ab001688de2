import { parse } from '../lang/parse.ts';
import { type Declared, functionNamed, methodsOf } from '../lint/infer.ts';
import type { Type, Types } from '../lint/types.ts';
import type { CallContext } from './text-context.ts';
import type { Spot } from './workspace.ts';

/** The types of an expression that is given as a text, as where it stands may be broken. */
export function typesOfText({ facts }: Pick<Spot, 'facts'>, text: string): Types {
  const [statement] = parse({ path: '', text }).tree.statements;
  return statement?.kind === 'expression' ? facts.inference.of(statement.expression) : undefined;
}

/** What a call may call. */
export function calledAt(
  spot: Pick<Spot, 'facts'>,
  { name, receiver }: CallContext,
): readonly { readonly owner?: Type; readonly declared: Declared }[] {
  if (receiver === undefined) {
    const declared = functionNamed(name);
    return declared === undefined ? [] : [{ declared }];
  }
  return (typesOfText(spot, receiver) ?? []).flatMap((owner) => {
    const declared = methodsOf(owner).find((each) => each.name === name);
    return declared === undefined ? [] : [{ owner, declared }];
  });
}
