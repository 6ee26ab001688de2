import type { CrateBuild, CrateUnit, CrateUnitId } from '../../../../model/crate-graph.ts';
import type { PlannedCrate } from '../../../../model/planned-target.ts';
import { consumerOf } from '../../../../model/script-consumer.ts';
import type { PlanContext } from '../../../context.ts';
import { absolutePath } from '../../../paths.ts';
import { cfgArguments, sourcePlace, unitArguments } from './unit-arguments.ts';
import { compileEnvironment } from './unit-environment.ts';
import {
  consumerFile,
  crateNameOf,
  isNameable,
  ownRun,
  scriptFiles,
  unitFiles,
} from './unit-files.ts';

/** What editors, lints and documentation ask of crates that Cargo's rules build. */
export function plannedCrates(context: PlanContext): readonly PlannedCrate[] {
  return (context.model.crates ?? []).flatMap((build, at) =>
    [...build.graph.units.entries()].flatMap(([id, unit]) =>
      // Benchmarks are compiled once more, optimised, and what is named may be a test, too: nothing new to look at.
      (unit.mode === 'build' || (unit.mode === 'test' && unit.target.test)) &&
      unit.profile.name !== 'bench'
        ? [plannedCrate(context, build, { unit, product: productOf(context, at, id) })]
        : [],
    ),
  );
}

function plannedCrate(
  { paths }: PlanContext,
  build: CrateBuild,
  { unit, product }: { readonly unit: CrateUnit; readonly product: string | undefined },
): PlannedCrate {
  const { graph, tools } = build;
  const { isMember, folder } = graph.packages.get(unit.package);
  const { cwd, source } = sourcePlace(build, unit);
  const { target } = unit;
  const [compiler = 'rustc'] = tools.rustc;
  const { rustdocflags } = tools.sides[unit.side];
  const run = ownRun(build, unit);
  const isMacro = target.crateTypes.includes('proc-macro') && unit.mode === 'build';
  const all = cfgArguments(build, unit);
  return {
    name: unitName(build, unit),
    displayName: crateNameOf(unit),
    rootModule: target.path,
    edition: target.edition,
    cfgs: all.flatMap((arg, at) => (all[at - 1] === '--cfg' ? [arg] : [])),
    isWorkspaceMember: isMember,
    procMacro: isMacro ? absolutePath(paths, unitFiles(build, unit).main) : undefined,
    dependencies: unit.dependencies.flatMap(({ unit: id, externName }) => {
      const other = graph.units.get(id);
      return isNameable(other) ? [{ target: unitName(build, other), name: externName }] : [];
    }),
    call: {
      compiler,
      args: withoutSource(unitArguments(paths, build, unit), source),
      source,
      cwd,
      environment: compileEnvironment(paths, build, unit),
      hasLints: true,
      ...(!target.doc && { rustdoc: false as const }),
      ...(target.doc && rustdocflags.length > 0 && { rustdoc: rustdocflags }),
    },
    ...(run !== undefined && {
      said: {
        args: absolutePath(paths, consumerFile(build, run, consumerOf(unit))),
        variables: absolutePath(paths, scriptFiles(build, run).environment),
      },
    }),
    kind: unit.mode === 'test' ? 'test' : target.kind === 'lib' ? 'lib' : 'bin',
    // A test has no other name than that of its program.
    product: product ?? (unit.mode === 'test' ? unitFiles(build, unit).main : undefined),
    manifest: `${folder}/Cargo.toml`,
  };
}

function unitName({ folder }: CrateBuild, unit: CrateUnit): string {
  return `${folder} ${unit.target.kind} ${unit.target.name} ${unit.mode} ${unit.hash}`;
}

function withoutSource(args: readonly string[], source: string): readonly string[] {
  const at = args.indexOf(source);
  return [...args.slice(0, at), ...args.slice(at + 1)];
}

function productOf({ model }: PlanContext, build: number, unit: CrateUnitId): string | undefined {
  const found = [...model.targets.values()].find(
    (target) =>
      target.kind === 'custom' && target.crate?.build === build && target.crate.unit === unit,
  );
  return found?.name;
}
