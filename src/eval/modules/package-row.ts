import { plainRequest } from '../../deps/context.ts';
import type { Dependency } from '../../model/dependency.ts';
import type { MachineChoice } from '../../model/machine.ts';
import type { Call } from '../call.ts';
import { lookUp } from '../functions/dependency/lookup.ts';
import { GivenOptions } from '../options/option-key.ts';

/** A package that a module needs. */
export interface PackageWanted {
  readonly name: string;
  readonly machine: MachineChoice;
  readonly required: boolean;
  readonly version?: readonly string[];
}

/** A package, looked for as `dependency()` does. */
export function packageRow(
  call: Call,
  { name, machine, required, version = [] }: PackageWanted,
): Dependency {
  const { dependency } = lookUp({
    call,
    names: [name],
    machine,
    request: { ...plainRequest, required, version },
    allowFallback: undefined,
    fallback: undefined,
    defaultOptions: new GivenOptions(),
  });
  return call.evaluation.tables.dependencies.get(dependency.dependency);
}
