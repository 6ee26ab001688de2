/**
 * The name that Meson proposes for one that it does not know: the most similar by the share of
 * letters that match in order (Python's `difflib.get_close_matches`), at least six in ten.
 */
export function closeMatch(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestRatio = 0.6;
  for (const candidate of candidates) {
    const total = name.length + candidate.length;
    const bound = (2 * Math.min(name.length, candidate.length)) / total;
    if (bound < bestRatio) continue;
    const ratio = (2 * matching(candidate, name)) / total;
    const better =
      ratio > bestRatio || (ratio === bestRatio && (best === undefined || candidate > best));
    if (!better) continue;
    best = candidate;
    bestRatio = ratio;
  }
  return best;
}

/** A sentence that proposes the nearest name, with a space before it; empty when none is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const match = closeMatch(name, candidates);
  return match === undefined ? '' : ` Did you mean "${match}"?`;
}

/** How many letters match: the longest common block, then the same on both sides of it. */
function matching(a: string, b: string): number {
  let length = 0;
  let atA = 0;
  let atB = 0;
  let previous = new Uint16Array(b.length + 1);
  for (let i = 0; i < a.length; i++) {
    const row = new Uint16Array(b.length + 1);
    for (let j = 0; j < b.length; j++) {
      if (a[i] !== b[j]) continue;
      const run = (previous[j] ?? 0) + 1;
      row[j + 1] = run;
      if (run > length) {
        length = run;
        atA = i - run + 1;
        atB = j - run + 1;
      }
    }
    previous = row;
  }
  if (length === 0) return 0;
  return (
    length +
    matching(a.slice(0, atA), b.slice(0, atB)) +
    matching(a.slice(atA + length), b.slice(atB + length))
  );
}
