import { join } from 'node:path/posix';
import type { Session } from '../session.ts';

/** Copies all of a folder; what cannot be copied is told. */
export function copyFolder(session: Session, from: string, to: string): boolean {
  const { files } = session.host;
  const names = files.list(from);
  if (!names.ok || !files.makeDirectory(to).ok) return false;
  return names.value.every((name) => {
    const [source, copy] = [join(from, name), join(to, name)];
    return files.isDirectory(source)
      ? copyFolder(session, source, copy)
      : copyFile(session, source, copy);
  });
}

export function copyFile({ host, terminal }: Session, from: string, to: string): boolean {
  const copied = host.files.copy(from, to);
  if (!copied.ok) terminal.printError(`kaon: ${from} cannot be copied: ${copied.error.reason}`);
  return copied.ok;
}

/** What a file holds alone: with permissions as any new file has them. */
export function copyContent({ host, terminal }: Session, from: string, to: string): boolean {
  const read = host.files.readBytes(from);
  const written = read.ok ? host.files.write(to, read.value) : read;
  if (!written.ok) terminal.printError(`kaon: ${from} cannot be copied: ${written.error.reason}`);
  return written.ok;
}
