import { expect, test } from 'vitest';
import { parseLock } from '../../../src/cargo/lock/lock.ts';
import { lockChanges } from '../../../src/cargo/lock/lock-changes.ts';
import { styleOf, wrapText, wrapTextFor } from '../../../src/cli/crates/crate-wrap.ts';
import { loadWraps } from '../../../src/wrap/wrap-set.ts';
import { MemoryHost } from '../../support/memory-host.ts';

function lockOf(...crates: readonly string[]) {
  const text = crates.map((each) => {
    const [name, version] = each.split(' ');
    return `[[package]]\nname = "${name}"\nversion = "${version}"\nsource = "registry+https://registry.example"\nchecksum = "${'c'.repeat(64)}"\n`;
  });
  const lock = parseLock({ path: 'Cargo.lock', text: `version = 3\n${text.join('')}` });
  if (!lock.ok) throw new Error('the lock of the test is wrong');
  return lock.value;
}

function only(crate: string) {
  const [made] = lockOf(crate).packages;
  if (made === undefined) throw new Error('no package');
  return made;
}

function changesOf(before: readonly string[], now: readonly string[]): readonly string[] {
  return lockChanges(lockOf(...before), lockOf(...now)).map((change) => {
    const from = change.kind === 'added' ? '' : change.before.version;
    const to = change.kind === 'removed' ? '' : change.now.version;
    return `${change.kind} ${from}>${to}`;
  });
}

test('a lock that changed is told as crates that came, went and changed', () => {
  expect(changesOf(['a 1.0.0'], ['a 1.0.0', 'b 1.0.0'])).toEqual(['added >1.0.0']);
  expect(changesOf(['a 1.0.0'], ['a 2.0.0'])).toEqual(['changed 1.0.0>2.0.0']);
  expect(changesOf(['a 1.0.0', 'a 2.0.0'], ['a 1.0.1', 'a 2.0.1'])).toEqual([
    'changed 1.0.0>1.0.1',
    'changed 2.0.0>2.0.1',
  ]);
  expect(changesOf(['a 1.0.0', 'a 2.0.0'], ['a 2.0.0'])).toEqual(['removed 1.0.0>']);
});

test('a wrap is as the others of the project are', () => {
  const host = new MemoryHost({
    'subprojects/syn-2-rs.wrap':
      '[wrap-file]\ndirectory = syn-2.0.66\nsource_url = https://mirror.example/crates/syn/2.0.66/download\nsource_filename = syn-2.0.66.tar.gz\nsource_hash = 1\n',
  });
  const wraps = loadWraps(host, '/project/subprojects', 'subprojects');
  if (!wraps.ok) throw new Error('the wrap of the test is wrong');
  expect(wrapText(only('itoa 1.0.15'), { style: styleOf(wraps.value), hasRules: true })).toBe(
    [
      '[wrap-file]',
      'directory = itoa-1.0.15',
      'source_url = https://mirror.example/crates/itoa/1.0.15/download',
      'source_filename = itoa-1.0.15.tar.gz',
      `source_hash = ${'c'.repeat(64)}`,
      'patch_directory = itoa-1-rs',
      'method = meson',
      '',
    ].join('\n'),
  );
});

test('a wrap of another version keeps its comments, rules and layout', () => {
  const text = [
    '# why this one: 1.0.0',
    '[wrap-file]',
    'directory=itoa-1.0.0',
    'source_url = https://mirror.example/itoa/1.0.0.crate',
    'source_filename  =  itoa-1.0.0.crate',
    'source_hash = old',
    'diff_files = itoa-1.0.0.patch',
    '',
    '[provide]',
    'dependency_names = itoa-1-rs',
    '',
  ].join('\n');
  expect(wrapTextFor(text, only('itoa 1.0.0'), only('itoa 2.0.0'))).toBe(
    [
      '# why this one: 1.0.0',
      '[wrap-file]',
      'directory=itoa-2.0.0',
      'source_url = https://mirror.example/itoa/2.0.0.crate',
      'source_filename  =  itoa-2.0.0.crate',
      `source_hash = ${'c'.repeat(64)}`,
      'diff_files = itoa-1.0.0.patch',
      '',
      '[provide]',
      'dependency_names = itoa-2-rs',
      '',
    ].join('\n'),
  );
});
