import { mesonVersion } from '../base/meson-version.ts';
import { Rows } from '../base/rows.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Machine } from '../model/machine.ts';
import type { Model } from '../model/model.ts';
import { noWraps } from '../wrap/wrap-set.ts';
import { withConfiguredRustc } from './cargo/configured-rustc.ts';
import { installDependencyManifest } from './dependency-manifest.ts';
import type { Evaluation, ModelTables } from './evaluation.ts';
import { EvaluationError } from './evaluation-error.ts';
import { foundDependencies } from './found-dependencies.ts';
import { complainOfVersion } from './functions/project.ts';
import { functions } from './functions/table.ts';
import type { EvaluateInput, Told } from './input.ts';
import { setBuiltins } from './interpreter/builtins.ts';
import { FeatureUses } from './interpreter/feature-uses.ts';
import { Limits } from './interpreter/limits.ts';
import { defaultLibdir } from './machines/default-libdir.ts';
import { foundExeWrapper, missingExeWrapper, needsExeWrapper } from './machines/exe-wrapper.ts';
import { decidingVariables, withChosen } from './machines/first-environment.ts';
import { type MachineConfigs, readMachineConfigs } from './machines/machine-config.ts';
import { methods } from './methods/table.ts';
import { missingTools } from './missing-tools.ts';
import { type MachineObject, machineType, mesonObject } from './objects/meson.ts';
import { optionTexts } from './option-texts.ts';
import { GivenOptions, parseOptionKey } from './options/option-key.ts';
import { OptionStore } from './options/option-store.ts';
import { refuseUnusedOptions } from './options/unused-options.ts';
import { Teller } from './teller.ts';
import { runTopProject } from './top-project.ts';
import type { Value } from './value.ts';

/** What came of the build files: a model, unless something in them is wrong. */
export interface Evaluated {
  /** Undefined when an error ended evaluation. */
  readonly model: Model | undefined;
  /** In the order they were told; at most one error ended it, and is the first of the errors. */
  readonly diagnostics: readonly Diagnostic[];
  /** All that was said, lines and diagnostics, in order. */
  readonly told: readonly Told[];
}

/** Reads the build files of a project and of the subprojects it asks for. */
export function evaluate(input: EvaluateInput): Evaluated {
  const teller = new Teller(input);
  try {
    const evaluation = newEvaluation(input, teller);
    runTopProject(evaluation);
    refuseUnusedOptions(evaluation);
    for (const message of missingTools(evaluation))
      teller.report({ severity: 'warning', message, hints: [], related: [] });
    installDependencyManifest(evaluation);
    teller.flush();
    return { model: modelOf(evaluation), diagnostics: teller.diagnostics, told: teller.told };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const first = failureBefore(teller) ?? error;
    for (const diagnostic of [first.diagnostic, ...first.others]) teller.tell(diagnostic);
    return { model: undefined, diagnostics: teller.diagnostics, told: teller.told };
  }
}

