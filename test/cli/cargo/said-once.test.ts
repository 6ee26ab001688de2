import { expect, test } from 'vitest';
import { withSaidOnce } from '../../../src/cli/cargo/said-once.ts';
import { formatCommandLine, mergedRecord } from '../../../src/store/setup/cmd-line-file.ts';
import { commandLinePath, loadCommandLine } from '../../../src/store/setup/setup-state.ts';
import { MemoryHost } from '../../support/memory-host.ts';

/** A build directory of which commands ask one after the other; each tells what is set then. */
function commands(files: Readonly<Record<string, string>>) {
  const host = new MemoryHost({ 'build/meson-private/x': '', ...files });
  return (options: Readonly<Record<string, string>>) => {
    const buildRoot = '/project/build';
    const set = withSaidOnce(
      host.files,
      { kind: 'to-set-up', sourceRoot: '/project', buildRoot },
      new Map(Object.entries(options)),
    );
    const before = loadCommandLine(host.files, buildRoot);
    const record = mergedRecord(before, { options: set, crossFiles: [], nativeFiles: [] });
    host.files.write(commandLinePath(buildRoot), formatCommandLine(record));
    const { said_once: _once, ...now } = Object.fromEntries(
      loadCommandLine(host.files, buildRoot).options,
    );
    return now;
  };
}

test('--locked and --offline hold for one command, and features stay', () => {
  const run = commands({ 'Cargo.toml': '' });
  expect(run({ locked: 'true', features: 'f' })).toEqual({ locked: 'true', features: 'f' });
  expect(run({ locked: 'true' })).toEqual({ locked: 'true', features: 'f' });
  expect(run({ wrap_mode: 'nodownload' })).toEqual({ wrap_mode: 'nodownload', features: 'f' });
  expect(run({})).toEqual({ features: 'f' });
});

test('what was set for all commands stays as it was', () => {
  const kept = '[options]\nlocked = true\n';
  const run = commands({ 'Cargo.toml': '', 'build/meson-private/cmd_line.txt': kept });
  expect(run({ locked: 'true', wrap_mode: 'nodownload' })).toEqual({
    locked: 'true',
    wrap_mode: 'nodownload',
  });
  expect(run({})).toEqual({ locked: 'true' });
});

test('where a build file decides, words are options as any', () => {
  const run = commands({ 'meson.build': '' });
  expect(run({ wrap_mode: 'nodownload' })).toEqual({ wrap_mode: 'nodownload' });
  expect(run({})).toEqual({ wrap_mode: 'nodownload' });
});
