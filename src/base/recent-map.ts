/**
 * What can be found out again, for the keys that were asked for lately: from so many to twice as many of
 * them, however many there are.
 */
export class RecentMap<K, V> {
  readonly #most: number;
  readonly #kept: (key: K) => K;
  #recent = new Map<K, V>();
  #older = new Map<K, V>();

  /** Of a key that holds more in memory than it says, `kept` makes one that does not. */
  constructor(most: number, kept: (key: K) => K = (key) => key) {
    this.#most = most;
    this.#kept = kept;
  }

  get(key: K): V | undefined {
    const recent = this.#recent.get(key);
    if (recent !== undefined) return recent;
    const older = this.#older.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: K, value: V): void {
    if (this.#recent.size >= this.#most) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(this.#kept(key), value);
  }
}
