import type { TargetId } from '../../model/target.ts';
import type { Call } from '../call.ts';
import { keywordDefaults } from '../modules/keyword-defaults.ts';
import type { DependencyObject } from '../objects/dependency.ts';
import { fileObject } from '../objects/file.ts';
import type { Linkable } from '../targets/argument-types.ts';
import { buildTargetRow } from '../targets/build/build-target.ts';
import { executableKeywords } from '../targets/keywords/build-target.ts';
import { introspectionId } from '../targets/register.ts';

/** What a build file wants programs and tests of a workspace to link. */
export interface LinksWanted {
  readonly link_with: readonly Linkable[];
  readonly link_whole: readonly Linkable[];
  readonly dependencies: readonly DependencyObject[];
}

/** A row that makes nothing, and says what is linked as any program would; undefined for nothing. */
export function declareLinks(
  call: Call,
  { link_with, link_whole, dependencies }: LinksWanted,
  /** Some source: what is compiled by rustc is linked by it. */
  source: string,
): TargetId | undefined {
  if (link_with.length + link_whole.length + dependencies.length === 0) return undefined;
  const row = buildTargetRow(call, {
    type: 'executable',
    name: 'crates',
    sources: [fileObject({ tree: 'source', path: source })],
    rust: { doctest: true },
    keywords: { ...keywordDefaults(executableKeywords), link_with, link_whole, dependencies },
  });
  return call.evaluation.tables.targets.add({
    ...row,
    introspectionId: introspectionId(row.buildSubdir, `crates-${source}`, '@links'),
    buildByDefault: false,
  });
}
