import { gzipSync } from 'node:zlib';

/** An entry of a tar archive, written as it stands: nothing is checked or tidied. */
export interface TarEntry {
  readonly path: string;
  readonly content?: string;
  /** `0` file, `1` hard link, `2` symbolic link, `3` character device, `5` folder, `6` pipe, `x` pax header. */
  readonly type?: string;
  readonly target?: string;
  readonly mode?: number;
  /** Instead of the length of `content`. */
  readonly size?: number;
  /** Instead of the right one. */
  readonly checksum?: number;
  /** Changes the header's bytes before its checksum is taken. */
  readonly edit?: (header: Buffer) => void;
}

/** A tar archive of these entries, with the two empty blocks at its end. */
export function tarOf(entries: readonly TarEntry[]): Uint8Array {
  return Buffer.concat([...entries.flatMap(blocks), Buffer.alloc(1024)]);
}

export function tarGzOf(entries: readonly TarEntry[]): Uint8Array {
  return gzipSync(tarOf(entries));
}

/** A symbolic link. */
export function link(path: string, target: string): TarEntry {
  return { path, type: '2', target };
}

/** A hard link; `target` is a path of the archive. */
export function hard(path: string, target: string): TarEntry {
  return { path, type: '1', target };
}

/** A pax header that gives the entry after it a path or a link target of any length and content. */
export function pax(records: Readonly<Record<string, string>>): TarEntry {
  const lines = Object.entries(records).map(([key, value]) => {
    const rest = ` ${key}=${value}\n`;
    const bytes = Buffer.byteLength(rest);
    let length = bytes + String(bytes).length;
    if (bytes + String(length).length !== length) length = bytes + String(length).length;
    return `${length}${rest}`;
  });
  return { path: 'PaxHeader/x', type: 'x', content: lines.join('') };
}

function blocks(entry: TarEntry): Buffer[] {
  const content = Buffer.from(entry.content ?? '');
  const header = Buffer.alloc(512);
  const octal = (value: number, at: number, length: number): void => {
    header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
  };
  header.write(entry.path, 0, 100, 'utf8');
  octal(entry.mode ?? 0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(entry.size ?? content.length, 124, 12);
  octal(1_600_000_000, 136, 12);
  header.write(' '.repeat(8), 148, 'latin1');
  header.write(entry.type ?? '0', 156, 'latin1');
  header.write(entry.target ?? '', 157, 100, 'utf8');
  header.write('ustar\0' + '00', 257, 'latin1');
  entry.edit?.(header);
  const sum = entry.checksum ?? header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
}
