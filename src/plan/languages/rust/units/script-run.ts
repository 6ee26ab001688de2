import type { EnvironmentChange } from '../../../../base/environment.ts';
import type { CrateBuild, CrateUnit, UnitProfile } from '../../../../model/crate-graph.ts';
import { crateRule } from '../../../../model/crate-rule.ts';
import { consumerOf } from '../../../../model/script-consumer.ts';
import type { ScriptAudience, ScriptWork } from '../../../../model/script-request.ts';
import { addAction, type PlanContext } from '../../../context.ts';
import { absolutePath, type Paths } from '../../../paths.ts';
import { targetConsumers } from '../crate-scripts.ts';
import { scriptVariables } from './counted-variables.ts';
import { programEnvironment, set } from './unit-environment.ts';
import { consumerFile, libraryFiles, scriptFiles, unitFiles } from './unit-files.ts';

/**
 * Adds the run of a build script. What it says is known only while building, so its runner writes
 * files: arguments that rustc reads by `@file`, variables that a shell reads, and a depfile.
 */
export function planScriptRun(context: PlanContext, build: CrateBuild, run: CrateUnit): void {
  const { graph, tools } = build;
  const of = graph.packages.get(run.package);
  const source = sourceOf(build, run);
  if (source === undefined) return;
  const { program, libraries, others } = source;
  const files = scriptFiles(build, run);
  const consumers = consumersOf(context, build, run);
  const words = [
    workOf(context.paths, { build, run }, source),
    audienceOf(context.paths, { build, run }, consumers),
  ];
  addAction(context, {
    rule: crateRule.script,
    description:
      program === undefined
        ? `Taking what Cargo's configuration says in the place of the build script of crate ${of.name} ${of.version}`
        : `Running the build script of crate ${of.name} ${of.version}`,
    work: {
      kind: 'command',
      argv: [...tools.scriptRunner, ...words.map((word) => JSON.stringify(word))],
      lastWordIsAudience: true,
      cwd: of.folder,
      environment: scriptVariables(scriptEnvironment(context, build, run)),
    },
    inputs: [
      ...(program === undefined ? [] : [program]),
      ...others.map((other) => scriptFiles(build, other).metadata),
      ...libraries,
    ],
    outputs: [
      files.environment,
      files.search,
      files.elsewhere,
      files.metadata,
      files.libraries,
      files.native,
      files.cdylib,
      files.paths,
      files.out,
      ...consumers.map((name) => consumerFile(build, run, name)),
    ],
    depfile: { path: files.depfile, format: 'make' },
  });
}

/** Who says what a build script says: its program, or the user's configuration in its place. */
interface ScriptSource {
  readonly program: string | undefined;
  readonly said: string | undefined;
  /** Files that tell where the program finds shared libraries. */
  readonly libraries: readonly string[];
  /** Runs of other scripts, of which it is told. */
  readonly others: readonly CrateUnit[];
}

function sourceOf(build: CrateBuild, run: CrateUnit): ScriptSource | undefined {
  const { graph, tools } = build;
  const { links } = graph.packages.get(run.package);
  const needed = run.dependencies.map(({ unit }) => graph.units.get(unit));
  const script = needed.find(({ mode }) => mode === 'build');
  const program = script && unitFiles(build, script).main;
  const said = links === undefined ? undefined : tools.sides[run.side].scriptOutputs[links];
  if (program === undefined && said === undefined) return undefined;
  const libraries = script === undefined ? [] : libraryFiles(build, script);
  const others = needed.filter(({ mode }) => mode === 'run-script');
  return { program, said, libraries, others };
}

interface RunOf {
  readonly build: CrateBuild;
  readonly run: CrateUnit;
}

function workOf(
  paths: Paths,
  { build, run }: RunOf,
  { program, said, libraries, others }: ScriptSource,
): ScriptWork {
  const { graph, tools } = build;
  const of = graph.packages.get(run.package);
  const at = (path: string) => absolutePath(paths, path);
  return {
    ...(program !== undefined ? { program: at(program) } : said !== undefined && { said }),
    package: `${of.name} ${of.version}`,
    folder: at(scriptFiles(build, run).folder),
    source: of.folder,
    isLocal: of.source.kind === 'path',
    buildRoot: paths.buildRoot,
    links: of.links,
    ...(!tools.takes.checkCfg && { withoutCheckCfg: true }),
    ...(libraries.length > 0 && { libraries: libraries.map(at) }),
    others: others.flatMap((other) => {
      const { links } = graph.packages.get(other.package);
      return links === undefined ? [] : [{ links, file: at(scriptFiles(build, other).metadata) }];
    }),
  };
}

