import type { CrateOrigin, CratePackage } from '../../../model/crate-graph.ts';
import { consumerOf } from '../../../model/script-consumer.ts';
import type { LockedSource } from '../../lock/lock.ts';
import type { Lint } from '../../manifest/manifest.ts';
import { packageEnvironment } from '../../package-environment.ts';
import type { Package } from './package-set.ts';
import { packageTargets } from './package-targets.ts';

/** What the rest of kaon has to know of a package. */
export function cratePackage(of: Package): CratePackage {
  const { manifest, folder, isMember } = of;
  const { package: fields, features, declaresDefault, lints } = manifest;
  return {
    name: fields.name,
    version: fields.version,
    source: originOf(of.source),
    folder,
    isMember,
    links: fields.links,
    ...(fields.defaultRun !== undefined && { defaultRun: fields.defaultRun }),
    programs: [...manifest.binaries.keys()],
    linkedTargets: linkedTargets(of),
    scriptConsumers: scriptConsumers(of),
    environment: packageEnvironment(of),
    lints: [...lints].sort(byCargo).map(({ level, name }) => `--${level}=${name}`),
    declaredFeatures: [...features.keys()]
      .filter((name) => name !== 'default' || declaresDefault)
      .sort(),
    checkCfg: lints.flatMap(({ checkCfg }) => checkCfg),
  };
}

function linkedTargets(of: Package): readonly string[] {
  const linked = packageTargets(of).filter(({ kind }) => kind !== 'lib' && kind !== 'build-script');
  return [...new Set(linked.map(({ kind, name }) => (kind === 'bin' ? `bin=${name}` : kind)))];
}

function scriptConsumers(of: Package): readonly string[] {
  const targets = packageTargets(of).filter(({ kind }) => kind !== 'build-script');
  const found = targets.flatMap((target) => {
    const modes =
      target.kind === 'lib' ? (['build', 'test', 'doctest'] as const) : (['build'] as const);
    return modes.map((mode) => consumerOf({ target, mode }));
  });
  return [...new Set(found)];
}

/** Cargo does not look at the tool that a lint belongs to. */
function byCargo(one: Lint, other: Lint): number {
  const bare = ({ name }: Lint): string => name.replace(/^.*::/, '');
  return one.priority - other.priority || (bare(one) < bare(other) ? 1 : -1);
}

function originOf(source: LockedSource): CrateOrigin {
  switch (source.kind) {
    case 'path':
      return { kind: 'path' };
    case 'registry':
      return {
        kind: 'registry',
        text: `${source.isSparse === true ? 'sparse' : 'registry'}+${source.url}`,
      };
    case 'git': {
      const { url, reference, revision } = source;
      return { kind: 'git', text: `git+${url}${query(reference)}#${revision}` };
    }
    case 'other':
      return { kind: 'other', text: source.text };
  }
}

/** `branch=a/b` → `?branch=a%2Fb`. */
function query(reference: string): string {
  const [, word, value] = /^(\w+)=(.*)$/s.exec(reference) ?? [];
  return word === undefined || value === undefined
    ? ''
    : `?${new URLSearchParams({ [word]: value })}`;
}
