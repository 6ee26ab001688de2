import type { FileStat } from './host.ts';

/** Whether the system says the same of a file as it did, without reading it. */
export function sameStat(a: FileStat, b: FileStat): boolean {
  return (
    a.mtimeNs === b.mtimeNs &&
    a.size === b.size &&
    a.ctimeNs === b.ctimeNs &&
    a.inode === b.inode &&
    a.mode === b.mode &&
    a.kind === b.kind
  );
}
