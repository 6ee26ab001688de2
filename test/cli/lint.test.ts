import { expect, test } from 'vitest';
import { run } from '../../src/cli/commands/lint.ts';
import { rules } from '../../src/lint/table.ts';
import { memorySession } from '../support/memory-session.ts';

const files = {
  'meson.build': "project('p')\nunused = 1\nsubdir('s')\n",
  's/meson.build': "message('a'.spilt())\n",
};

/** What `kaon lint` prints and exits with. */
async function linted(words: readonly string[], { json = false } = {}) {
  const { session, printed } = memorySession(files, { json });
  const code = await run(session, words);
  return { code, text: printed() };
}

test('findings are told as the compiler tells errors, and make the exit status', async () => {
  expect(await linted([])).toEqual({
    code: 1,
    text: `meson.build:2: WARNING: Variable "unused" is never used. [unused-variable]
s/meson.build:1:12: ERROR: Unknown method "spilt" in object of type str. [unknown-method]
    1 | message('a'.spilt())
      |             ^^^^^
  hint: Did you mean 'split'?
`,
  });
});

test('of a file or folder that is named, only its own are told', async () => {
  expect((await linted(['s'])).text).not.toContain('unused');
  expect((await linted(['meson.build'])).text).not.toContain('spilt');
  expect(await linted(['nosuch'])).toEqual({ code: 2, text: '\nERROR: There is no nosuch.\n' });
});

test('rules are chosen', async () => {
  expect(await linted(['--only', 'deprecated'])).toEqual({ code: 0, text: '' });
  expect((await linted(['--disable', 'unused-variable'])).text).not.toContain('unused');
  expect((await linted(['--disable', 'nonsense'])).text).toContain("There is no rule 'nonsense'");
  expect((await linted(['--list-rules'])).text.split('\n')).toHaveLength(rules.length + 1);
});

test('programs get one finding a line', async () => {
  const { text } = await linted(['--json'], { json: true });
  const [first] = text.split('\n').map((line) => (line === '' ? {} : JSON.parse(line)));
  expect(first).toMatchObject({
    v: 1,
    kind: 'lint',
    rule: 'unused-variable',
    severity: 'warning',
    path: 'meson.build',
    line: 2,
    column: 0,
    endColumn: 6,
  });
});

test('where no project is, that is told, and of a package of Cargo what looks at it', async () => {
  expect(await linted(['/elsewhere'])).toMatchObject({ code: 2 });
  const { session, printed } = memorySession({ '/crate/Cargo.toml': '[package]\nname = "a"\n' });
  expect(await run(session, ['/crate'])).toBe(2);
  expect(printed()).toContain('hint: What Cargo builds is looked at by `kaon compile clippy`.');
});
