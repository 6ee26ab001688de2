/** What `subproject_options()` says of targets: of all, and of those that are named. */
export class TargetOptions {
  readonly #all = new OneTarget();
  readonly #named = new Map<string, OneTarget>();

  /** The options of one target, or of all of them. */
  of(target: string | undefined): OneTarget {
    if (target === undefined) return this.#all;
    const known = this.#named.get(target) ?? new OneTarget();
    this.#named.set(target, known);
    return known;
  }

  #both(target: string): readonly OneTarget[] {
    const own = this.#named.get(target);
    return own === undefined ? [this.#all] : [this.#all, own];
  }

  install(target: string, initial: boolean): boolean {
    return this.#both(target).reduce((value, { install }) => install ?? value, initial);
  }

  linkArgs(target: string, initial: readonly string[]): readonly string[] {
    return [...initial, ...this.#both(target).flatMap(({ linkArgs }) => linkArgs)];
  }

  compileArgs(target: string, language: string, initial: readonly string[]): readonly string[] {
    const more = this.#both(target).flatMap(({ compileArgs }) => compileArgs.get(language) ?? []);
    return [...initial, ...more];
  }

  /** `name=value` each. */
  overrides(target: string, initial: readonly string[]): readonly string[] {
    return this.#both(target).reduce<readonly string[]>(
      (values, { overrides }) => [
        ...values.filter((one) => !overrides.has(one.slice(0, one.indexOf('=')))),
        ...[...overrides].map(([name, value]) => `${name}=${value}`),
      ],
      initial,
    );
  }
}

class OneTarget {
  readonly overrides = new Map<string, string>();
  readonly compileArgs = new Map<string, string[]>();
  readonly linkArgs: string[] = [];
  /** Undefined leaves it to CMake's project. */
  install: boolean | undefined;

  addCompileArgs(language: string, args: readonly string[]): void {
    this.compileArgs.set(language, [...(this.compileArgs.get(language) ?? []), ...args]);
  }
}
