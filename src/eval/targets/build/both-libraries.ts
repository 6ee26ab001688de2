import type { BuildTarget, TargetId } from '../../../model/target.ts';
import { cLinkLanguages } from '../../../toolchains/languages.ts';
import type { Call } from '../../call.ts';
import { type BothLibrariesObject, bothLibrariesType } from '../../objects/target.ts';
import { hasHalfArguments } from '../keywords/languages.ts';
import { optionOf } from '../options.ts';
import { declareBuildTarget } from './build-target.ts';
import type { BuildTargetRequest } from './build-target-request.ts';
import { withoutValaOutputs } from './vala.ts';

/** Declares a shared and a static library of the same sources, which are compiled once where that is possible. */
export function declareBothLibraries(
  call: Call,
  request: Omit<BuildTargetRequest, 'type'>,
): BothLibrariesObject {
  call.uses('both_libraries', '0.46.0');
  const shared = declareBuildTarget(call, { ...request, type: 'shared-library' });
  const statics = declareBuildTarget(call, { ...request, type: 'static-library' });
  joinHalves(call, { shared, static: statics }, request.keywords);
  return {
    type: bothLibrariesType,
    shared,
    static: statics,
    preferred: preferredKind(call),
  };
}

function joinHalves(
  call: Call,
  ids: { readonly shared: TargetId; readonly static: TargetId },
  keywords: BuildTargetRequest['keywords'],
): void {
  const { targets } = call.evaluation.tables;
  const shared = targets.get(ids.shared);
  const archive = targets.get(ids.static);
  if (shared.kind !== 'build' || archive.kind !== 'build') return;
  targets.replace(ids.shared, { ...shared, twin: ids.static });
  const differ = hasHalfArguments(keywords);
  const reuses = !differ && archive.pic && shared.rust === undefined;
  targets.replace(ids.static, {
    ...(reuses ? withObjectsOf(archive, ids.shared) : archive),
    twin: ids.shared,
  });
}

function withObjectsOf(archive: BuildTarget, shared: TargetId): BuildTarget {
  return {
    ...withoutValaOutputs(archive),
    takesTwinObjects: true,
    sources: [],
    objects: [
      ...archive.objects,
      { kind: 'extracted', target: shared, sources: 'all', recursive: false },
    ],
    // It only links what was compiled.
    languages: archive.languages.filter((language) => cLinkLanguages.includes(language)),
  };
}

function preferredKind(call: Call): 'shared' | 'static' {
  const preferred = optionOf(call, 'default_both_libraries');
  const kind = preferred === 'auto' ? optionOf(call, 'default_library') : preferred;
  return kind === 'static' ? 'static' : 'shared';
}
