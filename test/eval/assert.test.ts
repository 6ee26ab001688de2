import { expect, test } from 'vitest';
import { evaluateText } from '../support/evaluate-text.ts';

const said = (condition: string): string | undefined =>
  evaluateText(`project('x')\nassert(${condition})`).error?.split('\n')[0];

test('a condition that fails is told in one line, written as Meson writes it', () => {
  const told = {
    "\n  'a' == 'b' or # no\n  false\n": "'a' == 'b' or false",
    'not (1 in [1,2])': 'not 1 in [1, 2]',
    "{'a': 1}.has_key('b')": "{'a' : 1}.has_key('b')",
    '(1 + 2) * 3 == -(4 - 5) - (6 - 7)': '(1 + 2) * 3 == - 4 - 5 - (6 - 7)',
    "get_option( 'werror' )": "get_option('werror')",
    '1>2?true:[false][0]': '1 > 2 ? true : [false][0]',
  };
  for (const [written, shown] of Object.entries(told))
    expect(said(written)).toContain(`Assert failed: ${shown}`);
});

test('the caret of an assertion is under its condition', () => {
  const { diagnostics } = evaluateText("project('x')\nassert('a' == 'b', 'not b')");
  const { place, focus } = diagnostics[0] ?? {};
  expect(place?.source.text.slice(focus?.start, focus?.end)).toBe("'a' == 'b'");
});

test('what went with the very version that a project asks for is a notice at its end', () => {
  const said = (version: string) =>
    evaluateText(`project('x', meson_version: '${version}')\nmeson.build_root()`).warnings.at(-1);
  expect(said('>=0.56')).toContain('NOTICE: Future-deprecated features used:');
  expect(said('>=0.57')).toContain('WARNING: Deprecated features used:');
});
