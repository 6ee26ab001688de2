import { err, ok, type Result } from '../../base/result.ts';
import { parseCfgSet } from '../../cargo/cfg.ts';
import { type CargoConfig, cargoConfig } from '../../cargo/config/cargo-config.ts';
import {
  type LoadedConfig,
  loadConfig,
  refusedForMachine,
} from '../../cargo/config/load-config.ts';
import { profileVariableFaults } from '../../cargo/config/profile-config-faults.ts';
import { cargoHome } from '../../cargo/crate-source.ts';
import type { UnitRequest } from '../../cargo/units/unit-graph.ts';
import { type Diagnostic, plainError } from '../../diag/diagnostic.ts';
import type { CrateGraph, CrateTools, UnitSide } from '../../model/crate-graph.ts';
import type { Call } from '../call.ts';
import { perEvaluation } from '../per-evaluation.ts';
import { configPlaceOf, heeded } from './config-place.ts';
import { type CrateMachineFacts, crateTools } from './crate-tools.ts';
import { failWith } from './fail-with.ts';
import { platformOf } from './project-cargo.ts';

/** How the crates of a folder are built: what Cargo's configuration says, and what runs them. */
export interface CrateSettings {
  readonly config: CargoConfig;
  readonly tools: CrateTools;
  readonly request: Pick<
    UnitRequest,
    'isCross' | 'compiler' | 'platform' | 'replacesScript' | 'supports' | 'incremental'
  >;
}

/** What settings are for. */
export interface SettingsWanted {
  readonly folder: string;
  /** Whether `[build] target` counts, where no cross file says what to build for. */
  readonly choosesMachine: boolean;
  /** Counts in its place, if it says anything. */
  readonly target?: string;
}

/**
 * How the crates of a folder are compiled: Cargo's configuration for it, the profile, the target. Fails
 * the call for what Cargo would refuse.
 */
export function crateSettings(
  call: Call,
  { folder, choosesMachine, target = '' }: SettingsWanted,
): CrateSettings {
  const { evaluation } = call;
  const loaded = loadedConfig(call, folder);
  const variables = heeded(evaluation.host.system.environment, loaded);
  const odd = profileVariableFaults(variables);
  if (odd.length > 0)
    failWith(
      call,
      odd.map(({ message, hint }) => plainError(message, hint)),
    );
  const config = cargoConfig({ root: loaded.root, variables, folder });
  tellOtherCompiler(call, config);
  if (target === '') tellOtherTargets(call, config);
  else if (evaluation.cross) call.fail(`target: ${target}: the cross file says what to build for`);
  tellUnstable(call, config);
  const named = evaluation.cross || !choosesMachine ? undefined : target || config.target;
  const isCross = evaluation.cross || named !== undefined;
  const build = factsOf(call, config, { side: 'build', isCross, triple: undefined });
  const host = factsOf(call, config, { side: 'host', isCross, triple: named });
  const sides = { build: isCross ? build : host, host };
  for (const triple of new Set([build.triple, host.triple])) {
    const refused = refusedForMachine(evaluation.host.files, loaded, triple);
    if (refused.length > 0) failWith(call, refused);
  }
  return {
    config,
    tools: crateTools(call, config, sides),
    request: {
      isCross,
      compiler: (side) => {
        const { isNamed, triple, rustflags } = sides[side];
        return [fullVersion(call), ...rustflags, ...(isNamed ? [triple] : [])].join('\0');
      },
      platform: (side) => ({
        cfgs: parseCfgSet(sides[side].cfgs),
        triple: sides[side].triple,
      }),
      replacesScript: (links, side) => config.scriptOutput(links, sides[side].triple) !== undefined,
      supports: isCross ? supportedTypes(call, host) : () => true,
      incremental: config.incremental,
    },
  };
}

