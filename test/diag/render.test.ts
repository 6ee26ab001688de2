import { expect, test } from 'vitest';
import { errorAt } from '../../src/diag/diagnostic.ts';
import { renderDiagnostic } from '../../src/diag/render.ts';

const source = { path: 'sub/meson.build', text: "executable('a',\n\tlinkwith: [],\n)\n" };

test("an error has Meson's headline, the code, a caret under the fault and a hint", () => {
  const place = { source, span: { start: 0, end: 10 } };
  const diagnostic = {
    ...errorAt(place, 'unknown keyword', 'Try "link_with".'),
    focus: { start: 17, end: 25 },
  };
  expect(renderDiagnostic(diagnostic)).toBe(
    [
      'sub/meson.build:1:0: ERROR: unknown keyword',
      '    2 | \tlinkwith: [],',
      '      | \t^^^^^^^^',
      '  hint: Try "link_with".',
    ].join('\n'),
  );
});

test('a warning carries the line only', () => {
  const diagnostic = {
    ...errorAt({ source, span: { start: 17, end: 25 } }, 'odd'),
    severity: 'warning' as const,
  };
  expect(renderDiagnostic(diagnostic)).toBe('sub/meson.build:2: WARNING: odd');
});
