import { describe, expect, test } from 'vitest';
import { hostileArchives } from '../support/hostile-archives.ts';
import { laid, prepare, projectWith } from './workshop.ts';

test('there are sixty kinds of hostile archives and more', () => {
  expect(hostileArchives.length).toBeGreaterThanOrEqual(60);
  expect(new Set(hostileArchives.map(({ what }) => what)).size).toBe(hostileArchives.length);
});

describe('a hostile archive is refused, with its entry and the rule, and leaves nothing', () => {
  test.each(hostileArchives)('$what', async ({ name, bytes, entry, rule }) => {
    const host = projectWith(bytes(), [], name);
    const before = host.files.snapshot();
    const said = await prepare(host);
    expect(said).toMatch(rule);
    expect(said).toContain(`subprojects/foo.wrap:1:0: ERROR: ${name}`);
    if (entry !== undefined) expect(said).toContain(`entry "${entry}`);
    expect(host.files.snapshot()).toEqual(before);
    expect(laid(host)).toEqual([]);
  });
});
