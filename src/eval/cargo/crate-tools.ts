import { basename, dirname } from 'node:path/posix';
import { versionMatches } from '../../base/version.ts';
import type { CargoConfig } from '../../cargo/config/cargo-config.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { Host } from '../../host/host.ts';
import type { CrateMachineTools, CrateTools, UnitSide } from '../../model/crate-graph.ts';
import type { MachineChoice } from '../../model/machine.ts';
import type { Call } from '../call.ts';
import { exeWrapperOf } from '../machines/exe-wrapper.ts';

/** What is known of a machine before its tools are looked for. */
export interface CrateMachineFacts
  extends Pick<
    CrateMachineTools,
    'triple' | 'isNamed' | 'rustflags' | 'rustdocflags' | 'linker' | 'runner'
  > {
  /** Lines of `rustc --print=cfg`. */
  readonly cfgs: readonly string[];
}

/** What runs the units of crates, as it was detected and configured. */
export function crateTools(
  call: Call,
  config: CargoConfig,
  sides: Readonly<Record<UnitSide, CrateMachineFacts>>,
): CrateTools {
  const { evaluation } = call;
  const { host } = evaluation;
  const build = evaluation.cross ? 'build' : 'host';
  const rust = evaluation.tables.toolchains.get(build)?.get('rust');
  const facts = rust?.facts ?? {};
  const sysroot = facts['sysroot'] ?? '';
  const rustup = rustupOf(host, sysroot);
  const program = (name: string, otherwise: string): string => {
    // Beside the compiler itself: rustup's stand-in would take its time at each start.
    const beside = `${sysroot}/bin/${name}`;
    return rustup !== undefined && host.files.isFile(beside) ? beside : otherwise;
  };
  const isNew = (since: string) => versionMatches(rust?.version ?? since, `>=${since}`);
  const [command = 'rustc'] = rust?.command ?? [];
  const [found = ''] = (facts['rustdoc'] ?? '').split('\n');
  // Cargo calls it by its name.
  const rustdoc = found === (findInPath(host, 'rustdoc') ?? '') ? 'rustdoc' : found;
  return {
    rustc: [command === 'rustc' && isStandIn(host, 'rustc') ? program('rustc', command) : command],
    wrapper: config.wrapper,
    workspaceWrapper: config.workspaceWrapper,
    rustdoc: [config.rustdoc ?? program('rustdoc', rustdoc)],
    takes: {
      checkCfg: isNew('1.80'),
      testRunDirectory: isNew('1.72'),
      futureIncompat: isNew('1.59') && config.reportsBreakage,
    },
    rustup,
    // Cargo tells its own path.
    cargo: program('cargo', findInPath(host, 'cargo') ?? 'cargo'),
    scriptRunner: [...evaluation.self, 'internal', 'build-script'],
    sides: {
      build: machineTools(call, build, sides.build),
      host: machineTools(call, 'host', sides.host),
    },
    environment: config.environment,
    ...(config.overridable.length > 0 && { overridable: config.overridable }),
  };
}

/** rustup's stand-ins tell which toolchain it is: what a build script starts by name is of the same. */
function rustupOf(host: Host, sysroot: string): CrateTools['rustup'] {
  const standIn = findInPath(host, 'cargo') ?? findInPath(host, 'rustc');
  const isManaged = basename(dirname(sysroot)) === 'toolchains';
  if (!isManaged || standIn === undefined || standIn.startsWith(`${sysroot}/`)) return undefined;
  return { toolchain: basename(sysroot), libraries: `${sysroot}/lib` };
}

/** Whether what `PATH` has of a name is rustup's: as Cargo, by size, since they are one program. */
function isStandIn(host: Host, name: string): boolean {
  const [own, rustup] = [name, 'rustup'].map((one) => {
    const path = findInPath(host, one);
    return path === undefined ? undefined : host.files.stat(path)?.size;
  });
  return own !== undefined && own === rustup;
}

function machineTools(
  { evaluation }: Call,
  machine: MachineChoice,
  facts: CrateMachineFacts,
): CrateMachineTools {
  const toolchain = evaluation.tables.toolchains.get(machine)?.get('rust');
  const isForeign = evaluation.cross && machine === 'host';
  const linker = toolchain?.command
    .find((word) => word.startsWith('linker='))
    ?.slice('linker='.length);
  const isChosen = evaluation.configs[machine].binaries.get('rust_ld') !== undefined;
  const wrapper = isForeign ? exeWrapperOf(evaluation) : undefined;
  return {
    ...facts,
    sysroot: toolchain?.facts['sysroot'] ?? '',
    // What a machine file says comes before what Cargo's configuration says, and that before what was found.
    linker: isChosen ? linker : (facts.linker ?? (isForeign ? linker : undefined)),
    runner: wrapper ?? facts.runner,
    scriptOutputs: {},
    cfgs: cfgVariables(facts.cfgs),
  };
}

/** `CARGO_CFG_…`: names in capitals, several values with commas. */
export function cfgVariables(lines: Iterable<string>): Record<string, string> {
  const values: Record<string, string[]> = {};
  for (const line of lines) {
    const [, name = '', value] = /^([^=]+)(?:="(.*)")?$/.exec(line.trim()) ?? [];
    // What holds for the script itself is not what holds for its package. Profiles do not change `panic` here.
    if (name === '' || name === 'debug_assertions') continue;
    const key = name.toUpperCase().replaceAll('-', '_');
    values[key] = [...(values[key] ?? []), ...(value === undefined ? [] : [value])];
  }
  return Object.fromEntries(Object.entries(values).map(([key, all]) => [key, all.join()]));
}
