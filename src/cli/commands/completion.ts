import { type Command, Option } from 'commander';
import type { CommandEntry } from '../command.ts';
import { completionScript, shells } from '../completion/script.ts';
import { exitCodes, type Session } from '../session.ts';
import { refuse } from '../terminal/refuse.ts';
import { parseWords, text } from '../words/parse-words.ts';

/** `kaon completion SHELL` */
export async function run(
  session: Session,
  words: readonly string[],
  commands: readonly CommandEntry[],
): Promise<number> {
  const { terminal } = session;
  const usage = {
    name: 'completion',
    summary: 'Print what makes a shell complete words of kaon, with the targets of the build.',
    define: (command: Command) => {
      command
        .argument('[shell]', `One of ${shells.join(', ')}`)
        .addOption(new Option('--complete <line>').hideHelp());
    },
  };
  const parsed = parseWords(terminal, usage, words);
  if (parsed.kind === 'exit') return parsed.code;
  const line = text(parsed.options, 'complete');
  if (line !== undefined) {
    // The commands' own code is loaded for this alone.
    const { complete } = await import('../completion/complete.ts');
    const found = await complete(session, line, commands);
    if (found.kind !== 'words') terminal.print(`:${found.kind}`);
    else
      for (const { word, doc } of found.words)
        terminal.print(doc === '' ? word : `${word}\t${doc}`);
    return exitCodes.ok;
  }
  const [wanted] = parsed.operands;
  const shell = shells.find((each) => each === wanted);
  if (shell === undefined) {
    const known = shells.join(', ');
    const fault =
      wanted === undefined
        ? `For which shell: ${known}?`
        : `There is no completion for '${wanted}', only for ${known}.`;
    return refuse(session, fault);
  }
  terminal.write(completionScript(shell));
  return exitCodes.ok;
}
