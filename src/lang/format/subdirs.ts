import { parse } from '../parse.ts';
import type { Expression, Statement } from '../tree.ts';

/** Folders that a build file enters by `subdir('…')`, and by `subproject('…')` where that is wanted. */
export function subdirsOf(
  text: string,
  { subprojects }: { readonly subprojects: boolean },
): readonly string[] {
  const ofCall = (node: Expression): readonly string[] => {
    if (node.kind !== 'call') return [];
    const [first] = node.args.positional;
    if (first?.kind !== 'string') return [];
    if (node.name === 'subdir') return [first.value];
    return subprojects && node.name === 'subproject' ? [`subprojects/${first.value}`] : [];
  };
  const ofStatement = (statement: Statement): readonly string[] => {
    switch (statement.kind) {
      case 'expression':
        return ofCall(statement.expression);
      case 'assignment':
        return ofCall(statement.value);
      case 'if':
        return [
          ...statement.branches.flatMap(({ body }) => body.flatMap(ofStatement)),
          ...(statement.otherwise ?? []).flatMap(ofStatement),
        ];
      case 'foreach':
      case 'testcase':
        return statement.body.flatMap(ofStatement);
      default:
        return [];
    }
  };
  return parse({ path: '', text }).tree.statements.flatMap(ofStatement);
}
