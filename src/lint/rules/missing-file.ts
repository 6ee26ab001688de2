import { posix } from 'node:path';
import { own } from '../../base/own.ts';
import type { Expression } from '../../lang/tree.ts';
import { isAskedFor } from '../asked-files.ts';
import type { Facts } from '../facts.ts';
import type { Report, Rule } from '../rule.ts';
import type { CallUse } from '../scan.ts';

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
      const { node } = use;
      const list = node.kind === 'call' ? own(listing, node.name) : undefined;
      if (list === undefined) continue;
      for (const each of node.args.positional.slice(list.from)) look(facts, report, use, each);
      for (const { name, value } of node.args.keywords) {
        if (list.keywords?.includes(name) === true) look(facts, report, use, value);
      }
    }
    for (const { file, span, folder } of facts.scan.missing) {
      const message = `Nonexistent build file '${posix.join(folder, 'meson.build')}'`;
      report({ file, span, message });
    }
  },
};

function look(facts: Facts, report: Report, use: CallUse, node: Expression): void {
  if (node.kind === 'array') for (const item of node.items) look(facts, report, use, item);
  if (node.kind !== 'string' || node.format || node.value.startsWith('/')) return;
  const { project } = facts;
  const path = posix.join(project.root, use.file.folder, node.value);
  if (project.disk.exists(path)) return;
  if (isAskedFor(facts, { file: use.file, span: node.span }, node.value)) return;
  report({ file: use.file, span: node.span, message: `File ${node.value} does not exist.` });
}
