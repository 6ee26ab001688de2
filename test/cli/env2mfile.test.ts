import { expect, test } from 'vitest';
import { run } from '../../src/cli/commands/env2mfile.ts';
import { machineFileText } from '../../src/cli/env2mfile/machine-file-text.ts';
import { memorySession } from '../support/memory-session.ts';

test('a machine file has its sections in order, and quotes what it must', () => {
  const text = machineFileText({
    compilers: new Map([['c', ['ccache', 'gcc']]]),
    binaries: new Map([['ar', ["/it's/ar"]]]),
    compileArgs: new Map([['c', ['-O2']]]),
    linkArgs: new Map(),
    properties: new Map([['sys_root', '/s']]),
    machine: new Map([['cpu', 'arm']]),
  });
  expect(text).toBe(
    "[binaries]\n# Compilers\nc = ['ccache', 'gcc']\n\n# Other binaries\nar = ['''/it's/ar''']\n\n" +
      "[built-in options]\nc_args = ['-O2']\n\n[properties]\nsys_root = '/s'\n\n[host_machine]\ncpu = 'arm'\n",
  );
});

test('a cross file needs to be told of its machine', async () => {
  const { session, printed } = memorySession();
  expect(await run(session, ['--cross', '-o', 'x.ini', '--cpu', 'arm'])).toBe(2);
  expect(printed()).toContain('Cross property "system" missing, set it with --system.');
});

const architecture = [
  'DEB_HOST_ARCH=arm64',
  'DEB_HOST_ARCH_ENDIAN=little',
  'DEB_HOST_ARCH_OS=linux',
  'DEB_HOST_GNU_CPU=aarch64',
  'DEB_HOST_GNU_TYPE=aarch64-linux-gnu',
].join('\n');

test('a cross file for an architecture of Debian names its tools, CMake facts and machine', async () => {
  const { session, host } = memorySession();
  host.program('dpkg-architecture', () => architecture);
  for (const tool of ['gcc-12', 'g++-12', 'ar', 'strip', 'objcopy', 'ld', 'pkg-config'])
    host.program(`aarch64-linux-gnu-${tool}`, () => 0);
  host.program('cmake', () => 0);
  const words = ['--cross', '--debarch', 'arm64', '--gccsuffix=-12', '-o', '/x.ini'];
  expect(await run(session, words)).toBe(0);
  const written = host.files.readText('/x.ini');
  const text = written.ok ? written.value : '';
  expect(text).toContain("c = ['/usr/bin/aarch64-linux-gnu-gcc-12']");
  expect(text).toContain("pkg-config = ['/usr/bin/aarch64-linux-gnu-pkg-config']");
  expect(text).toContain("CMAKE_SYSTEM_NAME = 'Linux'\nCMAKE_SYSTEM_PROCESSOR = 'aarch64'");
  expect(text).toMatch(
    /\[host_machine\]\ncpu = 'aarch64'\ncpu_family = 'aarch64'\nendian = 'little'/,
  );
});

test('each compiler of an Android NDK gets a cross file', async () => {
  const { host: plain } = memorySession();
  const bin = `${plain.system.homeDirectory}/Android/Sdk/ndk/26.1/toolchains/llvm/prebuilt/linux-x86_64/bin`;
  const names = ['llvm-ar', 'llvm-strip', 'armv7a-linux-androideabi24-clang++'];
  const { session, host } = memorySession(
    Object.fromEntries(names.map((name) => [`${bin}/${name}`, ''])),
  );
  expect(await run(session, ['--android', '-o', '/out'])).toBe(0);
  const written = host.files.readText('/out/android-26.1-androideabi24-armv7a-cross.txt');
  expect(written.ok ? written.value : '').toContain("cpu_family = 'arm'\ncpu = 'armv7a'");
});
