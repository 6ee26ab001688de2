import type { Subtest } from '../../events/event.ts';

const testLine = /^test (?!result)(.*) \.\.\. (.*)$/;
const doctestName = /^(.*?) - (.*? |)\(line (\d+)\)/;

/** Where the harness begins to show what a failed test printed. */
const outputOf = /^---- (.*) stdout ----$/;

/**
 * The tests that Rust's own harness reports, one a line: `test module::name ... ok`. Those that failed
 * come with what they printed.
 */
export function rustSubtests(stdout: string): readonly Subtest[] {
  const lines = stdout.split('\n').map((line) => line.replace(/\r$/, ''));
  const outputs = failureOutputs(lines);
  return lines.flatMap((line) => {
    const match = testLine.exec(line);
    if (match === null) return [];
    const [, title = '', result = ''] = match;
    const made = subtest(title, result);
    const explanation = outputs.get(title);
    return [made.outcome === 'fail' && explanation ? { ...made, explanation } : made];
  });
}

function failureOutputs(lines: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of lines) {
    const title = outputOf.exec(line)?.[1];
    if (title !== undefined) {
      current = [];
      found.set(title, current);
    } else if (line === 'failures:' || line.startsWith('test result: ')) {
      current = undefined;
    } else {
      current?.push(line);
    }
  }
  return new Map([...found].map(([title, output]) => [title, output.join('\n').trim()]));
}

function subtest(title: string, result: string): Subtest {
  const doctest = doctestName.exec(title);
  const shown =
    doctest === null
      ? title.trimEnd()
      : doctest
          .slice(1)
          .filter((part) => part !== '')
          .map((part) => part.trimEnd())
          .join(':');
  const name = shown.replaceAll('::', '.');
  if (result === 'ok') return { name, outcome: 'ok' };
  if (result.startsWith('ignored')) return { name, outcome: 'skip' };
  if (result === 'FAILED') return { name, outcome: 'fail' };
  return { name, outcome: 'error', explanation: `Unsupported output from rust test: ${result}` };
}
