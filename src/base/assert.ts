/** Something kaon itself got wrong. Thrown here, caught only by the outermost frame of the command line. */
export class Bug extends Error {
  override readonly name = 'Bug';
}

/** States what must hold at this point; a violation is a defect of kaon, never of its input. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Bug(message);
}

/** Ends a switch over a tagged union: a variant that nobody handled does not compile. */
export function unreachable(value: never): never {
  throw new Bug(`unhandled variant: ${JSON.stringify(value)}`);
}
