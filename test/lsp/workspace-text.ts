import { type Spot, Workspace } from '../../src/lsp/workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';

/** A workspace in memory; `|` in one of the texts is where the pointer stands. */
export function spotIn(
  files: string | Readonly<Record<string, string>>,
): Spot & { readonly workspace: Workspace } {
  const all = typeof files === 'string' ? { 'meson.build': `project('p')\n${files}` } : files;
  const disk = new MemoryFiles('/project', () => 0n);
  let at = { path: 'meson.build', offset: 0 };
  for (const [path, marked] of Object.entries(all)) {
    const offset = marked.indexOf('|');
    if (offset !== -1) at = { path, offset };
    disk.makeDirectory(`/project/${path}`.replace(/\/[^/]*$/, ''));
    disk.write(`/project/${path}`, marked.replace('|', ''));
  }
  const workspace = new Workspace(disk, () => undefined);
  const found = workspace.fileOf(`file:///project/${at.path}`);
  if (found === undefined) throw new Error(`there is no ${at.path}`);
  return { ...found, offset: at.offset, workspace };
}
