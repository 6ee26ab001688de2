import { nearest } from '../../base/nearest.ts';
import type { CommandEntry } from '../command.ts';
import { exitOf } from '../in-mesons-place.ts';
import { newSession } from '../new-session.ts';
import { exitCodes } from '../session.ts';
import { commands } from '../table.ts';
import { refuse } from '../terminal/refuse.ts';

/** Finds the command that words name and runs it. Words without a command mean: build. */
export async function runCommandLine(words: readonly string[]): Promise<number> {
  // `--` and what follows belong to the command's own program.
  const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  const session = newSession({ json: own.includes('--json'), color: colorIn(own) });
  const { terminal } = session;
  const found = commandOf(words, session.asMeson);
  if (found === undefined) {
    const [name = ''] = words;
    const all = commands.flatMap((entry) => [entry.name, ...(entry.aliases ?? [])]);
    const close = elsewhere.get(name) ?? nearest(name, all);
    const message = `there is no command '${name}'`;
    const hint =
      close === undefined ? '`kaon help` lists the commands' : `Did you mean '${close}'?`;
    if (session.json) return refuse(session, `${message}\n${hint}`);
    terminal.printError(`kaon: ${message}\n${hint}`);
    return exitCodes.wrong;
  }
  const module = await found.entry.load();
  const code = await module.run(session, found.words, commands);
  return exitOf(session, code);
}

/** The word behind the last `--color`, or in it. */
function colorIn(words: readonly string[]): string | undefined {
  const at = words.findLastIndex((word) => /^--color(=|$)/.test(word));
  return words[at]?.split('=')[1] ?? words[at + 1];
}

/** What other tools call it. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ['make', 'compile'],
  ['check', 'build'],
  ['bench', 'test --benchmark'],
  ['clippy', 'compile clippy'],
  ['doc', 'compile rustdoc'],
  ['fmt', 'format'],
]);

interface Found {
  readonly entry: Pick<CommandEntry, 'load'>;
  readonly words: readonly string[];
}

function commandOf(words: readonly string[], asMeson: boolean): Found | undefined {
  const [first = '', ...rest] = words;
  if (first === '--help' || first === '-h') return commandOf(['help', ...rest], asMeson);
  const entry = commands.find(({ name, aliases }) => name === first || aliases?.includes(first));
  // `meson BUILDDIR` sets up, also in `build`; `kaon` and `kaon -j4` build.
  if (asMeson && (entry === undefined || first === 'build')) {
    return { entry: { load: () => import('../commands/setup.ts') }, words };
  }
  if (first === '' || first.startsWith('-')) {
    return { entry: { load: () => import('../commands/build.ts') }, words };
  }
  return entry && { entry, words: rest };
}
