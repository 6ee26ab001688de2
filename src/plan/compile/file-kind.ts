import { sourceKind } from '../../toolchains/languages.ts';

/** What a generated or given file means for the target that has it among its sources. */
export function fileRole(path: string): 'compiled' | 'object' | 'library' | 'header' | 'other' {
  const { kind } = sourceKind(path);
  switch (kind) {
    case 'source':
    case 'assembler':
    case 'llvm-ir':
      return 'compiled';
    case 'unknown':
      return 'other';
    default:
      return kind;
  }
}

/** Assembler is compiled file by file, never as part of a unity source. */
export function isAssembly(path: string): boolean {
  return ['assembler', 'llvm-ir'].includes(sourceKind(path).kind) || /\.(asm|masm)$/.test(path);
}

/** What stands behind the last dot of a path, without it. */
export function suffixOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
