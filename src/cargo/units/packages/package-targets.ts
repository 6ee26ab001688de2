import { posix } from 'node:path';
import type { UnitTarget, UnitTargetKind } from '../../../model/crate-graph.ts';
import type { CrateTarget } from '../../manifest/manifest.ts';
import type { Package } from './package-set.ts';

const known = new WeakMap<Package, readonly UnitTarget[]>();

/** All targets of a package: library, programs, tests, examples, benchmarks, build script. */
export function packageTargets(of: Package): readonly UnitTarget[] {
  const before = known.get(of);
  if (before !== undefined) return before;
  const { library, binaries, tests, examples, benches, buildScript, package: fields } = of.manifest;
  const made = (kind: UnitTargetKind, target: CrateTarget, doctest = false): UnitTarget => ({
    kind,
    name: target.name,
    crateTypes: target.crateTypes,
    ...placed(of.folder, target.path),
    edition: target.edition,
    harness: target.harness,
    doctest,
    test: target.test,
    bench: target.bench,
    doc: target.doc,
    requiredFeatures: target.requiredFeatures,
  });
  const targets: UnitTarget[] = [
    ...(library === undefined ? [] : [made('lib', library, library.doctest)]),
    ...[...binaries.values()].map((one) => made('bin', one)),
    ...examples.map((one) => made('example', one)),
    ...tests.map((one) => made('test', one)),
    ...benches.map((one) => made('bench', one)),
  ];
  if (buildScript !== undefined)
    targets.push({
      kind: 'build-script',
      name: scriptName(buildScript),
      crateTypes: ['bin'],
      ...placed(of.folder, buildScript),
      edition: fields.edition,
      harness: true,
      doctest: false,
      test: false,
      bench: false,
      doc: false,
      requiredFeatures: [],
    });
  known.set(of, targets);
  return targets;
}

function placed(folder: string, path: string): Pick<UnitTarget, 'path' | 'spelled'> {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const from = path.startsWith('/') ? '' : folder;
  const spelled = parts.includes('..') ? { spelled: [from, ...parts].join('/') } : {};
  return { path: posix.resolve(folder, path), ...spelled };
}

/** `build.rs` → `build-script-build`. */
function scriptName(path: string): string {
  return `build-script-${posix.basename(path).replace(/\.[^.]*$/, '')}`;
}

/** Whether other crates can link it. */
export function isLinkable({ kind, crateTypes }: UnitTarget): boolean {
  return (
    kind === 'lib' &&
    crateTypes.some((type) => ['lib', 'rlib', 'dylib', 'proc-macro'].includes(type))
  );
}

/** Whether all features that it needs are on. */
export function isAvailable(target: UnitTarget, features: ReadonlySet<string>): boolean {
  return target.requiredFeatures.every((name) => features.has(name));
}
