import { describe, expect, test } from 'vitest';
import { movedText } from '../../../src/base/moved-text.ts';
import { isAsFar, movedContent } from '../../../src/store/setup/moved-setup.ts';

describe('a folder in a text', () => {
  const move = { from: '/src/build', to: '/src/other' };

  test.each([
    ['/src/build', '/src/other'],
    ['-I/src/build/sub --x=/src/build:/src/build', '-I/src/other/sub --x=/src/other:/src/other'],
    ['{"a":"/src/build/x\\n/src/build"}', '{"a":"/src/other/x\\n/src/other"}'],
    ['nothing', 'nothing'],
  ])('%s', (text, moved) => {
    expect(movedText(text, move)).toBe(moved);
  });

  test.each(['/src/build2', '/src/build.old', 'a/src/build', '../src/build', 'x-y/src/build'])(
    'what may be another one is left alone: %s',
    (text) => {
      expect(movedText(text, move)).toBeUndefined();
    },
  );
});

describe('two build directories', () => {
  const saw = (path: string) => ({ kind: 'saw', what: 'exists', path, answer: '' }) as const;
  const far = (from: string, to: string, ...paths: string[]) =>
    isAsFar(paths.map(saw), { from, to, sourceRoot: '/home/src' });

  test('are as far from all else where they lie side by side', () => {
    expect(far('/home/src/a', '/home/src/b', '/home/src/meson.build', '/usr/bin/cc')).toBe(true);
    expect(far('/home/src/a', '/home/src/deep/b')).toBe(false);
  });

  test('may have other parents where nothing in these was asked about', () => {
    expect(far('/tmp/one/b', '/tmp/two/b', '/usr/bin/cc')).toBe(true);
    expect(far('/tmp/one/b', '/tmp/two/b', '/tmp/one/machine.ini')).toBe(false);
    expect(far('/tmp/one/b', '/tmp/two/b', '/tmp/two/machine.ini')).toBe(false);
  });

  test('do not hold the source tree, and have plain names', () => {
    expect(far('/home/src', '/home/other')).toBe(false);
    expect(far('/home/src/a b', '/home/src/b')).toBe(false);
  });
});

describe('the content of a file', () => {
  const removal = { from: '/home/src/build', to: '/home/src/other', sourceRoot: '/home/src' };
  const moved = (text: string) => {
    const content = movedContent(Buffer.from(text), removal);
    return content === undefined ? undefined : Buffer.from(content).toString();
  };

  test('names the other folder, in whatever letters the rest is written', () => {
    expect(moved('größe /home/src/build/x')).toBe('größe /home/src/other/x');
  });

  test.each([
    '../build/include',
    '../../src/build/x',
    '"../build"',
    '"build/include"',
    '/home/src/other/x',
    '\0/home/src/build',
  ])('is not told where it is not certain what it means: %j', (text) => {
    expect(moved(text)).toBeUndefined();
  });

  test('of the form of a state, but not one, is a text like others', () => {
    const text = '{"format":5,"checksum":1,"sourceRoot":""}\n/home/src/build';
    expect(moved(text)).toBe(text.replace('build', 'other'));
  });
});
