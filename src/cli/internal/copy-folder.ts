import { join } from 'node:path/posix';
import type { Result } from '../../base/result.ts';
import type { FileFault } from '../../host/host.ts';
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

/** Copies one file with its mode; false where it could not, and that is told. */
export function copyFile(session: Session, from: string, to: string): boolean {
  return isCopied(session, from, session.host.files.copy(from, to));
}

/** What a file holds alone: with permissions as any new file has them. */
export function copyContent(session: Session, from: string, to: string): boolean {
  const { files } = session.host;
  const read = files.readBytes(from);
  return isCopied(session, from, read.ok ? files.write(to, read.value) : read);
}

function isCopied(
  { terminal }: Session,
  from: string,
  result: Result<unknown, FileFault>,
): boolean {
  if (!result.ok) terminal.printError(`kaon: ${from} cannot be copied: ${result.error.reason}`);
  return result.ok;
}
