import type { Crate, CrateConfiguration } from '../../../cargo/cargo-world.ts';
import {
  type CrateAbi,
  type CrateMachine,
  chosenAbi,
  dependencyName,
} from '../../../cargo/crate-abi.ts';
import { crateEnvironment, dependencyMap, rustArguments } from '../../../cargo/crate-arguments.ts';
import { apiOf } from '../../../cargo/requirement.ts';
import { familyOf } from '../../../toolchains/family.ts';
import { orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { keyword, type MethodTable, methodOf } from '../../declare.ts';
import { dependencyIdentity, dependencyOverrides } from '../../functions/dependency/overrides.ts';
import type { DependencyObject } from '../../objects/dependency.ts';
import { type RustCrateObject, rustCrateType, rustSubprojectType } from '../../objects/rust.ts';
import { joinPath } from '../../paths.ts';
import { oneOfChoices } from '../../targets/argument-types.ts';

const method = methodOf<RustCrateObject>();

/** How a crate may be linked. */
export const abiKeyword = keyword(orNothing(str), undefined, 'Who links it: rust, c, proc-macro.', {
  check: oneOfChoices('rust', 'c', 'proc-macro'),
});

export function crateOf({ graph, crate }: RustCrateObject): Crate {
  return graph.crate(crate);
}

/** What was chosen of a crate for its machine. */
export function configurationOf(call: Call, self: RustCrateObject): CrateConfiguration {
  const { name, version } = crateOf(self).manifest.package;
  return (
    self.graph.configuration(self.crate, self.machine) ??
    call.fail(`package ${name}-${version} not configured for ${self.machine} machine`)
  );
}

/** Arguments for rustc: lints, cfgs and features. */
export function argumentsOf(call: Call, self: RustCrateObject): readonly string[] {
  const machine: CrateMachine = call.evaluation.cross ? self.machine : 'host';
  const toolchain = call.evaluation.tables.toolchains.get(machine)?.get('rust');
  const hasCheckCfg = (toolchain && familyOf(toolchain).rust?.checkCfg) === true;
  return rustArguments(crateOf(self), configurationOf(call, self), { hasCheckCfg });
}

export function dependencyMapOf(call: Call, self: RustCrateObject): ReadonlyMap<string, string> {
  const { graph, machine } = self;
  const map = dependencyMap(
    graph,
    { crate: crateOf(self), configuration: configurationOf(call, self) },
    call.evaluation.cross ? machine : 'host',
  );
  return new Map(Object.entries(map));
}

/** The ABI that was asked for, checked; one of the three words. */
export function abiOf(call: Call, self: RustCrateObject, asked: string | undefined): CrateAbi {
  // The keyword takes these words only.
  const abi = chosenAbi(crateOf(self).manifest, asked as CrateAbi | undefined);
  return abi.ok ? abi.value : call.fail(abi.error);
}

/** The dependency that a crate's project said it is. */
export function overriddenDependency(
  call: Call,
  name: string,
  machine: CrateMachine,
): DependencyObject {
  const found = dependencyOverrides(call.evaluation, machine).get(dependencyIdentity(name));
  return (
    found?.dependency ??
    call.fail(`dependency "${name}" was not overridden for the ${machine} machine`)
  );
}

export const rustCrateMethods: MethodTable = {
  type: rustCrateType,
  label: 'package',
  doc: 'A crate of a Cargo workspace or of a subproject.',
  methods: [
    method({
      name: 'name',
      doc: 'Its name.',
      returns: 'str',
      run: (_call, self) => crateOf(self).manifest.package.name,
    }),
    method({
      name: 'version',
      doc: 'Its version.',
      returns: 'str',
      run: (_call, self) => crateOf(self).manifest.package.version,
    }),
    method({
      name: 'api',
      doc: 'The part of its version that promises compatibility.',
      returns: 'str',
      run: (_call, self) => apiOf(`=${crateOf(self).manifest.package.version}`),
    }),
    method({
      name: 'all_features',
      doc: 'Every feature it has.',
      returns: 'array[str]',
      run: (_call, self) => [...crateOf(self).manifest.features.keys()].sort(),
    }),
    method({
      name: 'features',
      doc: 'The features that are on.',
      returns: 'array[str]',
      run: (call, self) => [...configurationOf(call, self).features].sort(),
    }),
    method({
      name: 'rust_args',
      doc: 'Arguments for rustc: lints and features.',
      returns: 'array[str]',
      run: argumentsOf,
    }),
    method({
      name: 'env',
      doc: 'The environment that Cargo would give rustc.',
      returns: 'dict[str]',
      run: (call, self) => {
        const { evaluation, scope } = call;
        const folder = joinPath(evaluation.buildRoot, scope.buildSubdir, 'meson');
        evaluation.host.files.makeDirectory(folder);
        return new Map(Object.entries(crateEnvironment(crateOf(self), folder)));
      },
    }),
    method({
      name: 'rust_dependency_map',
      doc: 'Names under which it uses other crates.',
      returns: 'dict[str]',
      run: dependencyMapOf,
    }),
  ],
};

export const rustSubprojectMethods: MethodTable = {
  type: rustSubprojectType,
  label: 'package',
  doc: 'A crate of a subproject.',
  methods: [
    method({
      name: 'dependency',
      doc: 'The crate as a dependency.',
      keywords: { rust_abi: abiKeyword },
      returns: 'dep',
      run: (call, self, { keywords }) => {
        const abi = abiOf(call, self, keywords.rust_abi);
        const { name, version } = crateOf(self).manifest.package;
        return overriddenDependency(call, dependencyName(name, version, abi), self.machine);
      },
    }),
  ],
};
