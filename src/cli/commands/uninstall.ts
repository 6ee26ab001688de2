import { uninstall } from '../../release/uninstall.ts';
import { openBuild } from '../build/open-build.ts';
import { exitCodes, type Session } from '../session.ts';
import { parseWords, text } from '../words/parse-words.ts';

/** `kaon uninstall` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const { host, terminal } = session;
  const parsed = parseWords(
    terminal,
    {
      name: 'uninstall',
      summary: 'Remove what the last `kaon install` installed.',
      define: (command) => command.option('-C <dir>', 'The build directory'),
    },
    words,
  );
  if (parsed.kind === 'exit') return parsed.code;
  const opened = await openBuild(session, { directory: text(parsed.options, 'C'), asItIs: true });
  if (!opened.ok) return opened.error;
  const { buildRoot } = opened.value.state;
  const done = uninstall({ host, buildRoot, print: (line) => terminal.print(line) });
  opened.value.release();
  return done ? exitCodes.ok : exitCodes.failed;
}
