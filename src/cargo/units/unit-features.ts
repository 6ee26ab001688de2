import { declaresFeature } from '../features/declares-feature.ts';
import { featureItem } from '../features/features.ts';
import type { CrateDependency, Manifest } from '../manifest/manifest.ts';
import type { PackageDependency, PackageId, PackageSet } from './packages/package-set.ts';

/** For whom features are chosen: for tools of the build itself, or for all else. */
export type FeatureSide = 'build' | 'host';

export interface FeatureRules {
  /** Resolver 2 and 3: tools of the build have features of their own. */
  readonly sidesApart: boolean;
  /**
   * Whether what a package's tests need counts: never that of packages that were not selected, and with
   * resolver 2 and 3 only where tests are built.
   */
  readonly withDevDependencies: (id: PackageId) => boolean;
  /** Whether a key of `[target]` means the machine of a side. */
  readonly applies: (platform: string, side: FeatureSide) => boolean;
  /** Resolver 1: what other platforms need counts too, if it is at hand: nobody fetches it to build nothing of it. */
  readonly countsElsewhere: boolean;
  readonly isProcMacro: (id: PackageId) => boolean;
}

/** Features asked of a selected package. */
export interface WantedFeatures {
  /** `feature`, `dependency/feature` */
  readonly features: readonly string[];
  readonly all: boolean;
  readonly withDefault: boolean;
}

/** What was chosen of one package for one side. */
export interface ChosenFeatures {
  readonly features: ReadonlySet<string>;
  /** Keys of optional dependencies that are on. */
  readonly dependencies: ReadonlySet<string>;
}

interface Choice {
  readonly features: Set<string>;
  readonly dependencies: Set<string>;
  /** Features for optional dependencies that nothing has switched on yet, by key. */
  readonly waiting: Map<string, Set<string>>;
  isEntered: boolean;
}

interface Step {
  readonly id: PackageId;
  readonly side: FeatureSide;
  /** An item of a feature's list; undefined: the package itself. */
  readonly item: string | undefined;
  /** The package that asks for it. */
  readonly by?: PackageId;
}

/** A feature that some package asks of another, which does not have it. */
export interface MissingFeature {
  readonly by: PackageId;
  readonly of: PackageId;
  readonly feature: string;
}

/**
 * Chooses features as Cargo does. A list of steps, not recursion; the outcome does not hang on
 * their order.
 */
export class UnitFeatures {
  readonly #packages: PackageSet;
  readonly #rules: FeatureRules;
  readonly #choices = new Map<string, Choice>();
  readonly #steps: Step[] = [];
  readonly #missing: MissingFeature[] = [];

  constructor(packages: PackageSet, rules: FeatureRules) {
    this.#packages = packages;
    this.#rules = rules;
  }

  /** Switches on what is asked of a selected package, and all that follows. */
  select(id: PackageId, wanted: WantedFeatures): void {
    const manifest = this.#packages.package(id)?.manifest;
    if (manifest === undefined) return;
    const own = wanted.all
      ? [...manifest.features.keys()].filter((name) => name !== 'default')
      : [];
    // Features of dependencies may be asked for beside all of its own.
    const names = [
      ...own,
      ...wanted.features,
      ...(wanted.all || wanted.withDefault ? defaultOf(manifest) : []),
    ];
    const sides: FeatureSide[] =
      this.#rules.sidesApart && this.#rules.isProcMacro(id) ? ['build', 'host'] : ['host'];
    for (const side of sides) this.#enable({ id, side }, names);
    this.#run();
  }

  chosen(id: PackageId, side: FeatureSide): ChosenFeatures | undefined {
    return this.#choices.get(this.#key(id, side));
  }

  /** What Cargo would refuse. */
  get missing(): readonly MissingFeature[] {
    return this.#missing;
  }

