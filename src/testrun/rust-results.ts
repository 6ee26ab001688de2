import type { Subtest } from '../events/event.ts';

const testLine = /^test (?!result)(.*) \.\.\. (.*)$/;
const doctestName = /^(.*?) - (.*? |)\(line (\d+)\)/;

/** The tests that Rust's own harness reports, one a line: `test module::name ... ok`. */
export function rustSubtests(stdout: string): readonly Subtest[] {
  return stdout.split('\n').flatMap((line) => {
    const match = testLine.exec(line.replace(/\r$/, ''));
    return match === null ? [] : [subtest(match[1] ?? '', match[2] ?? '')];
  });
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