/** The tools with what the configuration says in place of build scripts of these packages. */
export function withScriptOutputs(
  { config, tools }: CrateSettings,
  { packages }: CrateGraph,
): CrateTools {
  const links = [...packages.values()].flatMap((one) => one.links ?? []);
  const side = (name: UnitSide) => ({
    ...tools.sides[name],
    scriptOutputs: Object.fromEntries(
      links.flatMap((one) => {
        const output = config.scriptOutput(one, tools.sides[name].triple);
        return output === undefined ? [] : [[one, output] as const];
      }),
    ),
  });
  return { ...tools, sides: { build: side('build'), host: side('host') } };
}

/** Compilers are found before any crate is seen: by machine files and `RUSTC`, for Meson's rules as well. */
function tellOtherCompiler(call: Call, { rustc }: CargoConfig): void {
  const used = rustcOf(call.evaluation);
  const [command, compiler] = [used?.command[0], used?.facts['compiler']];
  if (rustc === undefined || rustc === 'rustc' || rustc === command || rustc === compiler) return;
  call.warn(
    `Cargo's configuration names the compiler ${rustc}, but ${command} was found.\n` +
      `RUSTC=${rustc} in the environment, or rust = '${rustc}' in a native file, chooses it.`,
  );
}

/** Cargo would build for each of them. */
function tellOtherTargets({ evaluation }: Call, { target, otherTargets }: CargoConfig): void {
  if (evaluation.cross || otherTargets.length === 0) return;
  evaluation.report({
    ...plainError(
      `[build] target names several machines: kaon builds for the first, ${target}`,
      `A build directory each serves the others: CARGO_BUILD_TARGET=${otherTargets[0]} kaon setup DIRECTORY`,
    ),
    severity: 'warning',
  });
}

/** To be told where no build file says that another tool builds. */
export function tellBuildFolders(
  { evaluation }: Call,
  { config: { buildFolders } }: CrateSettings,
): void {
  if (buildFolders.length === 0) return;
  evaluation.report({
    ...plainError(
      `${buildFolders.join(' and ')} is for Cargo alone: kaon builds in ${evaluation.buildRoot}`,
      '"kaon setup DIRECTORY" builds elsewhere.',
    ),
    severity: 'warning',
  });
}

/** Only a nightly Cargo looks at them. */
function tellUnstable(call: Call, { unstable }: CargoConfig): void {
  if (unstable.length === 0 || !fullVersion(call).includes('-nightly')) return;
  call.evaluation.report({
    ...plainError(`[unstable] asks for what kaon does not heed: ${unstable.join(', ')}`),
    severity: 'warning',
  });
}

/** Several workspaces may have the same configuration above them. */
const toldWarnings = perEvaluation(() => new Set<string>());

function loadedConfig(call: Call, folder: string): LoadedConfig {
  const { host, tables } = call.evaluation;
  const place = configPlaceOf(call.evaluation, folder);
  const loaded = loadConfig(host.files, place, cargoHome(host.system));
  if (!loaded.ok) return failWith(call, loaded.error);
  for (const path of loaded.value.files) tables.buildFiles.set(path, { tree: 'source', path });
  const told = toldWarnings(call.evaluation);
  for (const warning of loaded.value.warnings) {
    if (!told.has(warning.message)) call.evaluation.report(warning);
    told.add(warning.message);
  }
  return loaded.value;
}

