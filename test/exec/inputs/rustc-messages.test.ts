import { expect, test } from 'vitest';
import { rustcMessages, speakingJson } from '../../../src/exec/inputs/rustc-messages.ts';

const json = '--error-format=json';
const artifacts = '--json=artifacts';

test.each([
  ['rustc a.rs', `rustc a.rs ${json} ${artifacts}`],
  ['rustc --color=always a.rs', `rustc ${json} a.rs ${artifacts},diagnostic-rendered-ansi`],
  ['rustc --color always a.rs', `rustc ${json} ${artifacts},diagnostic-rendered-ansi a.rs`],
  ['rustc --color=never a.rs', `rustc ${json} a.rs ${artifacts}`],
  ['rustc --error-format=short a.rs', undefined],
  ['rustc --json=artifacts a.rs', undefined],
])('%s becomes %s', (before, after) => {
  expect(speakingJson(before.split(' '), { artifacts: true, breakage: false })?.join(' ')).toBe(
    after,
  );
});

test.each([
  ['rustc a.rs', `rustc a.rs ${json}`],
  ['rustc --color=always a.rs', `rustc ${json} a.rs --json=diagnostic-rendered-ansi`],
])('%s that nobody waits for early becomes %s', (before, after) => {
  expect(speakingJson(before.split(' '), { artifacts: false, breakage: false })?.join(' ')).toBe(
    after,
  );
});

test('diagnostics are text again, artifacts are told, all else stays', () => {
  const ready: string[] = [];
  const messages = rustcMessages((path) => ready.push(path));
  const lines = [
    '{"$message_type":"diagnostic","rendered":"warning: unused\\n"}',
    '{"$message_type":"artifact","artifact":"liba.rmeta","emit":"metadata"}',
    '{"artifact":"liba.rlib","emit":"link"}',
    '{"$message_type":"future_incompat","future_incompat_report":[]}',
    '{"rendered":null}',
    'note: a linker said this',
    '{ no JSON',
    '{"other":1}',
  ];
  for (const line of lines) messages.line(line);
  expect(ready).toEqual(['liba.rmeta', 'liba.rlib']);
  expect(messages.text()).toBe(
    'warning: unused\nnote: a linker said this\n{ no JSON\n{"other":1}\n',
  );
  expect(messages.diagnostics()).toBe(`${lines[0]}\n`);
});

test('what a later rustc will refuse is for programs, and asked for only where somebody hears it', () => {
  const messages = rustcMessages(() => {});
  const report =
    '{"$message_type":"future_incompat","future_incompat_report":[{"diagnostic":{"rendered":"warning: soon\\n"}}]}';
  messages.line(report);
  expect(messages.text()).toBe('');
  expect(messages.diagnostics()).toBe(`${report}\n`);
  const words = speakingJson(['rustc', 'a.rs'], { artifacts: true, breakage: true });
  expect(words?.at(-1)).toBe('--json=artifacts,future-incompat');
});
