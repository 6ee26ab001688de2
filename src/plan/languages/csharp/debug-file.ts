import { join } from 'node:path/posix';
import type { BuildTarget } from '../../../model/target.ts';

/** Beside libraries, Meson looks for one everywhere; beside programs on Windows alone. */
export function debugFile({ name, type, buildSubdir }: BuildTarget): string | undefined {
  return type === 'shared-library' ? join(buildSubdir, `${name}.pdb`) : undefined;
}
