import { expect, test } from 'vitest';
import { gitSources } from '../../../src/cli/release/vendor-crates.ts';

test('repositories of a lock file are replaced as manifests ask for them', () => {
  const lock = [
    'source = "git+https://example.org/a.git?tag=v1.0#0123"',
    'source = "git+https://example.org/b?branch=next%2Fbig#4567"',
    'source = "git+https://example.org/c#89ab"',
    'source = "registry+https://example.org/index"',
  ].join('\n');
  expect(gitSources(lock)).toEqual([
    '[source."git+https://example.org/a.git?tag=v1.0"]\ngit = "https://example.org/a.git"\ntag = "v1.0"\nreplace-with = "packed"',
    '[source."git+https://example.org/b?branch=next%2Fbig"]\ngit = "https://example.org/b"\nbranch = "next/big"\nreplace-with = "packed"',
    '[source."git+https://example.org/c"]\ngit = "https://example.org/c"\nreplace-with = "packed"',
  ]);
});
