import type { Statement } from '../../lang/tree.ts';
import type { Rule } from '../rule.ts';

export const unreachableCode: Rule = {
  name: 'unreachable-code',
  doc: 'Statements stand behind one that ends their block.',
  severity: 'warning',
  check: ({ scan }, report) => {
    for (const { block, file } of scan.blocks) {
      const at = block.findIndex((statement) => ends(statement) !== undefined);
      const [end, next] = [block[at], block[at + 1]];
      if (at === -1 || end === undefined || next === undefined) continue;
      const message = `This is never reached: ${ends(end)} stands before it.`;
      report({ file, span: next.span, message });
    }
  },
};

/** What a statement that nothing comes after is called. */
function ends(statement: Statement): string | undefined {
  if (statement.kind === 'break' || statement.kind === 'continue') return `"${statement.kind}"`;
  if (statement.kind === 'expression') {
    const call = statement.expression;
    const isEnd = call.kind === 'call' && (call.name === 'error' || call.name === 'subdir_done');
    return isEnd ? `${call.name}()` : undefined;
  }
  if (statement.kind !== 'if' || statement.otherwise === undefined) return undefined;
  const bodies = [...statement.branches.map(({ body }) => body), statement.otherwise];
  const all = bodies.every((body) => body.some((each) => ends(each) !== undefined));
  return all ? 'an end of each branch' : undefined;
}
