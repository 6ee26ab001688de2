/** A line for programs that is no event of a build: as the JSON reporter writes events. */
export function jsonLine(line: {
  readonly kind: string;
  readonly [name: string]: unknown;
}): string {
  return JSON.stringify({ v: 1, ...line });
}
