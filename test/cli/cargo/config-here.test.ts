import { expect, test } from 'vitest';
import { withConfig } from '../../../src/cli/cargo/config-here.ts';
import { MemoryHost } from '../../support/memory-host.ts';

function optionIn(folder: string, words: readonly string[] = [], more = {}, from?: string) {
  const host = new MemoryHost({
    'Cargo.toml': '[workspace]\nmembers = ["a", "b"]\n',
    '.cargo/config.toml': '',
    'a/.cargo/config.toml': '',
    'a/src/lib.rs': '',
    'b/src/lib.rs': '',
    ...more,
  });
  const system = { ...host.system, workingDirectory: folder };
  const options = withConfig(
    { files: host.files, system },
    { kind: 'to-set-up', sourceRoot: '/project', buildRoot: '/project/build' },
    { words, from, options: new Map([['profile', 'x']]) },
  );
  return options.ok ? Object.fromEntries(options.value) : options.error;
}

test("the configuration of a member's folder counts for who is there, and what a command brings", () => {
  expect(optionIn('/project/a/src')).toEqual({
    profile: 'x',
    cargo_config: '{"folder":"/project/a"}',
  });
  expect(optionIn('/project/b')).toEqual({ profile: 'x' });
  expect(optionIn('/project/a', [], {}, '../b')).toEqual({ profile: 'x' });
  expect(optionIn('/project', ['build.jobs=1'])).toEqual({
    profile: 'x',
    cargo_config: '{"said":[{"kind":"value","text":"build.jobs=1","base":"/project"}]}',
  });
});

test('where a build file decides, a command brings none', () => {
  const meson = { 'meson.build': '' };
  expect(optionIn('/project/a', [], meson)).toEqual({ profile: 'x' });
  expect(optionIn('/project', ['build.jobs=1'], meson)).toContain('meson.build decides here');
});
