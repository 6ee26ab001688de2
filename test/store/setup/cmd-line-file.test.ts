import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  formatCommandLine,
  mergedRecord,
  parseCommandLine,
} from '../../../src/store/setup/cmd-line-file.ts';

test('a command line is kept as Meson keeps it', () => {
  const text = [
    '[options]',
    'prefix = /usr',
    'sub:build.opt = a=b',
    '',
    '[properties]',
    "cross_file = ['/a', \"/it's\"]",
    '',
    '',
  ].join('\n');
  const record = parseCommandLine(text);
  expect([...record.options]).toEqual([
    ['prefix', '/usr'],
    ['sub:build.opt', 'a=b'],
  ]);
  expect(record.crossFiles).toEqual(['/a', "/it's"]);
  expect(formatCommandLine(record)).toBe(text);
});

test('what is written is read back', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9_.:]{0,8}$/);
  const value = fc.stringMatching(/^([!-~]([ -~]*[!-~])?)?$/);
  const path = fc.string({ unit: 'grapheme' });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(name, value)),
      fc.array(path),
      fc.array(fc.tuple(name, path)),
      (options, crossFiles, variables) => {
        const environment = new Map(variables);
        const record = { options: new Map(options), crossFiles, nativeFiles: [], environment };
        expect(parseCommandLine(formatCommandLine(record))).toEqual(record);
      },
    ),
  );
});

test('options given later win, and can be taken back', () => {
  const old = {
    options: new Map([
      ['a', '1'],
      ['b', '1'],
    ]),
    crossFiles: ['/x'],
    nativeFiles: [],
  };
  const options = new Map([
    ['a', undefined],
    ['b', '2'],
  ]);
  const merged = mergedRecord(old, { options, crossFiles: [], nativeFiles: ['/n'] });
  expect([...merged.options]).toEqual([['b', '2']]);
  expect(merged.crossFiles).toEqual(['/x']);
});
