import { expect, test } from 'vitest';
import { futureBreakage, toldBreakage } from '../../../src/cli/build/future-breakage.ts';

const report = (...texts: readonly string[]) =>
  `${JSON.stringify({
    $message_type: 'future_incompat',
    future_incompat_report: texts.map((rendered) => ({ diagnostic: { rendered } })),
  })}\n`;
const diagnostic = '{"$message_type":"diagnostic","rendered":"warning: unused\\n"}\n';

test('crates that a later rustc will refuse are told by name, and whole where somebody asks', () => {
  const found = [
    futureBreakage(
      'Compiling crate old 0.3.1',
      `${diagnostic}${report('warning: a\n', 'warning: b\n')}`,
    ),
    futureBreakage('Compiling crate old 0.3.1 (build script)', report('warning: a\n')),
    futureBreakage('Compiling crate fine 1.0.0', diagnostic),
  ].filter((one) => one !== undefined);
  const head =
    'warning: the following packages contain code that will be rejected by a future version of Rust: old v0.3.1\n';
  expect(toldBreakage([], true)).toBe('');
  expect(toldBreakage(found, false)).toBe(
    `${head}note: \`--future-incompat-report\` shows what that is\n`,
  );
  expect(toldBreakage(found, true)).toBe(
    `${head}\nThe package \`old v0.3.1\`:\nwarning: a\nwarning: b\n`,
  );
});

test('what was cut off tells nothing', () => {
  expect(futureBreakage('Compiling crate old 0.3.1', report('warning: a\n').slice(0, -5))).toBe(
    undefined,
  );
  expect(futureBreakage('Compiling crate old 0.3.1', report().replace('[]', '[null,{}]'))).toBe(
    undefined,
  );
});
