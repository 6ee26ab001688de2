import { basename, join, relative } from 'node:path/posix';
import type { BuildTarget } from '../../../model/target.ts';
import type { SourceFile } from '../../compile/object-name.ts';
import type { PlanContext } from '../../context.ts';
import { absolutePath, inSource, privateDir } from '../../paths.ts';
import type { ResolvedTarget } from '../../resolved-target.ts';

/** Header, interface and GIR file that valac writes beside the C sources, each by its path. */
export interface ValaFiles {
  readonly header: string | undefined;
  readonly vapi: string | undefined;
  readonly gir: string | undefined;
}

/** What else valac writes for a target, relative to the build directory; undefined for what it does not write. */
export function valaFiles(target: BuildTarget): ValaFiles {
  const path = (keyword: string): string | undefined => {
    const name = target.languageKeywords.get(keyword);
    return typeof name === 'string' ? join(target.buildSubdir, name) : undefined;
  };
  return { header: path('vala_header'), vapi: path('vala_vapi'), gir: path('vala_gir') };
}

/** The header of a library in Vala, which sources in C may include; none for a program. */
export function valaHeaders(target: BuildTarget): readonly string[] {
  const { header } = valaFiles(target);
  return header === undefined ? [] : [header];
}

/** The C source that valac writes of a source: it keeps folders below the target's, and forgets others. */
export function writtenC(
  { paths }: PlanContext,
  { target }: Pick<ResolvedTarget, 'target'>,
  { path }: SourceFile,
): SourceFile | undefined {
  if (!/\.(vala|gs)$/.test(path)) return undefined;
  const base = absolutePath(paths, inSource(paths, target.subdir));
  const below = relative(base, absolutePath(paths, path));
  const name = (below.startsWith('../') ? basename(path) : below).replace(/\.\w+$/, '.c');
  return { path: join(privateDir(target), name), built: true };
}
