import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type EditorState,
  givenList,
  givenText,
  newEditor,
  press,
  shownOptions,
} from '../../../src/cli/options-editor/editor-state.ts';
import { view } from '../../../src/cli/options-editor/editor-view.ts';
import { readKeys } from '../../../src/cli/options-editor/keys.ts';
import type { StoredOption } from '../../../src/store/setup/setup-state.ts';

const option = (
  name: string,
  value: StoredOption['value'],
  section: string,
  choices: readonly string[] = [],
): StoredOption => ({
  name,
  value,
  section,
  choices,
  type: { kind: 'string' },
  description: `What ${name} is for`,
});

const options = [
  option('buildtype', 'debug', 'core', ['plain', 'debug', 'release']),
  option('werror', false, 'core', ['true', 'false']),
  option('docs', 'auto', 'user', ['enabled', 'disabled', 'auto']),
  option('level', 3, 'user'),
  option('parts', ['a'], 'user', ['a', 'b', 'c']),
  option('prefix', '/usr/local', 'directory'),
];

const [up, down, right, enter, esc, tab] = [
  '\u001b[A',
  '\u001b[B',
  '\u001b[C',
  '\r',
  '\u001b',
  '\t',
];

/** What keys lead to from the beginning: the state, or how it ended. */
function pressed(...data: readonly (string | undefined)[]): EditorState | 'apply' | 'quit' {
  let state = newEditor(options);
  for (const key of data.flatMap((each) => readKeys(each ?? ''))) {
    const next = press(state, key);
    if (next.kind !== 'state') return next.kind;
    state = next.state;
  }
  return state;
}

function changes(...data: readonly (string | undefined)[]): unknown {
  const state = pressed(...data);
  return typeof state === 'string' ? state : Object.fromEntries(state.changes);
}

test("the project's own options come first", () => {
  expect(newEditor(options).options.map(({ name }) => name)).toEqual([
    'docs',
    'level',
    'parts',
    'buildtype',
    'werror',
    'prefix',
  ]);
});

test('choices are gone through, and what is as it was is no change', () => {
  expect(changes(enter)).toEqual({ docs: 'enabled' });
  expect(changes(right, right)).toEqual({ docs: 'disabled' });
  expect(changes(' ', ' ', ' ')).toEqual({});
  expect(changes(tab, down, enter)).toEqual({ werror: 'true' });
  expect(changes(tab, enter, 'u')).toEqual({});
});

test('texts and numbers are typed', () => {
  expect(changes(tab, tab, enter, '\u0015/opt', enter)).toEqual({ prefix: '/opt' });
  expect(changes(down, enter, '\u007f12', enter)).toEqual({ level: '12' });
  expect(changes(down, enter, 'x', enter)).toEqual({});
  expect(changes(down, enter, '4', esc)).toEqual({});
});

test('of a list with choices some are picked', () => {
  expect(changes(down, down, enter, down, ' ', enter)).toEqual({ parts: 'a,b' });
  expect(changes(down, down, enter, ' ', enter)).toEqual({ parts: '[]' });
});

test('a search shows what has the word in its name or description', () => {
  const state = pressed('/', 'WERR', enter, enter);
  expect(typeof state === 'string' ? state : shownOptions(state).map(({ name }) => name)).toEqual([
    'werror',
  ]);
  expect(changes('/', 'werr', enter, enter)).toEqual({ werror: 'true' });
  // Pasted at once.
  expect(changes('/werr', enter, enter)).toEqual({ werror: 'true' });
});

test('it ends by s with changes, and by q without; changes are not lost by a slip', () => {
  expect(pressed('q')).toBe('quit');
  expect(pressed(enter, 's')).toBe('apply');
  expect(pressed(enter, 'q')).toMatchObject({ mode: { kind: 'leave' } });
  expect(pressed(enter, 'q', 'n')).toMatchObject({ mode: { kind: 'browse' } });
  expect(pressed(enter, 'q', 'y')).toBe('quit');
  expect(pressed('\u0003')).toBe('quit');
  expect(pressed('s')).toMatchObject({ note: 'Nothing was changed.' });
});

test('lists are given so that their commas survive', () => {
  expect([givenList(['a', 'b']), givenList(['a,b']), givenList([]), givenList(["it's"])]).toEqual([
    'a,b',
    "['a,b']",
    '[]',
    "['it\\'s']",
  ]);
});

test('a mask is shown and given by its octal digits', () => {
  expect(givenText({ value: 0o022, type: { kind: 'umask' } })).toBe('0022');
  expect(givenText({ value: 22, type: { kind: 'integer' } })).toBe('22');
});

const plain = {
  heading: (text: string) => text,
  selected: (text: string) => text,
  changed: (text: string) => text,
  dim: (text: string) => text,
};

test('the screen shows groups, values, and what the chosen option is for', () => {
  const state = pressed(tab, enter);
  if (typeof state === 'string') throw new Error(state);
  const shown = view(state, { rows: 24, columns: 60 }, plain);
  expect(shown.slice(0, 13)).toEqual([
    'Options, 1 changed',
    '',
    'Project',
    '  docs       auto',
    '  level      3',
    '  parts      a',
    'Core',
    '> buildtype  release',
    '  werror     false',
    'Directories',
    '  prefix     /usr/local',
    '',
    '',
  ]);
  expect(shown.slice(-3, -1)).toEqual([
    'What buildtype is for',
    'was debug   one of plain, debug, release',
  ]);
});

test('whatever is pressed, on whatever screen, no more is shown than fits', () => {
  const keys = fc.array(
    fc.constantFrom(
      up,
      down,
      right,
      enter,
      esc,
      tab,
      ' ',
      '/',
      'u',
      'x',
      '\u007f',
      '\u001b[5~',
      '\u001b[99~',
      'é',
    ),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(
      keys,
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 80 }),
      (data, rows, columns) => {
        const state = pressed(...data);
        if (typeof state === 'string') return;
        const lines = view(state, { rows, columns }, plain);
        expect(lines.length).toBeLessThanOrEqual(rows);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
      },
    ),
  );
});
