interface Told {
  /** `ok` or `not ok`. */
  readonly verdict: string;
  readonly name: string;
  /** It has tests of its own, which were told before it. */
  readonly isSuite: boolean;
  readonly detail: string[];
}

/**
 * A report of node's own test runner with each test on a line of its own, as if there were no suites: there
 * these count as one test each. A suite is told only where it failed by itself.
 */
export function flatTap(text: string): string {
  const told: Told[] = [];
  const names: string[] = [];
  let depthBefore = 0;
  for (const line of text.split('\n')) {
    const word = line.trimStart();
    const indent = line.length - word.length;
    const depth = Math.floor(indent / 4);
    const begun = indent % 4 === 0 ? /^# Subtest: (.*)$/.exec(word) : null;
    const result = indent % 4 === 0 ? /^((?:not )?ok) \d+(?: - )?(.*)$/.exec(word) : null;
    if (begun !== null) {
      names.splice(depth);
      names.push(begun[1] ?? '');
    } else if (result !== null) {
      const [, verdict = '', said = ''] = result;
      // For node it is no fault that what is still to be done is done.
      const name = verdict === 'ok' ? said.replace(/ # TODO\b.*/, '') : said;
      const path = [...names.slice(0, depth), name].join(' > ');
      told.push({ verdict, name: path, isSuite: depthBefore > depth, detail: [] });
      depthBefore = depth;
    } else if (indent - depthBefore * 4 >= 2) {
      told.at(-1)?.detail.push(line.slice(depthBefore * 4));
    }
  }
  const tests = told.filter(
    ({ isSuite, verdict, detail }) =>
      !isSuite || (verdict !== 'ok' && !detail.some((line) => line.includes("'subtestsFailed'"))),
  );
  const lines = tests.flatMap(({ verdict, name, detail }, at) => [
    `${verdict} ${at + 1} - ${name}`,
    ...detail,
  ]);
  return ['TAP version 14', `1..${tests.length}`, ...lines, ''].join('\n');
}
