import { type JointKind, partsInError } from './joint.ts';

/** Small pieces of code that the compiler understands or calls wrong, each for itself. */
export const meaning: JointKind = {
  name: 'meaning',
  read: (run) => {
    const wrong = run.ok ? new Set<number>() : partsInError(run);
    if (wrong === undefined) return new Map();
    return new Map(run.parts.map((_, number) => [number, { ok: !wrong.has(number) }]));
  },
};

/** A name in C or C++: it cannot upset the code around it. */
export function isName(text: string): boolean {
  return /^[A-Za-z_]\w*(::[A-Za-z_]\w*)*$/.test(text);
}

/** A type or a member, as far as its code cannot upset other code. */
export function isPlainType(text: string): boolean {
  return /^[A-Za-z_][\w :.*]*$/.test(text);
}
