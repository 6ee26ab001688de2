import { expect, test } from 'vitest';
import { scriptDepfile } from '../../../src/cargo/script/script-arguments.ts';
import { parseMakeDepfile } from '../../../src/exec/inputs/make-depfile.ts';

const backslash = '\\';

test.each<[string, string, readonly string[]]>([
  ['one target', 'a.o: a.c a.h\n', ['a.c', 'a.h']],
  ['continued lines', 'a.o: a.c \\\n  a.h \\\n b.h\n', ['a.c', 'a.h', 'b.h']],
  ['line ends of Windows', 'a.o: a.c \\\r\n  a.h\r\n', ['a.c', 'a.h']],
  ['no line end', 'a.o: a.c', ['a.c']],
  ['nothing', '', []],
  ['no prerequisites', 'a.o:\n', []],
  ['a space', 'a.o: my\\ file.h b.h', ['my file.h', 'b.h']],
  ['a hash', 'a.o: my\\#file.h', ['my#file.h']],
  ['a dollar', 'a.o: my$$file.h $x', ['my$file.h', '$x']],
  ['a colon', 'a.o: a:b.h C:/x.h', ['a:b.h', 'C:/x.h']],
  ['an escaped colon', 'a.o: a\\:b.h', ['a:b.h']],
  ['a colon in the target', 'C:/a.o: x.c', ['x.c']],
  ['a backslash in a name', 'a.o: dir\\file.h', ['dir\\file.h']],
  ['backslashes before a space', `a.o: x${backslash.repeat(3)} y z`, ['x\\ y', 'z']],
  ['several targets', 'a.o b.d: x.h\n', ['x.h']],
  ['a space before the colon', 'a.o : x.h\n', ['x.h']],
  ['phony rules of -MP', 'a.o: a.c a.h\n\na.h:\n', ['a.c', 'a.h']],
  ['several rules', 'a.o: x.h\nb.o: y.h x.h\n', ['x.h', 'y.h']],
  ['a continuation without space', 'a.o: a.c\\\n b.h\n', ['a.c', 'b.h']],
  ['a continued target', 'a.o \\\n b.o: c.h\n', ['c.h']],
  [
    'modules of C++',
    'a.o m.gcm: a.cc m.gcm\na.o m.gcm: m:part.c++m\nm.c++m: m.gcm\n.PHONY: m.c++m\nm.gcm:| a.o\nCXX_IMPORTS += m:part.c++m \\\n n.c++-module\n',
    ['a.cc', 'm.gcm'],
  ],
  ['special characters', "a.o: a'b(c)[d]{e}~!@%^&+,=.h\n", ["a'b(c)[d]{e}~!@%^&+,=.h"]],
  [
    'a folder of blanks and hashes, which rustc writes as it is',
    '/a #b/out.d: a.rs\n\n/a #b/out: a.rs /a\\ #b/c.rs\n\n# a comment\n',
    ['a.rs', '/a #b/c.rs'],
  ],
])('%s', (_, text, paths) => {
  expect(parseMakeDepfile(text)).toEqual({ paths, environment: [] });
});

test.each(['foo\n', 'a.o', 'a.o \\\n b.o', 'a.o: x\nb\n'])(
  '%j names no inputs, which is told',
  (text) => {
    expect(parseMakeDepfile(text)).toBeUndefined();
  },
);

test('variables that rustc read', () => {
  const text = 'a.rlib: a.rs\n\n# env-dep:SET=a\\nb\\\\c\n# env-dep:UNSET\n# env-dep:EMPTY=\n';
  expect(parseMakeDepfile(text)).toEqual({
    paths: ['a.rs'],
    environment: [
      { name: 'SET', value: 'a\nb\\c' },
      { name: 'UNSET' },
      { name: 'EMPTY', value: '' },
    ],
  });
});

test('what the run of a build script rests on is read as it was', () => {
  const paths = ['/a b/c', '/a #b/$c', '/a\\b', '/a\\ b', '/a\\#b', '/a:b', '/a\\:b', "/a'b"];
  const text = scriptDepfile('a #b/environment', paths, [['NAME', 'a #b']]);
  expect(parseMakeDepfile(text)).toEqual({ paths, environment: [{ name: 'NAME', value: 'a #b' }] });
});
