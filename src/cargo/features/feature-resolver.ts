import { type Diagnostic, errorAt } from '../../diag/diagnostic.ts';
import type { CrateConfiguration, CrateId } from '../cargo-world.ts';
import { type CfgSet, targetApplies } from '../cfg.ts';
import type { CrateMachine } from '../crate-abi.ts';
import type { CrateDependency, Manifest } from '../manifest/manifest.ts';
import { placeOfKey } from '../manifest/toml.ts';
import { featureItem } from './features.ts';

/** What the resolver asks of whoever knows the crates. */
export interface FeatureWorld {
  readonly manifest: (crate: CrateId) => Manifest;
  readonly platform: (machine: CrateMachine) => {
    readonly cfgs: CfgSet;
    readonly triple: string | undefined;
  };
  /** The machines that a dependency is built for when `parent` needs it. */
  readonly machinesOf: (crate: CrateId, parent: CrateMachine) => readonly CrateMachine[];
  /** Undefined where it cannot be had; that has been told. */
  readonly dependency: (crate: CrateId, dependency: CrateDependency) => CrateId | undefined;
  readonly fault: (diagnostic: Diagnostic) => void;
  /** Whether `d/f` also sets a feature called `d`, as Cargo has it and Meson has not. */
  readonly slashNamesFeature: boolean;
}

interface Configuration extends CrateConfiguration {
  readonly features: Set<string>;
  readonly dependencies: Map<string, CrateId>;
  /** Dependencies that may be switched on, those of this machine's platform among them. */
  readonly known: ReadonlyMap<string, CrateDependency>;
  /** Features for dependencies that nothing has switched on yet. */
  readonly waiting: Map<string, Set<string>>;
}

type Step =
  | {
      readonly kind: 'feature';
      readonly crate: CrateId;
      readonly machine: CrateMachine;
      readonly name: string;
    }
  | {
      readonly kind: 'dependency';
      readonly crate: CrateId;
      readonly machine: CrateMachine;
      readonly key: string;
    };

/**
 * Switches features and dependencies on until nothing follows any more. A list of steps, not
 * recursion: graphs are deep. The outcome does not hang on the order of the steps.
 */
export class FeatureResolver {
  readonly #world: FeatureWorld;
  readonly #configurations = new Map<string, Configuration>();
  readonly #steps: Step[] = [];

  constructor(world: FeatureWorld) {
    this.#world = world;
  }

  configuration(crate: CrateId, machine: CrateMachine): CrateConfiguration | undefined {
    return this.#configurations.get(`${machine} ${crate}`);
  }

  /** Asks for a crate with some features; `run` does what follows from it. */
  enable(crate: CrateId, machine: CrateMachine, features: Iterable<string>): void {
    this.#configured(crate, machine);
    for (const name of features) this.#steps.push({ kind: 'feature', crate, machine, name });
  }

  run(): void {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      if (step.kind === 'feature') this.#feature(step.crate, step.machine, step.name);
      else this.#dependency(step.crate, step.machine, step.key);
    }
  }

  #feature(crate: CrateId, machine: CrateMachine, name: string): void {
    const configuration = this.#configured(crate, machine);
    if (configuration.features.has(name)) return;
    configuration.features.add(name);
    for (const text of this.#world.manifest(crate).features.get(name) ?? []) {
      const item = featureItem(text);
      switch (item.kind) {
        case 'feature':
          this.#steps.push({ kind: 'feature', crate, machine, name: item.name });
          break;
        case 'dependency':
          this.#steps.push({ kind: 'dependency', crate, machine, key: item.key });
          break;
        case 'dependency-feature':
          this.#dependencyFeature(crate, machine, item);
          break;
      }
    }
  }

  #dependencyFeature(
    crate: CrateId,
    machine: CrateMachine,
    {
      key,
      feature,
      weak,
    }: { readonly key: string; readonly feature: string; readonly weak: boolean },
  ): void {
    const configuration = this.#configured(crate, machine);
    const waiting = configuration.waiting.get(key) ?? new Set();
    configuration.waiting.set(key, waiting.add(feature));
    const there = configuration.dependencies.get(key);
    if (there !== undefined)
      for (const of of this.#world.machinesOf(there, machine)) this.enable(there, of, [feature]);
    if (weak) return;
    this.#steps.push({ kind: 'dependency', crate, machine, key });
    const names = this.#world.manifest(crate).features;
    if (
      this.#world.slashNamesFeature &&
      names.has(key) &&
      configuration.known.get(key)?.optional === true
    )
      this.#steps.push({ kind: 'feature', crate, machine, name: key });
  }

  #dependency(crate: CrateId, machine: CrateMachine, key: string): void {
    const { known, dependencies, waiting } = this.#configured(crate, machine);
    const dependency = known.get(key);
    // It may be of another platform, or only for tests or build scripts.
    if (dependency === undefined || dependencies.has(key)) return;
    const found = this.#world.dependency(crate, dependency);
    if (found === undefined) return;
    dependencies.set(key, found);
    const features = [
      ...(dependency.defaultFeatures ? ['default'] : []),
      ...dependency.features,
      ...(waiting.get(key) ?? []),
    ];
    for (const of of this.#world.machinesOf(found, machine)) this.enable(found, of, features);
  }

  #configured(crate: CrateId, machine: CrateMachine): Configuration {
    const key = `${machine} ${crate}`;
    const there = this.#configurations.get(key);
    if (there !== undefined) return there;
    const known = this.#knownDependencies(crate, machine);
    const made: Configuration = {
      features: new Set(),
      dependencies: new Map(),
      known,
      waiting: new Map(),
    };
    this.#configurations.set(key, made);
    for (const dependency of known.values())
      if (!dependency.optional)
        this.#steps.push({ kind: 'dependency', crate, machine, key: dependency.key });
    return made;
  }

  #knownDependencies(crate: CrateId, machine: CrateMachine): ReadonlyMap<string, CrateDependency> {
    const { dependencies, platforms, source } = this.#world.manifest(crate);
    const known = new Map(dependencies);
    for (const platform of platforms) {
      const applies = targetApplies(platform.key, this.#world.platform(machine));
      if (!applies.ok) this.#world.fault(errorAt(placeOfKey(source, platform.key), applies.error));
      if (!applies.ok || !applies.value) continue;
      for (const [key, dependency] of platform.dependencies) {
        const general = known.get(key);
        known.set(key, general === undefined ? dependency : both(general, dependency));
      }
    }
    return known;
  }
}

/** A dependency that is wanted twice, by everyone and by this platform. */
function both(one: CrateDependency, other: CrateDependency): CrateDependency {
  return {
    ...other,
    optional: one.optional && other.optional,
    defaultFeatures: one.defaultFeatures || other.defaultFeatures,
    features: [...one.features, ...other.features],
  };
}
