import { expect, test } from 'vitest';
import { evaluateText } from '../../support/evaluate-text.ts';
import { MemoryHost } from '../../support/memory-host.ts';

function withJavac(text: string) {
  const host = new MemoryHost({ 'a/Native.java': '' });
  host.program('javac', () => ({ stderr: 'javac 17.0.15\n' }));
  return evaluateText(`project('p', meson_version: '>=1.0')\njava = import('java')\n${text}`, {
    host,
  });
}

test('headers of native methods are named after package and class', () => {
  const { error, model } = withJavac(
    "java.native_headers('a/Native.java', package: 'com.my-firm', classes: ['Native', 'Other.Inner'])",
  );
  expect(error).toBeUndefined();
  const [target] = model?.targets.values() ?? [];
  expect(target).toMatchObject({
    name: 'com.my-firm-native-headers',
    outputs: ['com_my_firm_Native.h', 'com_my_firm_Other_Inner.h'],
  });
});

test('without a package the first class names the target', () => {
  const { model } = withJavac("java.native_headers('a/Native.java', classes: 'Native')");
  const [target] = model?.targets.values() ?? [];
  expect(target).toMatchObject({ name: 'Native-native-headers', outputs: ['Native.h'] });
});

test('the older name of the function is deprecated', () => {
  const { warnings } = withJavac("java.generate_native_headers('a/Native.java', classes: 'X')");
  expect(warnings.join()).toContain("deprecated since '1.0.0': java.generate_native_headers");
});

test.each([
  ["jar('a', 'x.txt')", 'Jar source x.txt is not a java file.'],
  ["executable('a', 'a/Native.java')", 'cannot build java source'],
])('%s is refused', (text, message) => {
  const host = new MemoryHost({ 'a/Native.java': '', 'x.txt': '' });
  host.program('javac', () => ({ stderr: 'javac 17.0.15\n' }));
  const { error } = evaluateText(`project('p', 'java')\n${text}`, { host });
  expect(error).toContain(message);
});
