import { expect, test } from 'vitest';
import { plannedText } from '../../support/plan-text.ts';

const sources = { 'com/a/Main.java': '', 'com/a/Other.java': '' };

test('a jar is packed of the classes that javac makes of all sources at once', () => {
  const { command, inputs } = plannedText({
    'meson.build':
      "project('p', 'java')\njar('app', 'com/a/Main.java', 'com/a/Other.java', main_class: 'com.a.Main')",
    ...sources,
  });
  expect(command('app.jar.p/classes')).toBe(
    'javac -Xlint:all -g -d app.jar.p/classes -s app.jar.p/classes -sourcepath ..:. ../com/a/Main.java ../com/a/Other.java',
  );
  expect(command('app.jar')).toBe(
    'jar cmef app.jar.p/META-INF/MANIFEST.MF com.a.Main app.jar -C app.jar.p/classes .',
  );
  // What a folder holds is not looked into, so the sources themselves ask for packing again.
  expect(inputs('app.jar')).toContain('../com/a/Other.java');
});

test('a linked jar is in the class path, now and when it runs', () => {
  const { command } = plannedText({
    'meson.build':
      "project('p', 'java')\nlib = jar('lib', 'com/a/Other.java')\njar('app', 'com/a/Main.java', link_with: lib)",
    ...sources,
  });
  expect(command('app.jar.p/classes')).toContain('-cp lib.jar');
  expect(command('app.jar.p/META-INF/MANIFEST.MF')).toContain('Class-Path: lib.jar');
});

test('resources lie in the archive as the build file says', () => {
  const { command, files } = plannedText({
    'meson.build':
      "project('p', 'java')\njar('app', 'com/a/Main.java', java_resources: structured_sources(files('x.txt'), {'sub': files('y.txt')}))",
    ...sources,
    'x.txt': '',
    'y.txt': '',
  });
  expect(files()).toContain('app.jar.p/resources/sub/y.txt');
  expect(command('app.jar')).toMatch(/ -C app\.jar\.p\/resources \.$/);
});

test('a jar that is tested is named alone: who runs the test starts java', () => {
  const { tests } = plannedText({
    'meson.build': "project('p', 'java')\ntest('t', jar('app', 'com/a/Main.java'), args: 'x')",
    ...sources,
  });
  expect(tests.tests[0]?.argv).toEqual(['/project/build/app.jar', 'x']);
});
