import { nearest } from '../../base/nearest.ts';
import type { CommandEntry } from '../command.ts';
import { manualNames, manualOf } from '../manual/manual.ts';
import { exitCodes, type Session } from '../session.ts';

/** `kaon help [COMMAND|FUNCTION]` */
export async function run(
  session: Session,
  words: readonly string[],
  commands: readonly CommandEntry[],
): Promise<number> {
  const { terminal } = session;
  const [name] = words;
  if (name === undefined || name === '--help' || name === '-h') {
    terminal.write(overview(commands));
    return exitCodes.ok;
  }
  const command = commands.find((entry) => entry.name === name);
  if (command !== undefined && command.name !== 'help') {
    return (await command.load()).run(session, ['--help'], commands);
  }
  const manual = manualOf(name, Math.min(terminal.columns, 100));
  if (manual !== undefined) {
    terminal.write(manual);
    return exitCodes.ok;
  }
  const close = nearest(name, [...commands.map((entry) => entry.name), ...manualNames()]);
  const hint =
    close === undefined
      ? '`kaon help` lists the commands, `kaon help functions` those of build files.'
      : `Did you mean '${close}'?`;
  terminal.printError(`kaon: there is no command or function '${name}'.\n${hint}`);
  return exitCodes.usage;
}

function overview(commands: readonly CommandEntry[]): string {
  const shown = commands.flatMap(({ name, summary }) => (summary ? [{ name, summary }] : []));
  const width = Math.max(...shown.map(({ name }) => name.length));
  return [
    'kaon builds projects that mix C, C++, Rust and TypeScript; it reads meson.build.',
    '',
    '  kaon                 set up the project here if needed, and build it',
    '  kaon COMMAND …       one step of it',
    '',
    ...shown.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    '`kaon COMMAND --help` tells the options of a command. `kaon help NAME` tells of build files: of a',
    'function (`kaon help executable`), a method (`str.split`), a module (`fs`) or its function',
    '(`fs.exists`), a keyword (`executable.install_rpath`, `install_tag`); `kaon help functions`,',
    '`modules` and `objects` list them.',
    '',
  ].join('\n');
}
