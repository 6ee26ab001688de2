// Differences that are meant to be, each with its reason. A difference is explained where its place and
// what the sides say both match.

/** @typedef {import('./compare-values.mjs').Difference} Difference */

/** @type {readonly { reason: string, explains: (difference: Difference) => boolean }[]} */
export const explained = [];
