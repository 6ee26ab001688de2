/** Numbers, the one of highest weight first; of equal weights the smallest number. A binary heap. */
export class PriorityQueue {
  readonly #weights: (item: number) => number;
  readonly #heap: number[] = [];

  constructor(weight: (item: number) => number) {
    this.#weights = weight;
  }

  get size(): number {
    return this.#heap.length;
  }

  push(item: number): void {
    const heap = this.#heap;
    let at = heap.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(at, parent)) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  pop(): number | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    heap[0] = last;
    for (let at = 0; ; ) {
      const left = at * 2 + 1;
      let best = at;
      if (left < heap.length && this.#before(left, best)) best = left;
      if (left + 1 < heap.length && this.#before(left + 1, best)) best = left + 1;
      if (best === at) return top;
      this.#swap(at, best);
      at = best;
    }
  }

  #before(a: number, b: number): boolean {
    const [left, right] = [this.#heap[a] ?? 0, this.#heap[b] ?? 0];
    const difference = this.#weights(left) - this.#weights(right);
    return difference === 0 ? left < right : difference > 0;
  }

  #swap(a: number, b: number): void {
    const heap = this.#heap;
    [heap[a], heap[b]] = [heap[b] ?? 0, heap[a] ?? 0];
  }
}
