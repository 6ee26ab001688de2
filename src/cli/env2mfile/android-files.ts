import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';

/** Cross files for every compiler of every Android NDK in the home folder: name → text. */
export function androidFiles(host: Host): Result<ReadonlyMap<string, string>, string> {
  const { files, system } = host;
  const isMac = system.platform === 'darwin';
  const sdk = posix.join(system.homeDirectory, isMac ? 'Library/Android/Sdk' : 'Android/Sdk');
  if (!files.isDirectory(sdk)) return err(`Could not locate Android SDK root in ${sdk}.`);
  const ndks = posix.join(sdk, 'ndk');
  const versions = files.list(ndks);
  if (!versions.ok) return err(`Could not locate Android ndk in ${ndks}`);
  const made = new Map<string, string>();
  for (const version of versions.value) {
    const root = posix.join(ndks, version);
    if (!files.isDirectory(root)) continue;
    const builder = isMac ? 'darwin-x86_64' : 'linux-x86_64';
    const toolchain = posix.join(root, 'toolchains/llvm/prebuilt', builder);
    const programs = files.list(posix.join(toolchain, 'bin'));
    if (!programs.ok) return err(`Could not detect toolchain in ${toolchain}.`);
    const missing = ['llvm-ar', 'llvm-strip'].find((name) => !programs.value.includes(name));
    if (missing !== undefined) return err(`Could not detect ${missing} in ${toolchain}.`);
    for (const program of programs.value) {
      const [, cpu = '', level = ''] = /^([^-]+)-linux-([^-]+)-clang\+\+$/.exec(program) ?? [];
      if (cpu === '') continue;
      const text = crossFile(posix.join(toolchain, 'bin'), { cpu, program });
      made.set(`android-${version}-${level}-${cpu}-cross.txt`, text);
    }
  }
  return ok(made);
}

const families: Readonly<Record<string, string>> = { armv7a: 'arm', i686: 'x86' };

function crossFile(
  folder: string,
  { cpu, program }: { readonly cpu: string; readonly program: string },
): string {
  const compiler = posix.join(folder, program);
  return [
    '[binaries]',
    `c = '${compiler.replace(/\+\+$/, '')}'`,
    `cpp = '${compiler}'`,
    `ar = '${posix.join(folder, 'llvm-ar')}'`,
    `strip = '${posix.join(folder, 'llvm-strip')}'`,
    '',
    '[host_machine]',
    "system = 'android'",
    `cpu_family = '${families[cpu] ?? cpu}'`,
    `cpu = '${cpu}'`,
    "endian = 'little'",
    '',
  ].join('\n');
}
