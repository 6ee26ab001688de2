import { posix } from 'node:path';
import type { Command } from 'commander';
import { type ToolRun, testRunners } from '../../toolchains/typescript/tool-run.ts';
import { runTool } from '../../toolchains/typescript/tools.ts';
import { exitCodes, type Session } from '../session.ts';
import { collect, type ParsedOptions, parseWords, text, texts } from '../words/parse-words.ts';

/** `typescript KIND --source DIR --mirror DIR …`: runs a tool of a package's lock file. */
export function typescript({ host, terminal }: Session, words: readonly string[]): number {
  const usage = { name: 'internal typescript', summary: 'Run a TypeScript tool.', define };
  const parsed = parseWords(terminal, usage, words);
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const resolved = (path: string): string => posix.resolve(host.system.workingDirectory, path);
  const absolute = (name: string): string => resolved(text(options, name) ?? '');
  const run = toolRun(operands[0] ?? '', options, resolved);
  if (run === undefined) {
    terminal.printError(`kaon: there is no TypeScript tool '${operands[0]}'`);
    return exitCodes.wrong;
  }
  const mirror = {
    source: absolute('source'),
    mirror: absolute('mirror'),
    generated: texts(options, 'generated').map(resolved),
  };
  const { code, output } = runTool(host, mirror, run);
  terminal.write(output);
  return code;
}

function define(command: Command): void {
  command.argument('<kind>', 'install, check, compile, bundle, run or test');
  const values =
    'source mirror stamp project depfile build-info outdir contents workdir file config runner';
  for (const name of values.split(' ')) command.option(`--${name} <value>`);
  command.option('--folder <path>', 'With a lock file, below the source', collect);
  command.option('--script <name>', 'A package whose install scripts are run', collect);
  command.option('--generated <path...>', 'Sources that were generated', collect);
  command.option('--entry <path>', 'To start from', collect);
  command.option('--output <path>', 'To make', collect);
  command.option('--option <option>', 'For the tool itself', collect);
  command.option('--word <word>', 'Of the command', collect);
}

function toolRun(
  kind: string,
  options: ParsedOptions,
  resolved: (path: string) => string,
): ToolRun | undefined {
  const absolute = (name: string): string => resolved(text(options, name) ?? '');
  const folder = { path: absolute('outdir'), contents: absolute('contents') };
  const outputs = texts(options, 'output').map(resolved);
  const makesFolder = text(options, 'outdir') !== undefined;
  switch (kind) {
    case 'install':
      return {
        kind,
        folders: texts(options, 'folder'),
        scripts: texts(options, 'script'),
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
    case 'compile':
      return {
        kind,
        project: text(options, 'project') ?? 'tsconfig.json',
        folder,
        depfile: absolute('depfile'),
      };
    case 'bundle':
      return {
        kind,
        entries: texts(options, 'entry'),
        made: outputs[0] ?? folder,
        depfile: absolute('depfile'),
        options: texts(options, 'option'),
      };
    case 'run':
      return {
        kind,
        workdir: text(options, 'workdir') ?? '.',
        command: texts(options, 'word'),
        made: makesFolder ? folder : outputs,
        stamp: text(options, 'stamp') === undefined ? undefined : absolute('stamp'),
        depfile: absolute('depfile'),
      };
    case 'test':
      return {
        kind,
        runner: testRunners.find((each) => each === text(options, 'runner')) ?? 'vitest',
        file: text(options, 'file') ?? '',
        config: text(options, 'config'),
        options: texts(options, 'option'),
      };
    default:
      return undefined;
  }
}
