// How the benchmark of the executor is shown.

/** Milliseconds, sorted, and the most memory. @typedef {{ cpu: readonly number[], kilobytes: number }} Measured */
/** @typedef {{ workload: string, kaon: Measured, ninja?: Measured, n2?: Measured, target: string, unit?: 'memory' }} Row */

/** @param {readonly Row[]} rows @param {number} rounds */
export function printTable(rows, rounds) {
  const heads = ['workload', 'kaon', 'ninja', 'n2', 'kaon/ninja', 'kaon/n2', 'target'];
  const lines = rows.map(({ workload, kaon, ninja, n2, target, unit }) => {
    const value = (/** @type {Measured | undefined} */ of) =>
      of === undefined ? Number.NaN : unit === 'memory' ? of.kilobytes / 1024 : (of.cpu[0] ?? 0);
    const shown = (/** @type {Measured | undefined} */ of) => {
      if (of === undefined) return '–';
      if (unit === 'memory') return `${value(of).toFixed(0)} MB`;
      return `${value(of).toFixed(1)} / ${(of.cpu[of.cpu.length >> 1] ?? 0).toFixed(1)} ms`;
    };
    const ratio = (/** @type {Measured | undefined} */ of) =>
      of === undefined ? '–' : (value(kaon) / value(of)).toFixed(2);
    return [workload, shown(kaon), shown(ninja), shown(n2), ratio(ninja), ratio(n2), target];
  });
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...lines.map((line) => (line[column] ?? '').length)),
  );
  console.log(`\nCPU (user and system, children included), minimum / median of ${rounds} rounds\n`);
  for (const line of [heads, ...lines]) {
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}
