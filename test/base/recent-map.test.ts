import { expect, test } from 'vitest';
import { RecentMap } from '../../src/base/recent-map.ts';

test('what was asked for lately is kept, and no more than twice as much as was said', () => {
  const map = new RecentMap<number, string>(10);
  for (let key = 0; key < 100; key++) {
    map.set(key, `${key}`);
    // One that is asked for again and again stays.
    expect(map.get(0)).toBe('0');
  }
  const kept = Array.from({ length: 100 }, (_, key) => map.get(key)).filter(
    (it) => it !== undefined,
  );
  expect(kept.length).toBeLessThanOrEqual(20);
  expect(kept).toContain('99');
});

test('what is kept of a key is told', () => {
  const kept: string[] = [];
  const map = new RecentMap<string, number>(1, (key) => {
    kept.push(key);
    return key.toLowerCase();
  });
  map.set('A', 1);
  map.set('B', 2);
  // Asked for again it is kept anew.
  expect([map.get('a'), kept]).toEqual([1, ['A', 'B', 'a']]);
});
