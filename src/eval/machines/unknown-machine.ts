import type { Sections } from './machine-file.ts';

/** What is told of machines that cross files describe in words which nobody knows. */
export function unknownMachines(sections: Sections): readonly string[] {
  const told = new Set<string>();
  for (const name of ['host_machine', 'target_machine']) {
    const family = sections.get(name)?.get('cpu_family');
    const endian = sections.get(name)?.get('endian');
    if (family !== undefined && !cpuFamilies.has(String(family)))
      told.add(
        `Unknown CPU family ${family}, please report this at https://github.com/mesonbuild/meson/issues/new`,
      );
    if (endian !== undefined && endian !== 'little' && endian !== 'big')
      told.add(`Unknown endian ${endian}`);
  }
  return [...told];
}

/** Meson's reference tables, "CPU families". */
const cpuFamilies: ReadonlySet<string> = new Set(
  (
    'aarch64 alpha arc arm avr c2000 c6000 csky dspic e2k ft32 ia64 loongarch64 m68k microblaze ' +
    'mips mips64 msp430 parisc pic24 pic32 ppc ppc64 riscv32 riscv64 rl78 rx s390 s390x sh4 sparc ' +
    'sparc64 sw_64 tricore wasm32 wasm64 x86 x86_64'
  ).split(' '),
);
