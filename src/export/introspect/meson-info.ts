import { join } from 'node:path/posix';
import type { InstallPlan } from '../../model/install-plan.ts';
import type { Model } from '../../model/model.ts';
import type { PlannedTarget } from '../../model/planned-target.ts';
import type { TestPlan } from '../../model/test-plan.ts';
import { introspectDependencies } from './dependencies.ts';
import { introspectInstallPlan } from './install-plan.ts';
import { introspectInstalled } from './installed.ts';
import { introspectOptions } from './options.ts';
import {
  introspectBuildFiles,
  introspectCompilers,
  introspectMachines,
  introspectProject,
} from './project.ts';
import { introspectTargets } from './targets.ts';
import { introspectTests } from './tests.ts';

/** What introspection is made of. */
export interface Introspected {
  readonly model: Model;
  readonly targets: readonly PlannedTarget[];
  readonly tests: TestPlan;
  readonly install: InstallPlan;
  /** The version of Meson whose formats these are. */
  readonly mesonVersion: string;
  /** File suffixes of a language. */
  readonly suffixesOf: (language: string) => readonly string[];
}

/** Every file of `meson-info/` by its name there, as JSON values. */
export function mesonInfo(facts: Introspected): ReadonlyMap<string, unknown> {
  const { model, targets, tests, install } = facts;
  const kinds: Readonly<Record<string, unknown>> = {
    benchmarks: introspectTests(model, tests, { benchmarks: true }),
    buildoptions: introspectOptions(model.options),
    buildsystem_files: introspectBuildFiles(model),
    compilers: introspectCompilers(model, facts.suffixesOf),
    dependencies: introspectDependencies(model),
    installed: introspectInstalled(install),
    install_plan: introspectInstallPlan(model, targets, install),
    machines: introspectMachines(model),
    projectinfo: introspectProject(model),
    targets: introspectTargets(model, targets, install),
    tests: introspectTests(model, tests, { benchmarks: false }),
  };
  const files = new Map<string, unknown>(
    Object.entries(kinds).map(([kind, value]) => [`intro-${kind}.json`, value]),
  );
  files.set('meson-info.json', overview(facts, Object.keys(kinds)));
  return files;
}

function overview({ model, mesonVersion }: Introspected, kinds: readonly string[]): unknown {
  return {
    meson_version: splitVersion(mesonVersion),
    directories: {
      source: model.sourceRoot,
      build: model.buildRoot,
      info: join(model.buildRoot, 'meson-info'),
    },
    introspection: {
      version: splitVersion('1.0.0'),
      information: Object.fromEntries(
        kinds.map((kind) => [kind, { file: `intro-${kind}.json`, updated: true }]),
      ),
    },
    build_files_updated: true,
    error: false,
  };
}

function splitVersion(full: string): unknown {
  const [major = 0, minor = 0, patch = 0] = full
    .split('.')
    .map((part) => Number.parseInt(part, 10));
  return { full, major, minor, patch };
}
