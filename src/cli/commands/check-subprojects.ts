import { findSubprojects } from '../crates/cargo-project.ts';
import { exitCodes, type Session } from '../session.ts';
import { checkSubprojects } from '../subprojects/check-subprojects.ts';
import { readPromises } from '../subprojects/subproject-promises.ts';
import { refuse } from '../terminal/refuse.ts';
import { shownDiagnostic } from '../terminal/terminal.ts';
import { parseWords, text } from '../words/parse-words.ts';

/** `kaon check-subprojects` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const { terminal, host } = session;
  const parsed = parseWords(
    terminal,
    {
      name: 'check-subprojects',
      summary: 'Compare Cargo.lock with the wraps, and the wraps with their build rules.',
      define: (command) => command.option('--sourcedir <dir>', 'The project', '.'),
    },
    words,
  );
  if (parsed.kind === 'exit') return parsed.code;
  const place = findSubprojects(session, text(parsed.options, 'sourcedir') ?? '.');
  if (!place.ok) return refuse(session, place.error);
  const promises = readPromises(session, place.value);
  const found = promises.ok ? checkSubprojects(host.files, promises.value) : promises.error;
  for (const diagnostic of found) terminal.print(shownDiagnostic(diagnostic, terminal));
  if (found.length > 0) {
    terminal.print(`${found.length} ${found.length === 1 ? 'difference' : 'differences'}.`);
    return exitCodes.failed;
  }
  terminal.print('Locks, wraps and rules agree.');
  return exitCodes.ok;
}
