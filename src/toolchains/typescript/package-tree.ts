import { posix } from 'node:path';
import { ok, type Result } from '../../base/result.ts';
import type { FileFault, FileStat, Files } from '../../host/host.ts';
import { buildMarks } from '../../host/made-by-build.ts';
import { packedFolder } from './package-lock.ts';

/** What of a package's folder a mirror shows, relative to it; folders come before what is in them. */
export interface Shown {
  readonly path: string;
  /** A `link` leads to what lies in the source tree. */
  readonly kind: 'folder' | 'copy' | 'link';
  readonly stat: FileStat;
}

/** Files that are larger are data: nothing is looked up beside them. */
const largestCopy = 4 << 20;

const leftOut = ['node_modules', packedFolder, '.git', '.hg'];

/** What tools look up other files from, by where it really lies. */
const leadsOn = /\.([cm]?[jt]sx?|json[c5]?|vue|svelte|astro|mdx?|html?|css|s[ac]ss|less)$/;

/**
 * All that belongs to the package. Left out: `node_modules`, packed packages, what version control keeps,
 * build directories and other folders that say of themselves that they can be made again. Folders at the top
 * without any file that tools would start from (sources in C, pictures) are not gone through by them either:
 * these, and what is large, are shown by links.
 */
export function packageTree(files: Files, source: string): Result<readonly Shown[], FileFault> {
  const names = files.list(source);
  if (!names.ok) return names;
  const shown: Shown[] = [];
  for (const name of names.value) {
    const below: Shown[] = [];
    const whole = gather(files, { source, path: name }, below);
    const [first, ...inside] = below;
    if (first === undefined) continue;
    const starts = !whole || inside.some(({ path }) => leadsOn.test(path));
    if (first.kind === 'folder' && !starts) shown.push({ ...first, kind: 'link' });
    else shown.push(...below);
  }
  return ok(shown);
}

/** Whether nothing is left out of what lies there. */
function gather(
  files: Files,
  at: { readonly source: string; readonly path: string },
  shown: Shown[],
): boolean {
  const name = posix.basename(at.path);
  if (leftOut.includes(name)) return false;
  const absolute = posix.join(at.source, at.path);
  const stat = files.lstat(absolute);
  if (stat === undefined || stat.kind === 'other') return true;
  if (stat.kind !== 'directory') {
    const isSmall = stat.kind === 'file' && stat.size <= largestCopy;
    shown.push({ path: at.path, kind: isSmall ? 'copy' : 'link', stat });
    return true;
  }
  const names = files.list(absolute);
  // What may not be looked into is for those to complain about who need it.
  if (!names.ok) return true;
  if (names.value.some((each) => buildMarks.includes(each))) return false;
  shown.push({ path: at.path, kind: 'folder', stat });
  let whole = true;
  for (const each of names.value) {
    const path = posix.join(at.path, each);
    whole = gather(files, { source: at.source, path }, shown) && whole;
  }
  return whole;
}
