import { expect, test } from 'vitest';
import { tableOfCrate } from '../../../src/cli/crates/table-of-crate.ts';

test('a crate is removed from the table that has it', () => {
  const text = [
    '[dependencies]\na = "1"\n[build-dependencies]\na = "1"\ncc = "1"\n[dev-dependencies]\nt = "1"\n',
    '[target."cfg(unix)".dependencies]\nlibc = "1"\n[target.x.build-dependencies]\nb = "1"\n',
  ].join('');
  const words = (crate: string) => tableOfCrate(text, crate).join(' ');
  expect(['a', 'cc', 't'].map(words)).toEqual(['', '--build', '--dev']);
  expect(words('libc')).toBe('--target cfg(unix)');
  expect(words('b')).toBe('--build --target x');
  expect(words('none')).toBe('');
});
