import type { Expression } from '../../lang/tree.ts';
import type { Declared, Inference } from '../infer.ts';
import type { Rule } from '../rule.ts';

export const argumentType: Rule = {
  name: 'argument-type',
  doc: 'A text, number, or truth value is given where a function takes none.',
  severity: 'error',
  check: ({ calls, inference }, report) => {
    for (const { node, file } of calls) {
      const declared = inference.declaredForCertain(node);
      if (declared === undefined) continue;
      const look = (value: Expression, what: string, taken: Taken | undefined): void => {
        const wrong = taken && wrongScalar(inference, value, taken);
        if (taken === undefined || wrong === undefined) return;
        const message = `${what} of "${node.name}" is of type ${wrong} but should be ${taken.type.names.join(' | ')}.`;
        report({ file, span: value.span, message });
      };
      for (const { name, value } of node.args.keywords) {
        look(
          value,
          `Keyword "${name}"`,
          Object.hasOwn(declared.keywords, name) ? declared.keywords[name] : undefined,
        );
      }
      node.args.positional.forEach((value, at) => {
        // Lists before it may be several arguments.
        const isSure = node.args.positional.slice(0, at).every((each) => isScalar(inference, each));
        if (isSure)
          look(value, `Argument ${at + 1}`, declared.positional[at] ?? restOf(declared, at));
      });
    }
  },
};

interface Taken {
  readonly type: { readonly names: readonly string[] };
  readonly asDefault?: readonly { readonly text: string }[];
}

function restOf({ positional, rest }: Declared, at: number): Taken | undefined {
  return at >= positional.length ? rest : undefined;
}

const scalars = ['str', 'int', 'bool'];

function isScalar(inference: Inference, value: Expression): boolean {
  return inference.of(value)?.every(({ name }) => scalars.includes(name)) === true;
}

/** The type of a scalar that is not among those taken; undefined where it is, or where one cannot tell. */
function wrongScalar(inference: Inference, value: Expression, taken: Taken): string | undefined {
  const types = inference.of(value);
  const [only] = types ?? [];
  if (types?.length !== 1 || only === undefined || !scalars.includes(only.name)) return undefined;
  const words: readonly string[] = taken.type.names.join(' ').match(/\w+/g) ?? [];
  const isTaken = words.includes(only.name) || words.some((word) => anything.has(word));
  if (isTaken || (taken.asDefault?.length ?? 0) > 0) return undefined;
  return only.name;
}

/** Words of types that texts and numbers may be among, or that stand for more than is known here. */
const anything = new Set(['any', 'object', 'Any', 'value', 'default']);
