import { posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ArtifactTarget, CrateArtifact } from '../../../../model/crate-artifact.ts';
import type {
  CrateBuild,
  CratePackage,
  CrateUnit,
  UnitTarget,
} from '../../../../model/crate-graph.ts';
import type { PlanContext } from '../../../context.ts';
import { absolutePath } from '../../../paths.ts';
import { scriptFiles, unitFiles } from './unit-files.ts';

/** What Cargo's messages tell of crates that are built as Cargo builds them. */
export function crateArtifacts({
  model,
  paths,
}: Pick<PlanContext, 'paths'> & {
  readonly model: Pick<PlanContext['model'], 'crates'>;
}): readonly CrateArtifact[] {
  return (model.crates ?? []).flatMap((build) =>
    [...build.graph.units.values()].flatMap((unit) => {
      if (unit.mode === 'doctest') return [];
      if (unit.mode === 'build' || unit.mode === 'test')
        return [artifact(build, unit, { output: unitFiles(build, unit).main })];
      const { environment: output, folder } = scriptFiles(build, unit);
      return [artifact(build, unit, { output, scriptFolder: absolutePath(paths, folder) })];
    }),
  );
}

function artifact(
  { graph }: CrateBuild,
  { package: id, target, mode, profile, features }: CrateUnit,
  made: Pick<CrateArtifact, 'output' | 'scriptFolder'>,
): CrateArtifact {
  const of = graph.packages.get(id);
  const isTest = mode === 'test';
  const { optLevel, debuginfo, debugAssertions, overflowChecks } = profile;
  return {
    ...made,
    packageId: packageId(of),
    manifest: `${of.folder}/Cargo.toml`,
    target: artifactTarget(target),
    profile: { optLevel, debuginfo, debugAssertions, overflowChecks, isTest },
    features,
    isProgram: isTest || ['bin', 'test', 'bench'].includes(target.kind) || isRunExample(target),
  };
}

/** Examples may be libraries. */
function isRunExample({ kind, crateTypes }: UnitTarget): boolean {
  return kind === 'example' && crateTypes.includes('bin');
}

function artifactTarget(target: UnitTarget): ArtifactTarget {
  const { kind, crateTypes, name, path, edition, doctest, doc, test, requiredFeatures } = target;
  const isLibrary = kind === 'lib';
  return {
    kind: isLibrary ? crateTypes : [kind === 'build-script' ? 'custom-build' : kind],
    crateTypes: isLibrary || kind === 'example' ? crateTypes : ['bin'],
    name,
    source: path,
    edition,
    requiredFeatures,
    isDocumented: doc,
    isDoctested: isLibrary && doctest,
    isTested: kind !== 'build-script' && test,
  };
}

/** `path+file:///folder/name#0.1.0`; with the name where the folder is called otherwise. */
function packageId({ name, version, source, folder }: CratePackage): string {
  const url = urlOf(source, folder);
  const last = posix.basename(url.replace(/\?.*$/, ''));
  return last === name ? `${url}#${version}` : `${url}#${name}@${version}`;
}

function urlOf(source: CratePackage['source'], folder: string): string {
  return source.kind === 'path' ? `path+${pathToFileURL(folder)}` : source.text.replace(/#.*$/, '');
}
