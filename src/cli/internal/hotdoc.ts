import { join } from 'node:path/posix';
import { readRequestWord } from '../../base/request-word.ts';
import type { HotdocRequest } from '../../eval/modules/hotdoc/target.ts';
import { destinationPath } from '../../release/destination.ts';
import { exitCodes, type Session } from '../session.ts';
import { copyFolder } from './copy-folder.ts';

/** `hotdoc REQUEST`: makes a manual as `hotdoc.generate_doc()` asks for it; for an install, copies it. */
export function hotdoc(session: Session, words: readonly string[]): number {
  const request = readRequestWord(words[0] ?? '') as HotdocRequest; // written by `hotdoc.generate_doc()`
  const { host, terminal } = session;
  const { ended, stdout, stderr } = host.processes.run({
    argv: request.command,
    workingDirectory: request.folder,
    environment: host.system.environment,
  });
  terminal.write(stdout + stderr);
  const code = ended.kind === 'exited' ? ended.code : exitCodes.failed;
  if (code !== exitCodes.ok || request.install === undefined) return code;
  const { from, to } = request.install;
  const destdir = host.system.environment['DESTDIR'] ?? '';
  const folder = destinationPath({ destdir, prefix: '/' }, to);
  host.files.remove(folder);
  const copied = copyFolder(session, join(request.folder, from), folder);
  return copied ? exitCodes.ok : exitCodes.failed;
}
