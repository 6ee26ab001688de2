import { nearest } from '../../base/nearest.ts';
import { exitCodes, type Session } from '../session.ts';
import { refuse } from '../terminal/refuse.ts';

interface Listed {
  readonly name: string;
  readonly summary: string;
}

/** Answers `kaon COMMAND NAME` where NAME is none of the command's subcommands: help, or a refusal. */
export function unknownSubcommand(
  session: Session,
  command: {
    readonly name: string;
    readonly usage: string;
    readonly subcommands: readonly Listed[];
  },
  name: string,
): number {
  const isHelp = name === '--help' || name === '-h';
  const names = command.subcommands.map((each) => each.name);
  if (isHelp || name === '') {
    const width = 2 + Math.max(...names.map((each) => each.length));
    const lines = command.subcommands.map((each) => `  ${each.name.padEnd(width)}${each.summary}`);
    const usage = `Usage: kaon ${command.name} COMMAND ${command.usage}`;
    session.terminal.print(`${usage}\n\n${lines.join('\n')}`);
    return isHelp ? exitCodes.ok : exitCodes.usage;
  }
  const close = nearest(name, names);
  const hint = close === undefined ? ` It has: ${names.join(', ')}.` : ` Did you mean '${close}'?`;
  refuse(session, `kaon ${command.name} has no command '${name}'.${hint}`);
  return exitCodes.usage;
}
