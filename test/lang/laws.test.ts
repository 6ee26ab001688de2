import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Span } from '../../src/diag/source.ts';
import { parse } from '../../src/lang/parse.ts';
import { stringLiteral } from '../../src/lang/string-literal.ts';
import { printTree } from '../support/print-tree.ts';

// biome-ignore format: a heap of words
const words = [
  '(', ')', '[', ']', '{', '}', ',', '.', '+', '-', '*', '/', '%', ':', '=', '==', '!=', '<', '>=', '?', '+=',
  "'", "'''", "f'", '"', '\\', '#', '\n', '\r\n', '\\\n', ' ', '\t', '@', '&&', '!', ';', 'é', '😀',
  'and', 'or', 'not', 'in', 'if', 'elif', 'else', 'endif', 'foreach', 'endforeach', 'break', 'continue',
  'testcase', 'endtestcase', 'true', 'return', 'a', 'b', 'f(', '0', '012', '0x1f', "'s'", "f'@a@'", "'''m\nn'''",
];
const soup = fc
  .array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 2 })), { maxLength: 40 })
  .chain((all) => fc.constantFrom(all.join(' '), all.join('')));

/** Every object with a span, each with those directly inside it. */
function spansIn(node: unknown): { readonly span: Span; readonly inner: readonly Span[] }[] {
  if (typeof node !== 'object' || node === null) return [];
  const below = Object.values(node).flatMap((child) =>
    Array.isArray(child) ? child.flatMap(spansIn) : spansIn(child),
  );
  if (!('span' in node)) return below;
  const span = node.span as Span; // every `span` of a tree is one
  return [{ span, inner: below.map((each) => each.span) }, ...below];
}

test('no text makes the parser throw, and what it says lies in the text', () => {
  fc.assert(
    fc.property(soup, fc.boolean(), (text, testcases) => {
      const { tree, diagnostics } = parse({ path: 'f', text }, { testcases });
      printTree(tree);
      for (const { place, focus } of diagnostics) {
        for (const span of [place?.span, focus]) {
          if (span === undefined) continue;
          expect(span.start).toBeLessThanOrEqual(span.end);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test('the spans of a tree nest, and statements stand one behind the other', () => {
  fc.assert(
    fc.property(soup, (text) => {
      const { tree, diagnostics } = parse({ path: 'f', text });
      fc.pre(!diagnostics.some(({ severity }) => severity === 'error'));
      for (const { span, inner } of tree.statements.flatMap(spansIn)) {
        for (const each of inner) {
          expect(each.start).toBeGreaterThanOrEqual(span.start);
          expect(each.end).toBeLessThanOrEqual(span.end);
        }
      }
      tree.statements.reduce((end, { span }) => {
        expect(span.start).toBeGreaterThanOrEqual(end);
        return span.end;
      }, 0);
    }),
    { numRuns: 1000 },
  );
});

test('what no statement, comment or space covers was complained of', () => {
  fc.assert(
    fc.property(soup, (text) => {
      const { tree, diagnostics } = parse({ path: 'f', text });
      fc.pre(diagnostics.length === 0);
      const covered = [...tree.statements, ...tree.comments].map(({ span }) => span);
      const rest = [...text].length === text.length ? [...text] : text.split('');
      for (const { start, end } of covered) rest.fill(' ', start, end);
      expect(rest.join('').replace(/[\s\\]/g, '')).toBe('');
    }),
    { numRuns: 1000 },
  );
});

test('a text written as a string reads as that text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const { tree, diagnostics } = parse({ path: 'f', text: stringLiteral(value) });
      expect(diagnostics).toEqual([]);
      expect(tree.statements).toMatchObject([{ expression: { kind: 'string', value } }]);
    }),
  );
});

test('the text of a broken file is parsed as Meson would up to its first error', () => {
  fc.assert(
    fc.property(soup, (junk) => {
      const good = "project('a')\nx = [1, 2]\n";
      const { tree } = parse({ path: 'f', text: good + junk });
      expect(printTree({ ...tree, statements: tree.statements.slice(0, 1) })).toBe('project("a")');
    }),
  );
});
