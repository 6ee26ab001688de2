import { dependencyName, hasShared, hasStatic } from '../../../cargo/crate-abi.ts';
import { isProcMacro } from '../../../cargo/manifest/manifest.ts';
import { bool, object } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { keyword, type MethodTable, methodOf, positional } from '../../declare.ts';
import { dependencyIdentity, dependencyOverrides } from '../../functions/dependency/overrides.ts';
import { type DependencyObject, dependencyType } from '../../objects/dependency.ts';
import { type RustCrateObject, rustPackageType } from '../../objects/rust.ts';
import { abiKeyword, abiOf, crateOf } from './crate.ts';
import { packageDependencies } from './package-dependencies.ts';
import { targetMethods } from './package-targets.ts';

const method = methodOf<RustCrateObject>();

const dependenciesMethod = method({
  name: 'dependencies',
  doc: 'What the crate needs: other crates, and libraries of the system.',
  keywords: {
    dependencies: keyword(bool, true, 'With the crates.'),
    dev_dependencies: keyword(bool, false, 'With what only its tests need.'),
    system_dependencies: keyword(bool, true, 'With libraries of the system.'),
  },
  returns: 'array[dep]',
  run: (call, self, { keywords }) => {
    if (keywords.dev_dependencies) call.fail('dev_dependencies is not implemented yet');
    return packageDependencies(call, self, {
      crates: keywords.dependencies,
      system: keywords.system_dependencies,
    });
  },
});

const overrideDependency = method({
  name: 'override_dependency',
  doc: 'Makes a dependency what others get who ask for this crate.',
  positional: [positional('dependency', object(dependencyType), 'What they get.')],
  keywords: { rust_abi: abiKeyword },
  returns: 'void',
  run: (call, self, { positional: [dependency], keywords }) => {
    const abi = abiOf(call, self, keywords.rust_abi);
    const { manifest } = crateOf(self);
    const { name, version } = manifest.package;
    const wanted = dependencyName(name, version, abi);
    const both = call.evaluation.cross && isProcMacro(manifest);
    for (const machine of both ? (['host', 'build'] as const) : ([self.machine] as const)) {
      override(call, { name: wanted, dependency, machine, kind: undefined });
      if (hasStatic(manifest, abi))
        override(call, { name: wanted, dependency, machine, kind: 'static' });
      if (hasShared(manifest, abi))
        override(call, { name: wanted, dependency, machine, kind: 'shared' });
    }
    return undefined;
  },
});

interface Override {
  readonly name: string;
  readonly dependency: DependencyObject;
  readonly machine: RustCrateObject['machine'];
  readonly kind: 'static' | 'shared' | undefined;
}

function override(call: Call, { name, dependency, machine, kind }: Override): void {
  const overrides = dependencyOverrides(call.evaluation, machine);
  const identity = dependencyIdentity(
    name,
    kind === undefined ? {} : { static: kind === 'static' },
  );
  if (overrides.has(identity))
    call.fail(
      `Tried to override dependency '${name}' which has already been resolved or overridden`,
    );
  overrides.set(identity, { dependency, place: call.place, explicit: true });
}

export const rustPackageMethods: MethodTable = {
  type: rustPackageType,
  label: 'package',
  doc: 'A member of a Cargo workspace.',
  methods: [dependenciesMethod, ...targetMethods, overrideDependency],
};
