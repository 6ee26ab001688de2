import { plainRequest } from '../../deps/context.ts';
import type { MachineChoice } from '../../model/machine.ts';
import type { DependencyId } from '../../model/target.ts';
import type { Language } from '../../model/toolchain.ts';
import type { Call } from '../call.ts';
import { lookUp } from '../functions/dependency/lookup.ts';
import { GivenOptions } from '../options/option-key.ts';
import { toolchainsOf } from './add-languages.ts';

/**
 * Reads the subprojects that bring standard libraries of their own: a machine file names them by
 * `c_stdlib`, with the variable of the dependency where that is not an override of that name.
 */
export function takeStandardLibraries(call: Call): void {
  const { evaluation } = call;
  const machines: readonly MachineChoice[] = evaluation.cross ? ['host', 'build'] : ['host'];
  for (const machine of machines) {
    const { properties } = evaluation.configs[machine];
    for (const language of [...toolchainsOf(call, machine).keys()]) {
      const name = `${language}_stdlib`;
      const told = properties.get(name);
      if (told === undefined) continue;
      const [subproject = '', variable, ...more] = (Array.isArray(told) ? told : [told]).map(
        String,
      );
      if (more.length > 0) call.fail('Fallback info must have one or two items.');
      if (variable === undefined) call.uses('stdlib without variable name', '0.56.0');
      const { dependency } = lookUp({
        call,
        names: [name],
        machine,
        request: plainRequest,
        allowFallback: undefined,
        fallback: { subproject, variable },
        isForced: true,
        defaultOptions: new GivenOptions(),
      });
      const known = evaluation.tables.standardLibraries;
      const ofMachine = known.get(machine) ?? new Map<Language, DependencyId>();
      known.set(machine, ofMachine.set(language, dependency.dependency));
    }
  }
}

/** What targets of some languages are linked with by themselves. */
export function standardLibrariesFor(
  { evaluation }: Call,
  machine: MachineChoice,
  languages: readonly Language[],
): readonly DependencyId[] {
  const known = evaluation.tables.standardLibraries.get(machine);
  if (known === undefined) return [];
  return languages.flatMap((language) => known.get(language) ?? []);
}
