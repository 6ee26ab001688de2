import type { System } from '../../host/host.ts';
import type { Machine } from '../../model/machine.ts';

/** The machine kaon runs on. `defines` are macros of a compiler that was found: they tell 32 bits apart. */
export function detectMachine(
  { platform, machine }: Pick<System, 'platform' | 'machine'>,
  defines: Readonly<Record<string, string>> = {},
): Machine {
  const system = systems[platform] ?? platform;
  const family = cpuFamily(machine.toLowerCase(), defines);
  return {
    system,
    subsystem: system === 'darwin' ? 'macos' : system,
    kernel: kernels[system],
    cpuFamily: family,
    cpu: cpu(machine.toLowerCase(), defines),
    endian: bigEndian.test(machine.toLowerCase()) ? 'big' : 'little',
  };
}

const systems: Readonly<Record<string, string>> = { win32: 'windows', sunos: 'sunos' };

const kernels: Readonly<Record<string, string>> = {
  freebsd: 'freebsd',
  openbsd: 'openbsd',
  netbsd: 'netbsd',
  windows: 'nt',
  android: 'linux',
  linux: 'linux',
  cygwin: 'nt',
  darwin: 'xnu',
  dragonfly: 'dragonfly',
  haiku: 'haiku',
  gnu: 'gnu',
};

const bigEndian = /^(s390|aarch64_be|armeb|mips(64)?$|ppc64$|ppc$|sparc|parisc|hppa|m68k)/;

function cpuFamily(machine: string, defines: Readonly<Record<string, string>>): string {
  const family = canonicalFamily(machine);
  if (family === 'x86_64' && '__i386__' in defines) return 'x86';
  if (family === 'aarch64' && '__arm__' in defines) return 'arm';
  if (family === 'parisc64') return 'parisc';
  return family;
}

function canonicalFamily(machine: string): string {
  if (/^i.*86$/.test(machine) || machine === 'bepc') return 'x86';
  if (machine === 'arm64' || machine.startsWith('aarch64')) return 'aarch64';
  if (/^e?arm/.test(machine)) return 'arm';
  if (/^(powerpc64|ppc64)/.test(machine)) return 'ppc64';
  if (/^(powerpc|ppc)/.test(machine) || machine === 'macppc') return 'ppc';
  if (['amd64', 'x64', 'i86pc'].includes(machine)) return 'x86_64';
  if (machine === 'sun4u' || machine === 'sun4v') return 'sparc64';
  if (machine.startsWith('mips')) return machine.includes('64') ? 'mips64' : 'mips';
  return machine;
}

function cpu(machine: string, defines: Readonly<Record<string, string>>): string {
  if (['amd64', 'x64', 'i86pc', 'x86_64'].includes(machine))
    return '__i386__' in defines ? 'i686' : 'x86_64';
  if (/^(aarch64|arm64)/.test(machine)) return '__arm__' in defines ? 'arm' : 'aarch64';
  if (machine.startsWith('earm')) return 'arm';
  if (machine.startsWith('mips')) return machine.includes('64') ? 'mips64' : 'mips';
  return machine;
}