function factsOf(
  call: Call,
  config: CargoConfig,
  wanted: {
    readonly side: UnitSide;
    readonly isCross: boolean;
    readonly triple: string | undefined;
  },
): CrateMachineFacts {
  const { side, isCross } = wanted;
  const detected = platformOf(call, side);
  const triple = wanted.triple ?? detected.triple ?? '';
  const before =
    wanted.triple === undefined || wanted.triple === detected.triple
      ? detected.cfgLines
      : cfgsOfTarget(call, config, triple);
  const platform = { triple, cfgs: parseCfgSet(before) };
  const ambiguity = config.ambiguity(platform);
  if (ambiguity !== undefined) failWith(call, [plainError(ambiguity)]);
  // What is built for a machine that was named does not concern tools of the build.
  const rustflags = isCross && side === 'build' ? [] : config.rustflags(platform);
  const named = triple === detected.triple ? [] : ['--target', triple];
  const changed =
    rustflags.length === 0 && !hearsOfUnstable(config)
      ? undefined
      : printedCfgs(call, config, [...named, ...rustflags]);
  return {
    triple,
    isNamed: isCross && side === 'host',
    rustflags,
    rustdocflags: isCross && side === 'build' ? [] : config.rustdocflags(platform),
    linker: config.linker(platform),
    runner: config.runner(platform),
    // Where rustc cannot say, compiling will tell why.
    cfgs: changed?.ok === true ? changed.value : before,
  };
}

/** Whether `[env]` lets rustc tell what only a nightly one does. */
function hearsOfUnstable({ environment }: CargoConfig): boolean {
  return environment['RUSTC_BOOTSTRAP'] !== undefined;
}

function cfgsOfTarget(call: Call, config: CargoConfig, triple: string): readonly string[] {
  const cfgs = printedCfgs(call, config, ['--target', triple]);
  return cfgs.ok ? cfgs.value : call.fail(`rustc cannot build for ${triple}: ${cfgs.error}`);
}

/** What rustc says with some flags and in the environment of `[env]`, or why it cannot. */
function printedCfgs(
  call: Call,
  config: Pick<CargoConfig, 'environment'>,
  args: readonly string[],
): Result<readonly string[], string> {
  const { host } = call.evaluation;
  const { ended, stdout, stderr } = host.processes.run({
    argv: [rustcCommand(call), '--print', 'cfg', ...args],
    workingDirectory: call.evaluation.sourceRoot,
    environment: { ...host.system.environment, ...config.environment },
  });
  return ended.kind === 'exited' && ended.code === 0
    ? ok(stdout.trim().split('\n'))
    : err(stderr.trim());
}

/** What rustc makes for a machine that was named: it drops libraries that nothing there could load. */
function supportedTypes(
  call: Call,
  { triple, rustflags }: CrateMachineFacts,
): (crateType: string, side: UnitSide) => boolean {
  const known = new Map<string, boolean>();
  return (type, side) => {
    if (side === 'build' || !['dylib', 'cdylib'].includes(type)) return true;
    const before = known.get(type);
    if (before !== undefined) return before;
    const { host, sourceRoot } = call.evaluation;
    const { ended, stdout } = host.processes.run({
      argv: [
        ...[rustcCommand(call), '-', '--crate-name', '___', '--crate-type', type],
        ...['--print', 'file-names', '--target', triple, ...rustflags],
      ],
      workingDirectory: sourceRoot,
      environment: host.system.environment,
    });
    // Where it says nothing at all, compiling will tell why.
    const isMade = ended.kind !== 'exited' || ended.code !== 0 || stdout.includes('___');
    known.set(type, isMade);
    if (!isMade) call.evaluation.report(droppedType(type, triple));
    return isMade;
  };
}

function droppedType(type: string, triple: string): Diagnostic {
  return {
    ...plainError(`dropping unsupported crate type \`${type}\` for target \`${triple}\``),
    severity: 'warning',
  };
}

function rustcCommand({ evaluation: { tables, cross } }: Call): string {
  return tables.toolchains.get(cross ? 'build' : 'host')?.get('rust')?.command[0] ?? 'rustc';
}

/** What the Rust compiler says of itself. */
function fullVersion({ evaluation }: Call): string {
  return rustcOf(evaluation)?.fullVersion ?? '';
}

/** The version of rustc for the host machine; empty where there is none. */
export function compilerVersion({ evaluation }: Call): string {
  return rustcOf(evaluation)?.version ?? '';
}

function rustcOf({ cross, tables }: Call['evaluation']) {
  return tables.toolchains.get(cross ? 'build' : 'host')?.get('rust');
}