  #key(id: PackageId, side: FeatureSide): string {
    return `${this.#rules.sidesApart ? side : 'host'} ${id}`;
  }

  #enable(step: Omit<Step, 'item'>, items: Iterable<string>): void {
    this.#steps.push({ ...step, item: undefined });
    for (const item of items) this.#steps.push({ ...step, item });
  }

  #run(): void {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      if (step.item === undefined) this.#enter(step);
      else this.#item(step, step.item);
    }
  }

  #choice(id: PackageId, side: FeatureSide): Choice {
    const key = this.#key(id, side);
    const known = this.#choices.get(key);
    if (known !== undefined) return known;
    const made: Choice = {
      features: new Set(),
      dependencies: new Set(),
      waiting: new Map(),
      isEntered: false,
    };
    this.#choices.set(key, made);
    return made;
  }

  #enter({ id, side }: Step): void {
    const choice = this.#choice(id, side);
    if (choice.isEntered) return;
    choice.isEntered = true;
    for (const { to, side: of, declared } of this.#dependencies(id, side))
      if (!declared.optional)
        this.#enable({ id: to, side: of, by: id }, this.#featuresOf(to, declared));
  }

  #item(step: Step, text: string): void {
    const item = featureItem(text);
    switch (item.kind) {
      case 'feature':
        this.#feature(step, item.name);
        break;
      case 'dependency':
        this.#dependency(step, item.key);
        break;
      case 'dependency-feature':
        this.#dependencyFeature(step, item);
        break;
    }
  }

  #feature({ id, side, by }: Step, name: string): void {
    const { features } = this.#choice(id, side);
    if (features.has(name)) return;
    const manifest = this.#packages.package(id)?.manifest;
    const items =
      manifest !== undefined && declaresFeature(manifest, name)
        ? manifest.features.get(name)
        : undefined;
    if (items === undefined) {
      if (manifest !== undefined && by !== undefined)
        this.#missing.push({ by, of: id, feature: name });
      return;
    }
    features.add(name);
    for (const item of items) this.#steps.push({ id, side, item });
  }

  #dependency({ id, side }: Step, key: string): void {
    const choice = this.#choice(id, side);
    if (choice.dependencies.has(key)) return;
    choice.dependencies.add(key);
    const waiting = choice.waiting.get(key) ?? [];
    choice.waiting.delete(key);
    for (const { to, side: of, declared } of this.#dependencies(id, side))
      if (declared.key === key)
        this.#enable({ id: to, side: of, by: id }, [...waiting, ...this.#featuresOf(to, declared)]);
    for (const unlocked of this.#packages.unlocked(id)) {
      const { kind, platform, declared } = unlocked;
      const runsOn = kind === 'build' ? 'build' : side;
      const isWanted = this.#rules.countsElsewhere || this.#isHere(platform, runsOn);
      if (declared.key === key && isWanted) this.#packages.note(id, unlocked);
    }
  }

  #dependencyFeature(
    { id, side }: Step,
    wanted: { readonly key: string; readonly feature: string; readonly weak: boolean },
  ): void {
    const { key, feature, weak } = wanted;
    const choice = this.#choice(id, side);
    for (const { to, side: of, declared } of this.#dependencies(id, side)) {
      if (declared.key !== key) continue;
      if (declared.optional) {
        if (weak && !choice.dependencies.has(key)) {
          choice.waiting.set(key, (choice.waiting.get(key) ?? new Set()).add(feature));
          continue;
        }
        this.#steps.push({ id, side, item: `dep:${key}` });
        // Older than weak features: the feature of that name is set as well.
        if (!weak) this.#steps.push({ id, side, item: key });
      }
      this.#enable({ id: to, side: of, by: id }, [feature]);
    }
  }

  #featuresOf(to: PackageId, declared: CrateDependency): readonly string[] {
    const manifest = this.#packages.package(to)?.manifest;
    if (manifest === undefined) return [];
    return [...declared.features, ...(declared.defaultFeatures ? defaultOf(manifest) : [])];
  }

  /** Dependencies that count for a side, and the side that each is for. */
  #dependencies(
    id: PackageId,
    side: FeatureSide,
  ): readonly (PackageDependency & { readonly side: FeatureSide })[] {
    const { withDevDependencies, countsElsewhere, sidesApart, isProcMacro } = this.#rules;
    return this.#packages.dependencies(id).flatMap((dependency) => {
      const { kind, platform, to } = dependency;
      if (kind === 'dev' && !withDevDependencies(id)) return [];
      const runsOn = kind === 'build' ? 'build' : side;
      if (!this.#isHere(platform, runsOn) && !(countsElsewhere && this.#packages.isAtHand(to)))
        return [];
      const isForBuild = sidesApart && (runsOn === 'build' || isProcMacro(to));
      return [{ ...dependency, side: isForBuild ? ('build' as const) : side }];
    });
  }

  #isHere(platform: string | undefined, side: FeatureSide): boolean {
    return platform === undefined || this.#rules.applies(platform, side);
  }
}

function defaultOf(manifest: Manifest): readonly string[] {
  return manifest.declaresDefault ? ['default'] : [];
}
