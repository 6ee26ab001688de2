import type { Command } from 'commander';
import type { CommandEntry } from '../command.ts';
import { completionScript, shells } from '../completion/script.ts';
import { parseWords } from '../parse-words.ts';
import { refuse } from '../say.ts';
import { exitCodes, type Session } from '../session.ts';

/** `kaon completion SHELL` */
export async function run(
  session: Session,
  words: readonly string[],
  commands: readonly CommandEntry[],
): Promise<number> {
  const usage = {
    name: 'completion',
    summary: 'Print what makes a shell complete words of kaon, with the targets of the build.',
    define: (command: Command) => command.argument('<shell>', `One of ${shells.join(', ')}`),
  };
  const parsed = parseWords(session.terminal, usage, words);
  if (parsed.kind === 'exit') return parsed.code;
  const shell = shells.find((each) => each === parsed.operands[0]);
  if (shell === undefined) {
    return refuse(
      session,
      `There is no completion for '${parsed.operands[0]}', only for ${shells.join(', ')}.`,
    );
  }
  const names = commands.flatMap(({ name, summary }) => (summary ? [{ name, summary }] : []));
  session.terminal.write(completionScript(shell, names));
  return exitCodes.ok;
}
