import { expect, test } from 'vitest';
import { defaultLibdir } from '../../src/eval/machines/default-libdir.ts';
import { MemoryHost } from '../support/memory-host.ts';

/** A Debian whose gcc has a name, and which `dpkg-architecture` calls something else. */
function debian(gcc: string, environment: Readonly<Record<string, string>> = {}): MemoryHost {
  const host = new MemoryHost(
    { '/etc/debian_version': '12\n' },
    { environment: { PATH: '/usr/bin', ...environment } },
  );
  host.program('dpkg-architecture', () => 'asked\n');
  host.program(gcc, () => 0);
  host.files.symlink(gcc, '/usr/bin/gcc');
  return host;
}

test("Debian's gcc tells its machine by its name, and nothing is run", () => {
  const host = debian('x86_64-linux-gnu-gcc-12');
  expect(defaultLibdir(host)).toBe('lib/x86_64-linux-gnu');
  expect(defaultLibdir(debian('i686-linux-gnu-gcc-12'))).toBe('lib/i386-linux-gnu');
  expect(host.processes.started).toEqual([]);
});

test('dpkg-architecture is asked where gcc is another, or the environment chooses', () => {
  expect(defaultLibdir(debian('gcc-12'))).toBe('lib/asked');
  expect(defaultLibdir(debian('unknown-linux-gnu-gcc-12'))).toBe('lib/asked');
  for (const name of ['CC', 'DEB_HOST_ARCH'])
    expect(defaultLibdir(debian('x86_64-linux-gnu-gcc-12', { [name]: 'x' }))).toBe('lib/asked');
});