/** A check that stands before the place of an error, and whose failure shows only now. */
function failureBefore(teller: Teller): EvaluationError | undefined {
  try {
    teller.flush();
    return undefined;
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
}

function newEvaluation(input: EvaluateInput, teller: Teller): Evaluation {
  const { host, sourceRoot, buildRoot } = input;
  const chosen = input.chosen ?? decidingVariables(host.system.environment);
  const environment = withConfiguredRustc(host, input, withChosen(host.system.environment, chosen));
  const then = { ...host, system: { ...host.system, environment } };
  const machines = readMachineConfigs({
    host: then,
    sourceRoot,
    nativeFiles: input.nativeFiles ?? [],
    crossFiles: input.crossFiles ?? [],
  });
  for (const message of machines.warnings)
    teller.report({ severity: 'warning', message, hints: [], related: [] });
  for (const message of machines.advice)
    teller.tell({ severity: 'warning', message, hints: [], related: [] });
  for (const message of machines.deprecations)
    teller.report({ severity: 'deprecation', message, hints: [], related: [] });
  const commandLine = new GivenOptions(
    (input.commandLineOptions ?? []).map(([name, value]) => [parseOptionKey(name), value]),
  );
  const evaluation: Evaluation = {
    host,
    input,
    self: input.command ?? ['kaon'],
    sourceRoot,
    buildRoot,
    tables: newTables(),
    machines: machines.machines,
    detectedMachines: machines.detected,
    configs: machines.configs,
    cross: machines.cross,
    options: new OptionStore({
      cross: machines.cross,
      libdir: machines.cross ? 'lib' : defaultLibdir(then),
    }),
    given: { machineFiles: machines.options, commandLine },
    wraps: input.bundledWraps ?? noWraps,
    subprojectDir: 'subprojects',
    features: new FeatureUses((diagnostic) => teller.report(diagnostic)),
    limits: new Limits(),
    log: (text) => teller.line(text),
    logLater: (text) => teller.later(text),
    detail: (text) => teller.detail(text),
    report: (diagnostic) => teller.report(diagnostic),
    nested: (subproject, run) => teller.nested(subproject, run),
    versionComplaint: (required) => complainOfVersion(mesonVersion, required),
  };
  setBuiltins(evaluation, {
    functions: new Map(functions.map((declared) => [declared.name, declared])),
    methods,
    variables: variablesOf(machines),
  });
  return evaluation;
}

function newTables(): ModelTables {
  return {
    projects: new Rows(),
    targets: new Rows(),
    declaredAt: new Map(),
    dependencies: new Rows(),
    generatedLists: new Rows(),
    crates: [],
    tests: [],
    testSetups: [],
    namedTests: { run: [], compiled: [], beside: [], untestable: [] },
    installs: [],
    postconfScripts: [],
    distScripts: [],
    devenv: [],
    globalArgs: new Map(),
    toolchains: new Map(),
    buildLanguages: new Set(),
    standardLibraries: new Map(),
    buildFiles: new Map(),
    buildTexts: new Map(),
  };
}

function variablesOf({ machines }: MachineConfigs): ReadonlyMap<string, Value> {
  const object = (which: keyof typeof machines): MachineObject => ({
    type: machineType,
    get machine(): Machine {
      return machines[which];
    },
  });
  return new Map<string, Value>([
    ['meson', mesonObject],
    ['build_machine', object('build')],
    ['host_machine', object('host')],
    ['target_machine', object('target')],
  ]);
}

function modelOf(evaluation: Evaluation): Model {
  const { tables, configs } = evaluation;
  const missing = missingExeWrapper(evaluation);
  return {
    sourceRoot: evaluation.sourceRoot,
    buildRoot: evaluation.buildRoot,
    projects: tables.projects,
    targets: tables.targets,
    declaredAt: tables.declaredAt,
    dependencies: tables.dependencies,
    foundDependencies: foundDependencies(evaluation),
    generatedLists: tables.generatedLists,
    crates: tables.crates,
    tests: tables.tests,
    testSetups: tables.testSetups,
    namedTests: tables.namedTests,
    installs: tables.installs,
    options: evaluation.options,
    machines: evaluation.machines,
    cross: evaluation.cross,
    needsExeWrapper: needsExeWrapper(evaluation),
    exeWrapper: foundExeWrapper(evaluation),
    ...(missing !== undefined && { missingExeWrapper: missing }),
    ...rootsOf(configs.host),
    toolchains: toolchainsOf(evaluation),
    ownStandardLibraries: tables.standardLibraries,
    buildFiles: [...tables.buildFiles.values()],
    buildTexts: tables.buildTexts,
    globalArgs: tables.globalArgs,
    postconfScripts: tables.postconfScripts,
    distScripts: tables.distScripts,
    devenv: tables.devenv,
    directoryNames: optionTexts(evaluation),
    subprojectDir: evaluation.subprojectDir,
    binaries: new Map([
      ['build', configs.build.binaries],
      ['host', configs.host.binaries],
    ]),
  };
}

function rootsOf({
  properties,
}: Evaluation['configs']['host']): Pick<Model, 'hostRoots' | 'sysRoot'> {
  const [root, sysRoot] = ['root', 'sys_root'].map((name) => {
    const told = properties.get(name);
    return typeof told === 'string' && told !== '' ? told : undefined;
  });
  return {
    hostRoots: [root, sysRoot].filter((each) => each !== undefined),
    ...(sysRoot !== undefined && { sysRoot }),
  };
}

/** Where both machines are one, those that were asked for on the build machine stand there, too. */
function toolchainsOf({ cross, tables }: Evaluation): Model['toolchains'] {
  const { toolchains, buildLanguages } = tables;
  if (cross) return toolchains;
  const host = toolchains.get('host') ?? new Map();
  const build = new Map([...host].filter(([language]) => buildLanguages.has(language)));
  return new Map([...toolchains, ['build', build]]);
}
