import { expect, test } from 'vitest';
import { run } from '../../src/cli/commands/format.ts';
import { memorySession } from '../support/memory-session.ts';

test('where a Cargo.toml stands alone, kaon format says what formats its crates', async () => {
  const told = async (words: readonly string[], files: Readonly<Record<string, string>>) => {
    const { session, printed } = memorySession(files);
    return [await run(session, words), printed()];
  };
  const workspace = { 'Cargo.toml': '[workspace]\n' };
  const hint = expect.stringContaining('hint: "kaon compile rustfmt" formats the crates');
  expect(await told([], workspace)).toEqual([2, hint]);
  const missing = '\nERROR: Unable to read from meson.build\n';
  expect(await told([], {})).toEqual([2, missing]);
  expect(await told(['other.txt'], workspace)).toEqual([
    2,
    missing.replace('meson.build', 'other.txt'),
  ]);
});
