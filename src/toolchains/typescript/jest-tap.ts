import { isJsonObject, parseJsonObject } from '../../base/parse-json.ts';

/** jest's report (`--json`) as TAP. A file that could not be run at all is one test that failed. */
export function jestTap(text: string): string {
  const lines = list(parseJsonObject(text)?.['testResults']).flatMap((file) => {
    const tests = list(file['assertionResults']);
    if (tests.length === 0 && file['status'] === 'failed')
      return [{ head: 'not ok', name: String(file['name']), said: [String(file['message'])] }];
    return tests.map((test) => ({
      head: test['status'] === 'failed' ? 'not ok' : 'ok',
      name: nameOf(test),
      said: [test['failureMessages']].flat().filter((each) => typeof each === 'string'),
    }));
  });
  const shown = lines.flatMap(({ head, name, said }, at) => [
    `${head} ${at + 1} - ${name}`,
    ...(said.length === 0 ? [] : ['  ---', ...indented(said.join('\n')), '  ...']),
  ]);
  return ['TAP version 14', `1..${lines.length}`, ...shown, ''].join('\n');
}

type Fields = Readonly<Record<string, unknown>>;

function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function nameOf(test: Fields): string {
  const suites = [test['ancestorTitles']].flat().map(String);
  const name = [...suites, String(test['title'])].join(' > ').replace(/[\\#]/g, '\\$&');
  const status = test['status'];
  // Those that are skipped, left out by `only`, or still to be written.
  return status === 'passed' || status === 'failed' ? name : `${name} # SKIP`;
}

function indented(text: string): readonly string[] {
  return text.split('\n').map((line) => `  ${line}`);
}
