import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findBrowser, openPage } from './support/browser.ts';
import { type Project, project, told } from './support/project.ts';

/** Two programs and a script whose exit code is in a file. */
function tested(): Project {
  const made = project({
    'meson.build': [
      "project('app', 'c')",
      "lib = static_library('lib', 'lib.c')",
      "test('one', executable('one', 'one.c', link_with: lib), suite: 'fast')",
      "test('two', executable('two', 'two.c'))",
      "test('script', find_program('check.sh'))",
      "executable('unneeded', 'broken.c', build_by_default: false)",
    ].join('\n'),
    'lib.c': 'int lib(void) { return 0; }\n',
    'one.c': 'int lib(void);\nint main(void) { return lib(); }\n',
    'two.c': 'int main(void) { return 0; }\n',
    'broken.c': 'not C\n',
    'check.sh': '#!/bin/sh\necho "<b>bold</b> & more"\nexit "$(cat "$(dirname "$0")/code")"\n',
    code: '3\n',
  });
  chmodSync(join(made.folder, 'check.sh'), 0o755);
  made.kaon(['setup', 'build']);
  return made;
}

function list(made: Project, ...words: string[]): readonly string[] {
  const { stdout } = made.kaon(['test', '-C', 'build', '--list', ...words]);
  return stdout.split('\n').filter((line) => /app:/.test(line));
}

test('what failed is shown in full with the line to run it alone, and runs again with --failed', () => {
  const made = tested();
  const all = made.kaon(['test', '-C', 'build']);
  expect(all.status).toBe(1);
  expect(told(all)).toContain('<b>bold</b> & more');
  expect(told(all)).toContain(`Alone: kaon test -C ${made.folder}/build app:script`);
  expect(list(made, '--failed')).toEqual(['app:script']);
  made.write('code', '0\n');
  expect(made.kaon(['test', '-C', 'build', '--failed']).status).toBe(0);
  expect(told(made.kaon(['test', '-C', 'build', '--failed']))).toContain(
    'No test failed last time',
  );
});

test('only what a change may affect runs with --changed', () => {
  const made = tested();
  made.write('code', '0\n');
  expect(made.kaon(['test', '-C', 'build']).status).toBe(0);
  expect(list(made, '--changed')).toEqual([]);
  made.write('lib.c', 'int lib(void) { return 0; } /* a comment */\n');
  expect(list(made, '--changed')).toEqual(['app:script']);
  made.write('one.c', 'int lib(void);\nint main(void) { return 2 * lib(); }\n');
  expect(list(made, '--changed')).toEqual(['fast - app:one', 'app:script']);
});

test('shards share all tests out, and may be more than there are tests', () => {
  const made = tested();
  const shards = [1, 2, 3, 4, 5].map((at) => list(made, '--shard', `${at}/5`));
  expect(shards.flat().sort()).toEqual(['app:script', 'app:two', 'fast - app:one']);
  expect(shards.slice(3)).toEqual([[], []]);
  expect(made.kaon(['test', '-C', 'build', '--shard', '5/5']).status).toBe(0);
});

test('the page of a run shows its tests in a browser, with times and history', async (context) => {
  const browser = findBrowser();
  if (browser === undefined) return context.skip();
  const made = tested();
  made.kaon(['test', '-C', 'build']);
  made.kaon(['test', '-C', 'build']);
  const page = await openPage(browser, `file://${made.folder}/build/meson-logs/testlog.html`);
  try {
    const names = '[...document.querySelectorAll("#tests tr")].map((row) => row.dataset.test)';
    const shown = await page.until(`document.querySelector('#tests tr') && ${names}`);
    // What failed comes first, its output open, as text and not as a part of the page.
    expect(shown).toEqual(['app:script']);
    expect(await page.evaluate('document.querySelector("details[open] .stdout").textContent')).toBe(
      '<b>bold</b> & more\n',
    );
    expect(await page.evaluate('document.querySelectorAll("#tests .past i").length')).toBe(2);
    await page.evaluate('document.querySelector("[data-show=all]").click()');
    expect(await page.evaluate(names)).toEqual(['app:one', 'app:two', 'app:script']);
    await page.evaluate('document.querySelector("[data-sort=name]").click()');
    expect(await page.evaluate(names)).toEqual(['app:one', 'app:script', 'app:two']);
    const search = 'document.querySelector("#search")';
    await page.evaluate(`${search}.value = 'fast'; ${search}.dispatchEvent(new Event('input'))`);
    expect(await page.evaluate(names)).toEqual(['app:one']);
    expect(await page.evaluate('document.querySelector("#summary").textContent')).toMatch(
      /^2 OK, 1 FAIL in /,
    );
  } finally {
    await page.close();
  }
});
