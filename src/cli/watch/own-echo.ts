/** So soon after we said something a file changes that what we say is written to. */
const soonMs = 300;
/** So many times in turn one file alone may change so soon by chance. */
const byChance = 2;

/**
 * Finds the file that our own doing changes, as what we say in `kaon watch | tee log`, or what a test
 * writes: it alone changes each time, right after we spoke, and each build would lead to the next.
 */
export class OwnEcho {
  #path: string | undefined;
  #times = 0;
  readonly #found = new Set<string>();

  isFound(path: string): boolean {
    return this.#found.has(path);
  }

  /** What changed, so long after we last spoke; answers the file once it is found. */
  heard(paths: ReadonlySet<string>, sinceSpokenMs: number): string | undefined {
    const [path] = paths;
    const mayBe = paths.size === 1 && sinceSpokenMs < soonMs;
    this.#times = mayBe && path === this.#path ? this.#times + 1 : 1;
    this.#path = mayBe ? path : undefined;
    if (path === undefined || !mayBe || this.#times <= byChance) return undefined;
    this.#found.add(path);
    return path;
  }
}
