import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashBytes } from '../../../src/store/format/file-content.ts';
import { type ActionLog, openActionLog } from '../../../src/store/log/action-log.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const path = '/project/log';

function open(host: MemoryHost): { readonly log: ActionLog; readonly notice?: string } {
  const opened = openActionLog(host, path);
  if (!opened.ok) throw new Error(opened.error.reason);
  return opened.value;
}

/** Remembers that `key` was made from a file of its own and a shared one. */
function remember(log: ActionLog, key: string): void {
  const learn = (name: string): ReturnType<ActionLog['learn']> =>
    log.learn(
      { path: name, hash: hashBytes(name), executable: false },
      {
        signature: { kind: 'file', size: 1, mode: 0o644, mtimeNs: -5n, ctimeNs: 7n, inode: 9n },
        trusted: true,
      },
    );
  log.succeed({
    key,
    command: { digest: hashBytes('command', key), parts: ['1', 'cc', `output=${key}`] },
    inputs: [learn(`${key}.c`)],
    discovered: [learn('common.h')],
    outputs: [learn(key)],
    environment: [{ name: 'SET', value: 'ü' }, { name: 'UNSET' }],
    durationMs: 12,
  });
  const written = log.flush();
  if (!written.ok) throw new Error(written.error.reason);
}

function keys(log: ActionLog): readonly string[] {
  return [...log.actions()].map(({ key }) => key);
}

/** All that `remember` says of one action. */
function expectOut1(log: ActionLog): ReturnType<ActionLog['action']> {
  const record = log.action('out1');
  expect(record).toMatchObject({
    durationMs: 12,
    environment: [{ name: 'SET', value: 'ü' }, { name: 'UNSET' }],
  });
  expect(record?.discovered.map((id) => log.content(id).path)).toEqual(['common.h']);
  expect(record && log.command(record.command).parts).toEqual(['1', 'cc', 'output=out1']);
  expect(log.file('out1')?.signature).toMatchObject({ mtimeNs: -5n, inode: 9n });
  return record;
}

function filled(count: number): MemoryHost {
  const host = new MemoryHost();
  const { log } = open(host);
  for (let at = 0; at < count; at++) remember(log, `out${at}`);
  log.close();
  return host;
}

test('what was remembered is known after the log is opened again', () => {
  const { log, notice } = open(filled(3));
  expect(notice).toBeUndefined();
  expect(keys(log)).toEqual(['out0', 'out1', 'out2']);
  expectOut1(log);
});

test('what was just written is known as what was read is, until it is forgotten', () => {
  const { log } = open(new MemoryHost());
  for (let at = 0; at < 3; at++) remember(log, `out${at}`);
  const record = expectOut1(log);
  expect(record?.outputs.map((id) => log.isTrusted('out1', id))).toEqual([true]);
  expect(log.isTrusted('out2', record?.outputs[0] ?? (0 as never))).toBe(false);
  expect(keys(log)).toEqual(['out0', 'out1', 'out2']);
  log.forget('out1');
  expect(keys(log)).toEqual(['out0', 'out2']);
});

test('what is written behind the valid beginning of a damaged log is not what stood there', () => {
  const host = filled(6);
  const bytes = bytesOf(host);
  const half = bytes.length >> 1;
  bytes[half] = (bytes[half] ?? 0) ^ 1;
  host.files.write(path, bytes);
  const { log, notice } = open(host);
  expect(notice).toContain('is damaged');
  for (let at = 0; at < 6; at++) remember(log, `other${at}`);
  for (let at = 0; at < 6; at++) {
    const record = log.action(`other${at}`);
    expect(record?.outputs.map((id) => log.content(id).path)).toEqual([`other${at}`]);
    expect(record && log.command(record.command).parts).toContain(`output=other${at}`);
    expect(log.file(`other${at}.c`)?.trusted).toBe(true);
  }
});

test('an entry that is longer than what is read of a file at once is read whole', () => {
  const { log } = open(new MemoryHost());
  const long = 'x'.repeat(300_000);
  const parts = Array.from({ length: 100_000 }, (_, at) => `${at}`);
  const command = { digest: hashBytes('long'), parts: [long, ...parts] };
  const nothing = { inputs: [], discovered: [], outputs: [], environment: [], durationMs: 0 };
  log.succeed({ key: 'out', command, ...nothing });
  log.flush();
  const record = log.action('out');
  expect(record && log.command(record.command).parts).toEqual(command.parts);
});

test('a file that many actions share is written once', () => {
  const text = new TextDecoder('latin1').decode(bytesOf(filled(20)));
  expect(text.split('common.h')).toHaveLength(2);
});

test('a log cut at any byte keeps all records before, says so once, and goes on', () => {
  const whole = bytesOf(filled(2));
  for (let length = 1; length < whole.length; length++) {
    const host = new MemoryHost();
    host.write(path, whole.subarray(0, length));
    const first = open(host);
    const known = keys(first.log);
    expect(known).toEqual(['out0', 'out1'].slice(0, known.length));
    remember(first.log, 'later');
    first.log.close();
    const second = open(host);
    expect(second.notice).toBeUndefined();
    expect(keys(second.log)).toEqual([...known, 'later']);
  }
});

