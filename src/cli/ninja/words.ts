import type { Command } from 'commander';
import { collect, flag, number, parseWords, text, texts } from '../parse-words.ts';
import type { Session } from '../session.ts';

/** What a command line of ninja asks for. */
export interface NinjaRequest {
  readonly directory: string;
  /** Undefined when `-f` was not given. */
  readonly file: string | undefined;
  /** 0: as many as there are cores. */
  readonly jobs: number;
  readonly keepGoing: number;
  readonly maxLoad: number | undefined;
  readonly dryRun: boolean;
  readonly verbose: boolean;
  readonly quiet: boolean;
  readonly explain: boolean;
  readonly targets: readonly string[];
  readonly tool: { readonly name: string; readonly words: readonly string[] } | undefined;
}

/** Reads ninja's command line; a number is what to exit with, told already. */
export function ninjaRequest(session: Session, words: readonly string[]): NinjaRequest | number {
  const { own, tool } = splitAtTool(words);
  const parsed = parseWords(
    session.terminal,
    { name: 'ninja', summary: 'Build as ninja does, from its command line.', define },
    own,
  );
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const modes = texts(options, 'd');
  return {
    directory: text(options, 'C') ?? '.',
    file: text(options, 'f'),
    jobs: number(options, 'j', 0),
    keepGoing: number(options, 'k', 1),
    maxLoad: number(options, 'l', 0) > 0 ? number(options, 'l', 0) : undefined,
    dryRun: flag(options, 'n'),
    verbose: flag(options, 'verbose'),
    quiet: flag(options, 'quiet'),
    explain: modes.includes('explain'),
    targets: operands,
    tool,
  };
}

function define(command: Command): void {
  command
    .argument('[targets...]', 'What to build; FILE^ is what is made of FILE')
    .option('-C <dir>', 'Change to a directory first')
    .option('-f <file>', 'The manifest; build.ninja unless told')
    .option('-j <n>', 'How many commands run at once; 0: as many as there are cores')
    .option('-k <n>', 'Go on until so many commands failed; 0: to the end')
    .option('-l <n>', 'Start no more while the load average is higher')
    .option('-n', 'Only tell what would be run')
    .option('-v, --verbose', 'Show commands as they are run')
    .option('--quiet', 'Tell only what commands say')
    .option('-d <mode>', 'explain, stats, keepdepfile or keeprsp', collect)
    .option('-w <flag>', 'Taken for the sake of scripts', collect)
    .option('-t <tool> [words...]', 'Run a tool; -t list tells which');
}

/** All behind `-t TOOL` is the tool's. */
function splitAtTool(words: readonly string[]): {
  readonly own: readonly string[];
  readonly tool: NinjaRequest['tool'];
} {
  const takesWord = new Set(['-C', '-f', '-j', '-k', '-l', '-d', '-w']);
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word.startsWith('-t')) {
      const joined = word !== '-t';
      const name = joined ? word.slice(2) : (words[at + 1] ?? 'list');
      return {
        own: words.slice(0, at),
        tool: { name, words: words.slice(at + (joined ? 1 : 2)) },
      };
    }
    if (takesWord.has(word)) at++;
  }
  return { own: words, tool: undefined };
}
