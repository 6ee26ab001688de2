import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lastError, readTrace } from '../../../src/cmake/trace/trace.ts';
import { traceOf, traceText } from '../yard.ts';

const head = '{"version":{"major":1,"minor":2}}\n';

test('properties of targets are those their commands gave them', () => {
  const { targets } = traceOf(
    ['ADD_LIBRARY', 'lib', 'SHARED', 'lib.c'],
    ['set_target_properties', 'lib', 'PROPERTIES', 'VERSION', '1.2.3', 'SOVERSION', '1'],
    ['target_compile_definitions', 'lib', 'PUBLIC', 'A=1', 'PRIVATE', 'B', 'INTERFACE', 'C;D'],
    ['set_property', 'TARGET', 'lib', 'APPEND', 'PROPERTY', 'COMPILE_DEFINITIONS', 'E'],
  );
  const lib = targets.get('lib');
  expect(lib?.type).toBe('NORMAL');
  expect(Object.fromEntries(lib?.properties ?? [])).toEqual({
    VERSION: ['1.2.3'],
    SOVERSION: ['1'],
    COMPILE_DEFINITIONS: ['A=1', 'B', 'E'],
    INTERFACE_COMPILE_DEFINITIONS: ['A=1', 'C', 'D'],
  });
});

test('include folders count from where the command stands', () => {
  const { targets } = traceOf(
    ['add_library', 'lib', 'INTERFACE'],
    ['target_include_directories', 'lib', 'SYSTEM', 'INTERFACE', 'include', '/abs', '$<1:x>'],
  );
  expect(targets.get('lib')?.properties.get('INTERFACE_INCLUDE_DIRECTORIES')).toEqual([
    '/src/include',
    '/abs',
    '$<1:x>',
  ]);
});

test('a custom command is read with its folder, also after a deeper one', () => {
  const { customCommands } = traceOf(
    ['project', 'x'],
    ['sub: project', 'y'],
    ['sub: add_custom_command', 'OUTPUT', 'b.c', 'COMMAND', 'gen', 'b.c', 'VERBATIM'],
    ['add_custom_command', 'OUTPUT', 'a.c', 'COMMAND', 'gen', 'ARGS', 'a.c', 'DEPENDS', 'x;y'],
  );
  expect(customCommands.map(({ sourceDir }) => sourceDir)).toEqual(['/src/sub', '/src']);
  expect(customCommands[1]).toMatchObject({
    name: undefined,
    outputs: ['a.c'],
    commands: [['gen', 'a.c']],
    depends: ['x', 'y'],
  });
});

test('functions called from below keep the folder they were called in', () => {
  const line = (frame: number, globalFrame: number, file: string, cmd: string, ...args: string[]) =>
    JSON.stringify({ args, cmd, file, frame, global_frame: globalFrame, line: 1 });
  const text = [
    line(1, 1, '/src/CMakeLists.txt', 'my_function'),
    line(2, 2, '/src/cmake/f.cmake', 'add_subdirectory', 'sub'),
    line(1, 3, '/src/sub/CMakeLists.txt', 'project', 's'),
    line(2, 2, '/src/cmake/f.cmake', 'add_custom_target', 'after'),
  ].join('\n');
  const answer = readTrace(head + text);
  expect(answer.kind === 'read' && answer.trace.customCommands[0]?.sourceDir).toBe('/src');
});

test('a custom target may begin with its command, and has what is appended to a command', () => {
  const { customCommands } = traceOf(
    ['add_custom_target', 'docs', 'ALL', 'doxygen', 'Doxyfile', 'COMMAND', 'ls'],
    ['add_custom_command', 'OUTPUT', 'a', 'COMMAND', 'one'],
    ['add_custom_command', 'OUTPUT', 'a', 'APPEND', 'COMMAND', 'two', 'DEPENDS', 'x'],
  );
  expect(customCommands[0]?.commands).toEqual([['doxygen', 'Doxyfile'], ['ls']]);
  expect(customCommands).toHaveLength(2);
  expect(customCommands[1]).toMatchObject({ commands: [['one'], ['two']], depends: ['x'] });
});

test('what has no place in our model is told with its place', () => {
  const { unsupported } = traceOf([
    'add_custom_command',
    'TARGET',
    'app',
    'POST_BUILD',
    'COMMAND',
    'strip',
    'app',
  ]);
  expect(unsupported.map(({ place }) => place)).toMatchObject([{ line: 1 }]);
  expect(unsupported[0]?.what).toContain('"app"');
});

test('the last error is found in a trace that breaks off', () => {
  const text = traceText([
    ['message', 'STATUS', 'fine'],
    ['message', 'FATAL_ERROR', 'Fancy', 'message'],
  ]);
  expect(lastError(`${text}{"args":["FATAL_ERR`)).toBe('Fancy message');
  expect(lastError('')).toBeUndefined();
});

test.each([
  ['', 'read'],
  ['no json', 'broken'],
  ['{"version":{"major":2,"minor":0}}', 'broken'],
  [`${head}{"cmd":"add_library","args":["x"],"file":"f"}`, 'broken'],
  [`${head}{"cmd":"add_library","args":[1],"file":"f","line":1}`, 'broken'],
  [`${head}{"cmd":"add_library","args":["x`, 'broken'],
  [`${head}[]`, 'broken'],
  [`${head}null`, 'broken'],
  [`${head}{"cmd":"__proto__","args":[],"file":"f","line":1,"frame":1}`, 'read'],
  [`${head}{"cmd":"add_library","args":[],"file":"f","line":1,"frame":1e9}`, 'read'],
])('%j is %s', (text, kind) => {
  expect(readTrace(text).kind).toBe(kind);
});

test('a broken line is named by its number', () => {
  expect(readTrace(`${head}\n{"cmd":"project","args":[],"file":"f","line":1}\n{`)).toMatchObject({
    kind: 'broken',
    line: 4,
  });
});

test('any JSON is read or refused', () => {
  fc.assert(
    fc.property(fc.array(fc.json()), (lines) => {
      expect(['read', 'broken']).toContain(readTrace(head + lines.join('\n')).kind);
    }),
  );
});

test('commands with any arguments are read', () => {
  const command = fc.constantFrom(
    ...['add_library', 'add_executable', 'add_custom_command', 'add_custom_target'],
    ...['set_property', 'set_target_properties', 'target_link_libraries', 'add_dependencies'],
  );
  const word = fc.oneof(
    fc.constantFrom('TARGET', 'PROPERTY', 'APPEND', 'OUTPUT', 'COMMAND', 'PUBLIC', 'x', ''),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(command, fc.array(word))), (ran) => {
      const text = traceText(ran.map(([head, args]) => [head, ...args] as const));
      expect(readTrace(text).kind).toBe('read');
    }),
  );
});
