import { expect, test } from 'vitest';
import { scanCppModules } from '../../src/toolchains/c-like/modules.ts';

const scan = (text: string) => {
  const { provides, providesPerhaps, requires } = scanCppModules(text);
  return { provides, perhaps: providesPerhaps, requires };
};

test.each<[string, string, readonly string[], readonly string[]]>([
  ['an interface', 'export module a.b;\nimport c;\n', ['a.b'], ['c']],
  ['a partition', 'module;\n#include <x>\nexport module a:p;\nimport :q;\n', ['a:p'], ['a:q']],
  ['a partition of an implementation', 'module a:p;\n', ['a:p'], []],
  ['an implementation', 'module a;\nimport b;\n', [], ['a', 'b']],
  ['what is imported is handed on', 'export module a;\nexport import :p;\n', ['a'], ['a:p']],
  ['a program', '#include <y>\n  import a.b ;\nint main() {}\n', [], ['a.b']],
  ['headers as units', 'import <vector>;\nimport "x.h";\n', [], []],
  ['words in comments', '/* export module a;\n*/ // import b;\nint i;\n', [], []],
  ['words in texts', 'auto s = R"(\nimport b;\n)";\nauto t = "export module a;";\n', [], []],
  ['names that only begin so', 'importer x;\nmodule_t y;\nint import = 1;\n', [], []],
  ['an own part of private code', 'export module a;\nmodule :private;\n', ['a'], []],
  ['a condition that is over', '#if X\n#endif\nexport module a;\n#if Y\n#endif\n', ['a'], []],
])('%s', (_, text, provides, requires) => {
  expect(scan(text)).toEqual({ provides, perhaps: [], requires });
});

test('what a condition may leave out is perhaps not made', () => {
  expect(scan('#ifdef M\nexport module a;\n#endif\n')).toEqual({
    ...{ provides: [], perhaps: ['a'], requires: [] },
  });
});
