import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { renderDiagnostic } from '../../src/diag/render.ts';
import { parse } from '../../src/lang/parse.ts';

/**
 * Meson's own sources (the folder with `mesonbuild` and `test cases`): every build and option file
 * of its test cases is parsed where Meson parses it, and refused with its first line where it refuses.
 */
const corpus = process.env['KAON_MESON_CORPUS'];
const skipped = corpus === undefined ? ' (skipped: KAON_MESON_CORPUS names no folder)' : '';

const asksMeson = `
import contextlib, io, json, os, sys
sys.path.insert(0, sys.argv[1])
from mesonbuild import mparser
verdicts = {}
for path in json.load(sys.stdin):
    text = open(path, encoding='utf-8').read()
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            mparser.Parser(text, path).parse()
        verdicts[path] = None
    except mparser.ParseException as e:
        verdicts[path] = f'f:{e.lineno}:{e.colno}: ERROR: ' + str(e).split(chr(10))[0]
json.dump(verdicts, sys.stdout)
`;

for (const testcases of [false, true]) {
  const name = `Meson's own files ${testcases ? 'with' : 'without'} testcases are judged as by Meson${skipped}`;
  test.skipIf(corpus === undefined)(name, { timeout: 120_000 }, () => {
    const root = corpus ?? '';
    const files = readdirSync(join(root, 'test cases'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /^meson(\.build|\.options|_options\.txt)$/.test(basename(file)))
      .map((file) => join(root, 'test cases', file));
    const env = { ...process.env };
    if (testcases) env['MESON_RUNNING_IN_PROJECT_TESTS'] = '1';
    else delete env['MESON_RUNNING_IN_PROJECT_TESTS'];
    const meson = spawnSync('python3', ['-c', asksMeson, root], {
      input: JSON.stringify(files),
      encoding: 'utf8',
      env,
      maxBuffer: 1 << 26,
    });
    const verdicts = new Map<string, string | null>(Object.entries(JSON.parse(meson.stdout)));
    expect(files.length).toBeGreaterThan(1000);
    const different = files
      .map((file) => ({
        file: relative(root, file),
        meson: verdicts.get(file),
        kaon: firstError(readFileSync(file, 'utf8'), testcases),
      }))
      .filter((verdict) => verdict.meson !== verdict.kaon);
    expect(different).toEqual([]);
  });
}

function firstError(text: string, testcases: boolean): string | null {
  const { diagnostics } = parse({ path: 'f', text }, { testcases });
  const error = diagnostics.find(({ severity }) => severity === 'error');
  return error === undefined ? null : (renderDiagnostic(error).split('\n')[0] ?? '');
}