test('a log in which bytes were changed never tells what was not written', () => {
  const whole = bytesOf(filled(4));
  const good = open(filled(4)).log;
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const host = new MemoryHost();
      const bytes = whole.slice();
      bytes[at] = (bytes[at] ?? 0) ^ flip;
      host.write(path, bytes);
      const { log, notice } = open(host);
      expect(notice).toMatch(/^\/project\/log is damaged \(.*\): \d+ records are used; the rest/);
      for (const record of log.actions()) {
        const original = good.action(record.key);
        expect(record.inputs.map((id) => log.content(id))).toEqual(
          original?.inputs.map((id) => good.content(id)),
        );
      }
    }),
  );
});

test.each([
  ['KAONLOG1 from the past', 'another version of kaon wrote it'],
  ['int main;', 'does not begin as a log does'],
])('a log of something else is set aside whole: %s', (content, reason) => {
  const host = new MemoryHost({ log: content });
  const { log, notice } = open(host);
  expect(keys(log)).toEqual([]);
  expect(notice).toContain(reason);
  expect(host.read('log.damaged')).toBe(content);
});

test('a log full of what was overtaken is written anew and says the same', () => {
  const host = filled(10);
  for (let round = 0; round < 200; round++) {
    const { log } = open(host);
    for (let at = 0; at < 10; at++) remember(log, `out${at}`);
    log.close();
  }
  const { log } = open(host);
  expect(keys(log)).toHaveLength(10);
  expect(bytesOf(host).length).toBeLessThan(300_000);
  expect(log.file('out9')?.trusted).toBe(true);
});

test('after a power cut the files of the last session are read again', () => {
  const host = new MemoryHost({ '/proc/sys/kernel/random/boot_id': 'first\n' });
  remember(open(host).log, 'ended well');
  open(host).log.close();
  remember(open(host).log, 'cut off');
  host.write('/proc/sys/kernel/random/boot_id', 'second\n');
  const { log } = open(host);
  expect(log.file('cut off')?.trusted).toBe(false);
  expect(log.file('common.h')?.trusted).toBe(false);
});

function bytesOf(host: MemoryHost): Uint8Array {
  const bytes = host.files.readBytes(path);
  if (!bytes.ok) throw new Error(bytes.error.reason);
  return bytes.value;
}

test('a long log is indexed: what is known through the index is what was written', () => {
  const host = filled(400);
  expect(host.files.exists(`${path}.index`)).toBe(false);
  open(host).log.close();
  expect(host.files.exists(`${path}.index`)).toBe(true);
  const { log } = open(host);
  expect(keys(log)).toHaveLength(400);
  const record = log.action('out7');
  expect(record?.inputs.map((id) => log.content(id).path)).toEqual(['out7.c']);
  expect(log.file('common.h')?.trusted).toBe(true);
  expect(log.action('unknown')).toBeUndefined();
  remember(log, 'out7');
  remember(log, 'later');
  log.forget('out8');
  log.close();
  const again = open(host).log;
  expect(keys(again)).toHaveLength(400);
  expect(again.action('out8')).toBeUndefined();
  expect(again.action('later')).toBeDefined();
  // Known contents are not written anew.
  expect(again.action('out7')?.inputs).toEqual(record?.inputs);
});

test('an index that is damaged, or of another log, is not used', () => {
  const host = filled(400);
  open(host).log.close();
  const log = bytesOf(host);
  const index = host.files.readBytes(`${path}.index`);
  if (!index.ok) throw new Error(index.error.reason);
  fc.assert(
    fc.property(fc.nat(index.value.length - 1), fc.nat(log.length - 500), (inIndex, inLog) => {
      const bytes = index.value.slice();
      bytes[inIndex] = (bytes[inIndex] ?? 0) ^ 1;
      host.write(`${path}.index`, bytes);
      host.write(path, log);
      expect(keys(open(host).log)).toHaveLength(400);
      host.write(`${path}.index`, index.value);
      host.write(path, log.subarray(0, inLog));
      expect(keys(open(host).log).length).toBeLessThan(400);
    }),
    { numRuns: 20 },
  );
});

test('a log that is borrowed is read, and what is added to it seen by nobody else', () => {
  const host = new MemoryHost();
  const { log } = open(host);
  remember(log, 'out1');
  const before = host.files.readBytes(path);
  const opened = openActionLog(host, path, { borrowed: true });
  if (!opened.ok) throw new Error(opened.error.reason);
  const { log: borrowed } = opened.value;
  remember(borrowed, 'out2');
  expect(keys(borrowed)).toEqual(['out1', 'out2']);
  expectOut1(borrowed);
  borrowed.close();
  expect(host.files.readBytes(path)).toEqual(before);
  // Who has it goes on to write.
  remember(log, 'out3');
  log.close();
  expect(keys(open(host).log)).toEqual(['out1', 'out3']);
});
