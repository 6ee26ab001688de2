import { ok, type Result } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';
import { runTool } from '../run-tool.ts';
import type { ExportedSource, SourceExport } from './export.ts';

function hg(
  host: Host,
  folder: string,
  ...words: readonly string[]
): Promise<Result<string, string>> {
  // HGPLAIN: whatever the user configured, the output is for programs.
  const environment = { HGPLAIN: '1' };
  return runTool(host, { argv: ['hg', '-R', folder, ...words], folder, environment });
}

/** Whether the sources are the root of a Mercurial repository. */
export function isInMercurial({ files }: Pick<Host, 'files'>, sourceRoot: string): boolean {
  return files.isDirectory(`${sourceRoot}/.hg`);
}

/** Whether files that Mercurial knows differ from the last commit. */
export async function hasUncommittedInMercurial(host: Host, folder: string): Promise<boolean> {
  const changed = await hg(host, folder, 'status', '-mard');
  return changed.ok && changed.value.trim() !== '';
}

/** Which changeset a name means, and when it was committed. */
export async function describeRevision(
  host: Host,
  sourceRoot: string,
  revision: string,
): Promise<Result<Pick<ExportedSource, 'timeSeconds' | 'revision'>, string>> {
  const words = ['log', '-r', revision, '--template', '{node} {date|hgdate}'];
  const described = await hg(host, sourceRoot, ...words);
  if (!described.ok) return described;
  const [node = '', seconds] = described.value.trim().split(' ');
  return ok({ timeSeconds: Number(seconds), revision: node });
}

/** Lays out what a changeset holds, with its subrepositories; `.hg_archival.txt` says which it was. */
export async function exportMercurial(
  host: Host,
  { sourceRoot, revision, into }: SourceExport,
): Promise<Result<ExportedSource, string>> {
  const described = await describeRevision(host, sourceRoot, revision === 'HEAD' ? '.' : revision);
  if (!described.ok) return described;
  const node = described.value.revision;
  const words = ['archive', '-r', node, '-S', '-t', 'files', '-X', `${sourceRoot}/.hg[a-z]*`, into];
  const laid = await hg(host, sourceRoot, ...words);
  return laid.ok ? ok({ ...described.value, warnings: [] }) : laid;
}
