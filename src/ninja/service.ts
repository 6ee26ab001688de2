/** Something that is not of the graph and that ninja can be asked for: `test`, `install`, … */
export interface Service {
  readonly name: string;
  readonly description: string;
  /** Goals and files that are built first. */
  readonly needs: readonly string[];
  /** A line for a shell. */
  readonly command: string;
}
