import type { Toolchain } from '../../model/toolchain.ts';
import { familyOf } from '../family.ts';

/** Vector instructions that compilers can be told to use, in the order in which code asks for them. */
export const instructionSets = [
  ...(['mmx', 'sse', 'sse2', 'sse3', 'ssse3', 'sse41', 'sse42'] as const),
  ...(['avx', 'avx2', 'neon'] as const),
] as const;

export type InstructionSet = (typeof instructionSets)[number];

const gccArguments: Readonly<Record<InstructionSet, string>> = {
  mmx: '-mmmx',
  sse: '-msse',
  sse2: '-msse2',
  sse3: '-msse3',
  ssse3: '-mssse3',
  sse41: '-msse4.1',
  sse42: '-msse4.2',
  avx: '-mavx',
  avx2: '-mavx2',
  neon: '-mfpu=neon',
};

/** The arguments for a set; undefined where the compiler has none. It may still refuse them. */
export function instructionSetArguments(
  toolchain: Toolchain,
  set: InstructionSet,
): readonly string[] | undefined {
  return familyOf(toolchain).argumentSyntax === 'gcc' ? [gccArguments[set]] : undefined;
}