function audienceOf(
  paths: Paths,
  { build, run }: RunOf,
  consumers: readonly string[],
): ScriptAudience {
  const of = build.graph.packages.get(run.package);
  return {
    owner: {
      rustVersion: of.environment['CARGO_PKG_RUST_VERSION'] ?? '',
      targets: of.linkedTargets,
    },
    consumers: consumers.map((name) => ({
      name,
      file: absolutePath(paths, consumerFile(build, run, name)),
    })),
    hasLibrary: of.scriptConsumers.some((name) => name === 'lib' || name === 'cdylib'),
  };
}

/**
 * The targets of its package that may wait for a run. Of what can be selected all of them: else it would run
 * again whenever others are built than before.
 */
function consumersOf(context: PlanContext, build: CrateBuild, run: CrateUnit): readonly string[] {
  const { graph } = build;
  const { isMember, scriptConsumers } = graph.packages.get(run.package);
  const waiting = [...graph.units.values()]
    .filter((unit) => unit.package === run.package && unit.mode !== 'run-script')
    .filter((unit) => unit.dependencies.some(({ unit: id }) => graph.units.get(id) === run))
    .map(consumerOf);
  const names = isMember ? [...scriptConsumers, ...waiting] : waiting;
  return [...new Set([...names, ...targetConsumers(context, build, run)])].sort();
}

function scriptEnvironment(
  context: PlanContext,
  build: CrateBuild,
  run: CrateUnit,
): readonly EnvironmentChange[] {
  const { graph, tools } = build;
  const { links, isMember } = graph.packages.get(run.package);
  const { profile, side } = run;
  const machine = tools.sides[side];
  const name = (text: string) => text.toUpperCase().replaceAll('-', '_');
  const cfgs: Record<string, string> = {
    ...machine.cfgs,
    // Flags may name some, too.
    FEATURE: [...run.features, ...(machine.cfgs['FEATURE']?.split(',') ?? [])].join(),
    ...(profile.debugAssertions && { DEBUG_ASSERTIONS: '' }),
  };
  const [rustc = 'rustc'] = tools.rustc;
  const [rustdoc = 'rustdoc'] = tools.rustdoc;
  return [
    ...programEnvironment(context.paths, build, run),
    { kind: 'unset', name: 'RUSTFLAGS' },
    set('OUT_DIR', absolutePath(context.paths, scriptFiles(build, run).out)),
    set('TARGET', machine.triple),
    set('HOST', tools.sides.build.triple),
    set('OPT_LEVEL', profile.optLevel),
    set('DEBUG', profile.debuginfo === '0' ? 'false' : 'true'),
    set('PROFILE', isRelease(profile) ? 'release' : 'debug'),
    set('RUSTC', rustc),
    set('RUSTDOC', rustdoc),
    ...(tools.wrapper === undefined ? [] : [set('RUSTC_WRAPPER', tools.wrapper)]),
    ...(tools.workspaceWrapper === undefined || !isMember
      ? []
      : [set('RUSTC_WORKSPACE_WRAPPER', tools.workspaceWrapper)]),
    ...(machine.linker === undefined ? [] : [set('RUSTC_LINKER', machine.linker)]),
    set('CARGO_ENCODED_RUSTFLAGS', machine.rustflags.join('\u001f')),
    ...(links === undefined ? [] : [set('CARGO_MANIFEST_LINKS', links)]),
    ...run.features.map((feature) => set(`CARGO_FEATURE_${name(feature)}`, '1')),
    ...Object.entries(cfgs).map(([key, value]) => set(`CARGO_CFG_${name(key)}`, value)),
  ];
}

/** Scripts know two profiles only; one of the user's own counts as the one it is like. */
function isRelease({ name, debugAssertions }: UnitProfile): boolean {
  if (name === 'dev' || name === 'test') return false;
  return name === 'release' || name === 'bench' || !debugAssertions;
}
