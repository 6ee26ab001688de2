import { dependencyName, supportedAbis } from '../../../cargo/crate-abi.ts';
import { linkedCrates } from '../../../cargo/crate-arguments.ts';
import { plainRequest } from '../../../deps/context.ts';
import type { Call } from '../../call.ts';
import { lookUp } from '../../functions/dependency/lookup.ts';
import type { DependencyObject } from '../../objects/dependency.ts';
import type { RustCrateObject } from '../../objects/rust.ts';
import { GivenOptions } from '../../options/option-key.ts';
import { configurationOf, crateOf, overriddenDependency } from './crate.ts';
import { systemDependency } from './system-dependency.ts';
import { configureCrate } from './workspace.ts';

/** What a crate needs. Subprojects that it needs are read now. */
export function packageDependencies(
  call: Call,
  self: RustCrateObject,
  which: { readonly crates: boolean; readonly system: boolean },
): readonly DependencyObject[] {
  return [
    ...(which.crates ? crateDependencies(call, self) : []),
    ...(which.system ? systemDependencies(call, self) : []),
  ];
}

function crateDependencies(call: Call, self: RustCrateObject): readonly DependencyObject[] {
  const { graph, workspace, machine } = self;
  return linkedCrates(configurationOf(call, self)).flatMap((id) => {
    const crate = graph.crate(id);
    const { manifest } = crate;
    if (manifest.library === undefined) return [];
    if (crate.workspace !== workspace || crate.subproject !== undefined)
      configureCrate(call, self, id);
    const { name, version } = manifest.package;
    const abis = supportedAbis(manifest);
    if (!abis.includes('rust') && !abis.includes('proc-macro'))
      call.fail(`Package ${name} does not support rust or proc-macro ABI`);
    return [overriddenDependency(call, dependencyName(name, version), machine)];
  });
}

function systemDependencies(call: Call, self: RustCrateObject): readonly DependencyObject[] {
  const { features } = configurationOf(call, self);
  return crateOf(self).manifest.package.systemDependencies.flatMap((wanted) => {
    if (wanted.feature !== undefined && !features.has(wanted.feature)) return [];
    const { dependency } = lookUp({
      call,
      names: [wanted.name],
      machine: self.machine,
      request: { ...plainRequest, version: wanted.versions, required: !wanted.optional },
      allowFallback: undefined,
      fallback: undefined,
      defaultOptions: new GivenOptions(),
    });
    return [systemDependency(call, dependency, wanted.key)];
  });
}
