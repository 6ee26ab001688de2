// Differences that are meant to be, each with its reason. A difference is explained where its place and
// what the sides say both match.

/** @typedef {import('./compare-values.mjs').Difference} Difference */

/** @type {readonly { reason: string, explains: (difference: Difference) => boolean }[]} */
export const explained = [
  {
    reason: 'Files are copied and such by kaon itself, where Meson runs a helper of its own.',
    explains: ({ path, meson, kaon }) =>
      /target_sources\}\[\d+\]\{compiler\}$/.test(path) &&
      JSON.stringify(meson) === '["helper"]' &&
      (kaon.length === 0 || kaon[0] === 'helper'),
  },
];
