import { posix } from 'node:path';
import type { Command } from 'commander';
import { runTool, type ToolRun } from '../../toolchains/typescript/tools.ts';
import { exitCodes, type Session } from '../session.ts';
import { collect, type ParsedOptions, parseWords, text, texts } from '../words/parse-words.ts';

/** `typescript KIND --source DIR --mirror DIR …`: runs a tool of a package's lock file. */
export function typescript({ host, terminal }: Session, words: readonly string[]): number {
  const usage = { name: 'internal typescript', summary: 'Run a TypeScript tool.', define };
  const parsed = parseWords(terminal, usage, words);
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const absolute = (name: string): string =>
    posix.resolve(host.system.workingDirectory, text(options, name) ?? '');
  const run = toolRun(operands[0] ?? '', options, absolute);
  if (run === undefined) {
    terminal.printError(`kaon: there is no TypeScript tool '${operands[0]}'`);
    return exitCodes.wrong;
  }
  const mirror = {
    source: absolute('source'),
    mirror: absolute('mirror'),
    generated: texts(options, 'generated'),
  };
  const { code, output } = runTool(host, mirror, run);
  terminal.write(output);
  return code;
}

function define(command: Command): void {
  command.argument('<kind>', 'install, check, bundle or test');
  const values = 'source mirror stamp project depfile build-info entry output file config';
  for (const name of values.split(' ')) command.option(`--${name} <value>`);
  command.option('--folder <path>', 'With a lock file, below the source', collect);
  command.option('--generated <path>', 'A source that was generated', collect);
  command.option('--option <option>', 'For the tool itself', collect);
}

function toolRun(
  kind: string,
  options: ParsedOptions,
  absolute: (name: string) => string,
): ToolRun | undefined {
  switch (kind) {
    case 'install':
      return {
        kind,
        folders: texts(options, 'folder'),
        stamp: absolute('stamp'),
        depfile: absolute('depfile'),
      };
    case 'check':
      return {
        kind,
        project: text(options, 'project') ?? 'tsconfig.json',
        stamp: absolute('stamp'),
        depfile: absolute('depfile'),
        buildInfo: absolute('buildInfo'),
      };
    case 'bundle':
      return {
        kind,
        entry: text(options, 'entry') ?? '',
        output: absolute('output'),
        depfile: absolute('depfile'),
        options: texts(options, 'option'),
      };
    case 'test':
      return { kind, file: text(options, 'file') ?? '', config: text(options, 'config') };
    default:
      return undefined;
  }
}
