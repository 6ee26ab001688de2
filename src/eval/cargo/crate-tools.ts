import type { CrateMachineTools, CrateTools } from '../../model/crate-graph.ts';
import type { MachineChoice } from '../../model/machine.ts';
import { familyOf } from '../../toolchains/family.ts';
import type { Call } from '../call.ts';
import { exeWrapperOf } from '../machines/exe-wrapper.ts';

/** What runs the units of crates, as it was detected. */
export function crateTools(call: Call, rustflags: readonly string[]): CrateTools {
  const { evaluation } = call;
  const { host } = evaluation;
  const build = evaluation.cross ? 'build' : 'host';
  const rust = evaluation.tables.toolchains.get(build)?.get('rust');
  const facts = rust?.facts ?? {};
  const program = (name: string, otherwise: string): string => {
    // Beside the compiler itself: a version manager's stand-in would take its time at each start.
    const beside = `${facts['sysroot'] ?? ''}/bin/${name}`;
    return facts['sysroot'] !== undefined && host.files.isFile(beside) ? beside : otherwise;
  };
  const [command = 'rustc'] = rust?.command ?? [];
  const rustdoc = (facts['rustdoc'] ?? '').split('\n')[0] || 'rustdoc';
  return {
    rustc: [/(^|\/)rustc$/.test(command) ? program('rustc', command) : command],
    rustdoc: [program('rustdoc', rustdoc)],
    cargo: program('cargo', 'cargo'),
    scriptRunner: [...evaluation.self, 'internal', 'build-script'],
    sides: {
      build: machineTools(call, build, evaluation.cross ? [] : rustflags),
      host: machineTools(call, 'host', rustflags),
    },
    exeWrapper: exeWrapperOf(evaluation) ?? [],
    environment: {},
  };
}

function machineTools(
  { evaluation }: Call,
  machine: MachineChoice,
  rustflags: readonly string[],
): CrateMachineTools {
  const toolchain = evaluation.tables.toolchains.get(machine)?.get('rust');
  const rules = toolchain && familyOf(toolchain).rust;
  const isNamed = evaluation.cross && machine === 'host';
  const linker = toolchain?.command
    .find((word) => word.startsWith('linker='))
    ?.slice('linker='.length);
  const isChosen = evaluation.configs[machine].binaries.get('rust_ld') !== undefined;
  return {
    triple: rules?.target ?? '',
    isNamed,
    sysroot: toolchain?.facts['sysroot'] ?? '',
    linker: isNamed || isChosen ? linker : undefined,
    rustflags,
    cfgs: cfgVariables(rules?.cfgs ?? []),
  };
}

/** `CARGO_CFG_…`: names in capitals, several values with commas. */
function cfgVariables(lines: Iterable<string>): Record<string, string> {
  const values: Record<string, string[]> = {};
  for (const line of lines) {
    const [, name = '', value] = /^([^=]+)(?:="(.*)")?$/.exec(line.trim()) ?? [];
    // What holds for the script itself is not what holds for its package.
    if (name === '' || name === 'debug_assertions' || name === 'panic') continue;
    const key = name.toUpperCase().replaceAll('-', '_');
    values[key] = [...(values[key] ?? []), ...(value === undefined ? [] : [value])];
  }
  return Object.fromEntries(Object.entries(values).map(([key, all]) => [key, all.join()]));
}
