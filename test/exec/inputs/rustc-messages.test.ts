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
  expect(speakingJson(before.split(' '), { artifacts: true })?.join(' ')).toBe(after);
});

test.each([
  ['rustc a.rs', `rustc a.rs ${json}`],
  ['rustc --color=always a.rs', `rustc ${json} a.rs --json=diagnostic-rendered-ansi`],
])('%s that nobody waits for early becomes %s', (before, after) => {
  expect(speakingJson(before.split(' '), { artifacts: false })?.join(' ')).toBe(after);
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
