import { openBuild } from '../build/open-build.ts';
import { removeBuilt } from '../build/remove-built.ts';
import type { Session } from '../session.ts';
import { parseWords, text } from '../words/parse-words.ts';

/** `kaon clean` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const parsed = parseWords(
    session.terminal,
    {
      name: 'clean',
      summary: 'Remove what was built.',
      define: (command) => command.option('-C <dir>', 'The build directory'),
    },
    words,
  );
  if (parsed.kind === 'exit') return parsed.code;
  const opened = await openBuild(session, { directory: text(parsed.options, 'C'), asItIs: true });
  if (!opened.ok) return opened.error;
  const code = removeBuilt(session, opened.value);
  opened.value.release();
  return code;
}
