import type { DependencyContext } from '../../../deps/context.ts';
import { dependencyMemory } from '../../../deps/memory.ts';
import type { MachineChoice } from '../../../model/machine.ts';
import type { Call } from '../../call.ts';
import { checkerFor } from '../../methods/compiler/checker.ts';
import { overridesOf } from '../../overrides.ts';
import { perEvaluation } from '../../per-evaluation.ts';

/** What was learnt of each machine in this evaluation. */
const memories = perEvaluation(() => ({ build: dependencyMemory(), host: dependencyMemory() }));

/** Where dependencies of a machine are looked for; what is told belongs to the call. */
export function dependencyContext(call: Call, wanted: MachineChoice): DependencyContext {
  const { evaluation } = call;
  const { cross, host, self, sourceRoot, buildRoot, configs } = evaluation;
  // Where both machines are one, what was found for one is there for the other.
  const machine = cross ? wanted : 'host';
  const { binaries, properties, cmake } = configs[machine];
  return {
    host,
    self,
    machine: wanted,
    machineInfo: evaluation.machines[wanted],
    cross: cross && wanted === 'host',
    sourceRoot,
    buildRoot,
    checker: (language) => checkerFor(evaluation, machine, language),
    option: (name) => evaluation.options.find({ name, subproject: undefined, machine }),
    binary: (name) => overriddenTool(call, machine, name) ?? binaries.get(name),
    property: (name) => properties.get(name),
    cmakeVariables: new Map(
      [...cmake].map(([name, value]) => [
        name,
        typeof value === 'object' ? value : [String(value)],
      ]),
    ),
    memory: memories(evaluation)[machine],
    log: (line) => evaluation.log(line),
    warn: (message) => call.unplaced.warn(message),
  };
}

/** A project may bring its own pkg-config: `meson.override_find_program`. */
function overriddenTool(
  { evaluation }: Call,
  machine: MachineChoice,
  name: string,
): readonly string[] | undefined {
  if (name !== 'pkg-config') return undefined;
  const program = overridesOf(evaluation, machine).programs.get(name);
  return program?.found.kind === 'command' ? program.found.command : undefined;
}
