import { posix } from 'node:path';
import { own } from '../../base/own.ts';
import type { Expression } from '../../lang/tree.ts';
import { isAskedFor } from '../asked-files.ts';
import type { Facts } from '../facts.ts';
import type { BuildFile } from '../project-files.ts';
import type { Rule } from '../rule.ts';

/** Which arguments are files of the folder: positional ones from a place on, and keywords. */
const listing: Readonly<
  Record<string, { readonly from: number; readonly keywords?: readonly string[] }>
> = {
  files: { from: 0 },
  executable: { from: 1, keywords: ['sources'] },
  library: { from: 1, keywords: ['sources'] },
  static_library: { from: 1, keywords: ['sources'] },
  shared_library: { from: 1, keywords: ['sources'] },
  shared_module: { from: 1, keywords: ['sources'] },
  both_libraries: { from: 1, keywords: ['sources'] },
  build_target: { from: 1, keywords: ['sources'] },
  jar: { from: 1, keywords: ['sources'] },
  install_headers: { from: 0 },
  install_man: { from: 0 },
  install_data: { from: 0, keywords: ['sources'] },
  install_subdir: { from: Number.POSITIVE_INFINITY },
};

export const missingFile: Rule = {
  name: 'missing-file',
  doc: 'A file is listed that does not exist.',
  severity: 'error',
  check: (facts, report) => {
    for (const use of facts.calls) {
      const { node, file } = use;
      const list = node.kind === 'call' ? own(listing, node.name) : undefined;
      if (list === undefined) continue;
      const named = node.args.keywords.flatMap(({ name, value }) =>
        list.keywords?.includes(name) === true ? [value] : [],
      );
      for (const each of [...node.args.positional.slice(list.from), ...named])
        for (const { span, value } of missingIn(facts, file, each))
          report({ file, span, message: `File ${value} does not exist.` });
    }
    for (const { file, span, folder } of facts.scan.missing) {
      const message = `Nonexistent build file '${posix.join(folder, 'meson.build')}'`;
      report({ file, span, message });
    }
  },
};

type Text = Extract<Expression, { readonly kind: 'string' }>;

/** The texts of an expression that name no file there is. */
function missingIn(facts: Facts, file: BuildFile, node: Expression): readonly Text[] {
  if (node.kind === 'array') return node.items.flatMap((item) => missingIn(facts, file, item));
  if (node.kind !== 'string' || node.format || node.value.startsWith('/')) return [];
  const { project } = facts;
  if (project.disk.exists(posix.join(project.root, file.folder, node.value))) return [];
  return isAskedFor(facts, { file, span: node.span }, node.value) ? [] : [node];
}
