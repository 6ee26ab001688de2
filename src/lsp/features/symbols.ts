import {
  type DocumentSymbol,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver/node';
import { escapePattern } from '../../base/escape-pattern.ts';
import type { Span } from '../../diag/source.ts';
import type { CallExpression, Expression } from '../../lang/tree.ts';
import type { Facts } from '../../lint/facts.ts';
import type { BuildFile } from '../../lint/project-files.ts';
import { visitStatements } from '../../lint/visit.ts';
import { uriOf } from '../uri.ts';
import { rangeOf } from '../workspace.ts';

const targetKinds: Readonly<Record<string, SymbolKind>> = {
  project: SymbolKind.Package,
  executable: SymbolKind.Function,
  library: SymbolKind.Module,
  static_library: SymbolKind.Module,
  shared_library: SymbolKind.Module,
  shared_module: SymbolKind.Module,
  both_libraries: SymbolKind.Module,
  build_target: SymbolKind.Module,
  jar: SymbolKind.Module,
  custom_target: SymbolKind.Function,
  run_target: SymbolKind.Function,
  alias_target: SymbolKind.Function,
  test: SymbolKind.Event,
  benchmark: SymbolKind.Event,
  subdir: SymbolKind.Namespace,
  subproject: SymbolKind.Package,
  option: SymbolKind.Property,
};

/** What a build file declares: its targets, tests, options, and the variables it gives values. */
export function symbols(file: BuildFile): readonly DocumentSymbol[] {
  const found: DocumentSymbol[] = [];
  const seen = new Set<string>();
  const add = (
    { name, kind, detail }: Required<Pick<DocumentSymbol, 'name' | 'kind' | 'detail'>>,
    spans: readonly [Span, Span],
  ): void => {
    // An empty name is refused by editors.
    const [range, selectionRange] = spans.map((span) => rangeOf(file, span));
    if (name === '' || range === undefined || selectionRange === undefined) return;
    found.push({ name, kind, detail, range, selectionRange });
  };
  visitStatements(file.tree.statements, (statement) => {
    const node = statement.kind === 'expression' ? statement.expression : undefined;
    if (statement.kind === 'assignment') {
      const call = callOf(statement.value);
      const isFirst = !seen.has(statement.name);
      seen.add(statement.name);
      if (call !== undefined) add(declaredBy(call), [statement.span, call.nameSpan]);
      if (isFirst)
        add({ name: statement.name, kind: SymbolKind.Variable, detail: '' }, [
          statement.span,
          statement.nameSpan,
        ]);
    }
    const call = node && callOf(node);
    if (call !== undefined) add(declaredBy(call), [call.span, call.nameSpan]);
  });
  return found;
}

/** The symbols of projects that have the letters of a query in their order. */
export function workspaceSymbols(
  projects: readonly Facts[],
  query: string,
): readonly SymbolInformation[] {
  const letters = [...query.toLowerCase()].map(escapePattern);
  const wanted = new RegExp(letters.join('.*'), 's');
  return projects
    .flatMap(({ scan }) => scan.files)
    .flatMap((file) =>
      symbols(file)
        .filter(({ name }) => wanted.test(name.toLowerCase()))
        .map(({ name, kind, selectionRange: range }) => ({
          name,
          kind,
          location: { uri: uriOf(file.path), range },
          containerName: file.folder,
        })),
    );
}

function callOf(node: Expression): CallExpression | undefined {
  return node.kind === 'call' && Object.hasOwn(targetKinds, node.name) ? node : undefined;
}

function declaredBy({ name: detail, args }: CallExpression) {
  const [first] = args.positional;
  const name = first?.kind === 'string' ? first.value : '';
  return { name, kind: targetKinds[detail] ?? SymbolKind.Function, detail };
}
