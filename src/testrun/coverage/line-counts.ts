/** How often the lines of source files ran: by absolute path, then by line. Lines without code are not there. */
export type LineCounts = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** Adds up what several programs and tools know of the same files. */
export class LineTable {
  readonly #files = new Map<string, Map<number, number>>();

  add(path: string, line: number, count: number): void {
    const lines = this.#files.get(path) ?? new Map<number, number>();
    this.#files.set(path, lines);
    lines.set(line, (lines.get(line) ?? 0) + count);
  }

  get counts(): LineCounts {
    return this.#files;
  }
}
