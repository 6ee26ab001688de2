/** A whole number as it is written, whatever its size: a `bigint` only where a `number` would be rounded. */
export function exactInteger(text: string): number | bigint {
  const near = Number(text);
  return Number.isSafeInteger(near) ? near : BigInt(text.replace(/^\+/, ''));
}
