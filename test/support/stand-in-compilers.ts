import type { Machine } from '../../src/model/machine.ts';
import type { DetectRequest } from '../../src/toolchains/detect/request.ts';
import type { MemoryHost } from './memory-host.ts';

export const linuxMachine: Machine = {
  system: 'linux',
  subsystem: 'linux',
  kernel: 'linux',
  cpuFamily: 'x86_64',
  cpu: 'x86_64',
  endian: 'little',
};

/** A question for a compiler of the host machine, with programs as a machine file would name them. */
export function detectRequest(
  language: string,
  binaries: Readonly<Record<string, readonly string[]>> = {},
  more: Partial<DetectRequest> = {},
): DetectRequest {
  return {
    language,
    machine: 'host',
    machineInfo: linuxMachine,
    cross: false,
    binary: (name) => binaries[name],
    compileArgs: [],
    linkArgs: [],
    ...more,
  };
}

/** Installs a gcc that says of itself what the real one says, and takes any code without `#error`. */
export function installGcc(
  host: MemoryHost,
  name = 'cc',
  {
    version = `${name} (Debian 12.2.0-14) 12.2.0\nCopyright (C) 2022 Free Software Foundation, Inc.\n`,
    linker = 'GNU ld (GNU Binutils) 2.40',
    accepts = (_argv: readonly string[], code: string) => !code.includes('#error'),
    libraryFolder = (_argv: readonly string[]): string => '/usr/lib',
    macros = '',
    preprocessed = '',
    help = '',
    searched = '',
  } = {},
): void {
  host.program('ar', () => 'commands: [D] [T] @<file>\n');
  host.program(name, ({ argv, input }) => {
    if (argv.includes('--version')) return version;
    if (argv.includes('--help')) return help;
    if (argv.includes('-Wl,-v')) return accepts(argv, input) ? `${linker}\n` : 1;
    if (argv.includes('-Wl,--version')) return `${linker}\n`;
    if (argv.includes('-Wl,--verbose')) return `${searched}\n`;
    if (argv.includes('-Wl,--print-sysroot')) return '';
    if (argv.includes('--print-search-dirs')) return `libraries: =${libraryFolder(argv)}\n`;
    if (argv.includes('-dM'))
      return {
        stdout:
          '#define __GNUC__ 12\n#define __GNUC_MINOR__ 2\n#define __GNUC_PATCHLEVEL__ 0\n#define __SIZEOF_POINTER__ 8\n#define __USER_LABEL_PREFIX__ \n' +
          macros,
        stderr:
          '#include "..." search starts here:\n#include <...> search starts here:\n /usr/include\nEnd of search list.\n',
      };
    if (argv.includes('-E') && preprocessed !== '') return preprocessed;
    return accepts(argv, input) ? 0 : 1;
  });
}

/** Installs an LDC that takes any code. */
export function installLdc(host: MemoryHost, { frontEnd = '2.100.1' } = {}): void {
  host.program('ar', () => 'commands: [D] [T] @<file>\n');
  host.program('ldc2', ({ argv }) => {
    if (argv.includes('--version'))
      return `LDC - the LLVM D compiler (1.30.0):\n  based on DMD v${frontEnd} and LLVM 14.0.6\n`;
    return argv.includes('-L=--version') ? 'GNU ld (GNU Binutils) 2.40\n' : 0;
  });
}

/** Installs a rustc, with the C compiler that links for it. */
export function installRustc(host: MemoryHost): void {
  installGcc(host);
  host.program('rustc', ({ argv }) => {
    if (argv.includes('--version')) return 'rustc 1.95.0 (59807616e 2026-04-14)\n';
    if (argv.includes('-vV')) return 'host: x86_64-unknown-linux-gnu\n';
    if (argv.includes('native-static-libs'))
      return { stderr: 'note: native-static-libs: -lgcc_s -lutil -lc\n' };
    const cfgs = 'unix\ntarget_os="linux"\ntarget_arch="x86_64"\n';
    return argv.includes('sysroot') ? `/usr\n/usr/lib/rustlib\n${cfgs}` : 0;
  });
}
