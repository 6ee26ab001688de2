import { describe, expect, test } from 'vitest';
import { takeRedone } from '../../../src/exec/redo/take-redone.ts';
import { hashBytes, hexOf } from '../../../src/store/format/file-content.ts';
import { openActionLog } from '../../../src/store/log/action-log.ts';
import { bytesChecksum } from '../../../src/store/no-op/no-op-proof.ts';
import { MemoryHost } from '../../support/memory-host.ts';
import { tinyGraph } from '../tiny-build.ts';

const folder = '/project/build/meson-private/kaon-noop';
const place = { buildDirectory: '/project/build' };
const graph = tinyGraph('app: cc /project/main.rs other ; depfile');

/** A build directory whose program was made anew from `second`, of which the log knows only `first`. */
function redone(damage = (text: string) => text, more: readonly string[] = []) {
  const host = new MemoryHost({ 'main.rs': 'first', 'build/app': 'FIRST', 'build/other': 'same' });
  const opened = openActionLog(host, '/project/build/log');
  if (!opened.ok) throw new Error('the log cannot be opened');
  const { log } = opened.value;
  const known = (path: string, text: string) =>
    log.intern({ path, hash: hashBytes(text), executable: false });
  log.succeed({
    key: 'app',
    command: { digest: hashBytes('rustc'), parts: ['rustc'] },
    inputs: [known('/project/main.rs', 'first'), known('other', 'same')],
    discovered: [],
    outputs: [known('app', 'FIRST')],
    environment: [],
    durationMs: 7,
  });
  host.tick();
  host.write('main.rs', 'second');
  host.write('build/app', 'SECOND');
  host.files.makeDirectory(folder);
  host.write('build/meson-private/kaon-noop/stamps', 'proof');
  const stamp = (path: string) => {
    const { ctimeNs, inode, size } = host.files.stat(path) ?? {};
    return `${ctimeNs} ${inode} ${size}`;
  };
  const words = [
    ...['file', '/project/main.rs', stamp('/project/main.rs')],
    ...['file', 'app', stamp('/project/build/app')],
    ...['done', 'app', '0 0 0'],
    ...more,
  ];
  const text = words.map((word) => `${word}\0`).join('');
  const sum = `sum\0${bytesChecksum(Buffer.from(text))}\0\0`;
  host.write('build/meson-private/kaon-noop/ahead', damage(text + sum));
  const held = () => {
    const record = log.action('app');
    const { inputs = [], discovered = [], outputs = [] } = record ?? {};
    const all = [...inputs, ...discovered, ...outputs];
    return all.map((id) => hexOf(log.content(id).hash));
  };
  return { host, log, held };
}

const hashes = (...texts: readonly string[]) => texts.map((text) => hexOf(hashBytes(text)));

test('the log hears of what was made again without it, once', () => {
  const { host, log, held } = redone();
  expect(takeRedone({ host, graph, log, place })).toBe(true);
  expect(held()).toEqual(hashes('second', 'same', 'SECOND'));
  expect(host.files.exists(`${folder}/ahead`)).toBe(false);
  expect(host.files.exists(`${folder}/stamps`)).toBe(true);
  expect(takeRedone({ host, graph, log, place })).toBe(true);
});

test('where a file changed since, the log stays as it is, and no proof stands', () => {
  const { host, log, held } = redone();
  host.tick();
  host.write('build/app', 'THIRD!');
  expect(takeRedone({ host, graph, log, place })).toBe(false);
  expect(held()).toEqual(hashes('first', 'same', 'FIRST'));
  expect(host.files.exists(`${folder}/ahead`)).toBe(false);
  expect(host.files.exists(`${folder}/stamps`)).toBe(false);
});

test('a source that was touched since is known by what it held', () => {
  const source = '/project/main.rs';
  const digits = hexOf(hashBytes('second'));
  const { host, log, held } = redone((text) => text, ['held', source, digits]);
  host.tick();
  host.write('main.rs', 'second');
  expect(takeRedone({ host, graph, log, place })).toBe(true);
  expect(held()).toEqual(hashes('second', 'same', 'SECOND'));
  // Of an earlier run nothing is told by what a later one compiled.
  const again = redone((text) => text, [...['held', source, digits], ...['file', source, '1 2 3']]);
  expect(takeRedone({ ...again, graph, place })).toBe(false);
});

test('a source that is edited in the moment in which it is read is not taken for what was compiled', () => {
  const { host, log, held } = redone();
  host.tick();
  host.files.refuse = (operation, path) => {
    if (operation === 'read' && path === '/project/main.rs') host.write('main.rs', 'third!');
    return undefined;
  };
  expect(takeRedone({ host, graph, log, place })).toBe(false);
  expect(held()).toEqual(hashes('first', 'same', 'FIRST'));
});

test('what was done once and is to be done again is not known', () => {
  const { host, log, held } = redone((text) => text, ['undone', 'app', '0 0 0']);
  expect(takeRedone({ host, graph, log, place })).toBe(true);
  expect(held()).toEqual(hashes('first', 'same', 'FIRST'));
});

describe('what read other files than before', () => {
  /** As compiled at 1,700,000,100 s, with a header that was not read before. */
  const compiled = (headerAtMs: number) => {
    const startedAtNs = 1_700_000_100_000_000_000n;
    const made = redone((text) => text, ['reads', 'app', `${startedAtNs} 0 0`]);
    made.host.write('new.h', 'new');
    const atNs = BigInt(headerAtMs) * 1_000_000n;
    made.host.files.stamp('new.h', { ctimeNs: atNs, mtimeNs: atNs });
    made.host.tick(200_000);
    return made;
  };

  test('is known with these, where they stayed as they were', () => {
    const { host, log, held } = compiled(1_700_000_090_123);
    host.write('build/app.d', 'app: /project/main.rs other /project/new.h\n');
    expect(takeRedone({ host, graph, log, place })).toBe(true);
    expect(held()).toEqual(hashes('second', 'same', 'new', 'SECOND'));
  });

  test('is made again where one of these changed while it was made, is gone, or is not told', () => {
    for (const [atMs, depfile] of [
      [1_700_000_099_999, 'app: /project/new.h\n'],
      [1_700_000_101_000, 'app: /project/new.h\n'],
      [1_700_000_090_123, 'app: /project/gone.h\n'],
      [1_700_000_090_123, ''],
      [1_700_000_090_123, undefined],
    ] as const) {
      const { host, log, held } = compiled(atMs);
      if (depfile !== undefined) host.write('build/app.d', depfile);
      expect(takeRedone({ host, graph, log, place })).toBe(false);
      expect(held()).toEqual(hashes('first', 'same', 'FIRST'));
    }
  });
});

test('a journal that was cut off or damaged is not believed', () => {
  const damages: readonly ((text: string) => string)[] = [
    (text) => `${text}fil`,
    (text) => `${text}file\0app\0`,
    (text) => `${text}file\0app\0stamp\0`,
    (text) => `${text}what\0app\0stamp\0`,
    (text) => text.slice(0, text.indexOf('sum\0')),
    (text) => text.slice(0, -2),
    (text) => text.replace('done\0app', 'done\0apq'),
    (text) => text.replace(/^file.*?\0done/s, 'done'),
  ];
  for (const damage of damages) {
    const { host, log, held } = redone(damage);
    expect(takeRedone({ host, graph, log, place })).toBe(false);
    expect(held()).toEqual(hashes('first', 'same', 'FIRST'));
  }
});
