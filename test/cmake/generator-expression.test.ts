import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateExpressions } from '../../src/cmake/generator-expression.ts';
import { expressions, traceOf } from './yard.ts';

const { targets } = traceOf(
  ['add_library', 'lib', 'STATIC', 'lib.c'],
  ['set_target_properties', 'lib', 'PROPERTIES', 'SUFFIX', '.x', 'LIST', 'a;b'],
  ['add_library', 'ext', 'UNKNOWN', 'IMPORTED'],
  ['set_target_properties', 'ext', 'PROPERTIES', 'IMPORTED_CONFIGURATIONS', 'RELEASE;DEBUG'],
  ['set_target_properties', 'ext', 'PROPERTIES', 'IMPORTED_LOCATION_DEBUG', '/lib/ext-d.so'],
);

function evaluated(text: string): { readonly text: string; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const result = evaluateExpressions(text, {
    ...expressions,
    targets,
    artifact: (name) => (name === 'lib' ? '/build/liblib.a' : undefined),
    warn: (message) => warnings.push(message),
  });
  return { text: result, warnings };
}

test.each([
  ['plain', 'plain'],
  ['a$<1:b>c', 'abc'],
  ['$<0:gone>', ''],
  ['$<$<BOOL:ON>:yes>', 'yes'],
  ['$<$<BOOL:X-NOTFOUND>:yes>', ''],
  ['$<$<AND:1,$<NOT:0>>:-DA>', '-DA'],
  ['$<$<OR:0,0>:-DA>', ''],
  ['$<IF:$<CONFIG:Debug,Release>,debug,other>', 'debug'],
  ['$<IF:$<CONFIG:Release>,release,debug>', 'debug'],
  ['$<CONFIG>', 'Debug'],
  ['$<$<STREQUAL:asd,$<LOWER_CASE:AsD>>:same>', 'same'],
  ['$<$<EQUAL:4,2>:same>', ''],
  ['$<$<VERSION_LESS:1.2.3,2.1.0>:older>', 'older'],
  ['$<$<VERSION_GREATER_EQUAL:1.10,1.9>:newer>', 'newer'],
  ['$<$<CXX_COMPILER_ID:GNU,Clang>:gnu-like>', 'gnu-like'],
  ['$<$<CXX_COMPILER_ID:MSVC>:/W4>', ''],
  ['$<$<VERSION_GREATER:$<CXX_COMPILER_VERSION>,11>:new>', 'new'],
  ['$<$<PLATFORM_ID:Linux>:linux>', 'linux'],
  ['$<BUILD_INTERFACE:/src/include>;$<INSTALL_INTERFACE:include>', '/src/include;'],
  ['$<1:a,b>', 'a,b'],
  ['$<JOIN:a;b,$<COMMA>>', 'a,b'],
  ['$<IN_LIST:b,a;b>', '1'],
  ['a$<SEMICOLON>b$<ANGLE-R>', 'a;b>'],
  ['$<TARGET_EXISTS:lib>$<TARGET_EXISTS:none>', '10'],
  ['$<TARGET_PROPERTY:lib,SUFFIX>', '.x'],
  ['$<TARGET_PROPERTY:lib,LIST>', 'a;b'],
  ['$<TARGET_FILE:lib>', '/build/liblib.a'],
  ['$<TARGET_FILE_NAME:lib>', 'liblib.a'],
  ['$<TARGET_FILE_DIR:lib>', '/build'],
  ['$<TARGET_FILE:ext>', '/lib/ext-d.so'],
  ['$<LINK_ONLY:lib>', 'lib'],
])('%s is worth "%s"', (text, worth) => {
  expect(evaluated(text)).toEqual({ text: worth, warnings: [] });
});

test('what a nested expression gives is not split at its commas', () => {
  expect(evaluated('$<IF:1,$<1:a,b>,c>').text).toBe('a,b');
});

test('what is not known is nothing, and is told', () => {
  expect(evaluated('a$<NOVELTY:x>b')).toEqual({
    text: 'ab',
    warnings: ["Unknown generator expression '$<NOVELTY:x>'."],
  });
});

test('what is not known is not told where a false condition leaves it out', () => {
  expect(evaluated('$<0:$<NOVELTY:x>>$<IF:1,a,$<NOVELTY:x>>')).toEqual({
    text: 'a',
    warnings: [],
  });
});

test('names of functions are not those of objects', () => {
  expect(evaluated('$<constructor:x>$<__proto__:x>').text).toBe('');
});

test('an expression that is not closed ends with the text', () => {
  expect(evaluated('a$<1:b').text).toBe('ab');
  expect(evaluated('$<').text).toBe('');
});

test('nesting of any depth is read', () => {
  const depth = 100_000;
  expect(evaluated(`${'$<1:'.repeat(depth)}x${'>'.repeat(depth)}`).text).toBe('x');
});

test('any text is worth something, and one without expressions is worth itself', () => {
  const piece = fc.constantFrom(
    '$<',
    '>',
    ':',
    ',',
    ';',
    '1',
    '0',
    'IF',
    'AND',
    'TARGET_FILE',
    'a',
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      const result = evaluated(text).text;
      expect(typeof result).toBe('string');
      if (!text.includes('$<')) expect(result).toBe(text);
    }),
  );
});
