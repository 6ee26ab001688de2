import type { Command } from 'commander';
import { nearest } from '../../base/nearest.ts';
import { exitCodes, type Session } from '../session.ts';
import {
  collect,
  flag,
  number,
  type ParsedOptions,
  parseWords,
  text,
  texts,
} from '../words/parse-words.ts';
import { refuseAsNinja } from './say.ts';

/** What a command line of ninja asks for. */
export interface NinjaRequest {
  readonly directory: string;
  /** Where `-C` was given. */
  readonly enters: boolean;
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
  /** Files that would go once they were read. */
  readonly keeps: { readonly depfiles: boolean; readonly given: boolean };
  /** A phony statement that names itself is an error. */
  readonly strictPhony: boolean;
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
  const other = wrongWord(options) ?? told(session, modes, texts(options, 'w'));
  if (typeof other === 'string') return refuseAsNinja(session, other);
  if (other !== undefined) return other;
  return {
    directory: text(options, 'C') ?? '.',
    enters: text(options, 'C') !== undefined,
    file: text(options, 'f'),
    jobs: number(options, 'j', 0),
    keepGoing: number(options, 'k', 1),
    maxLoad: number(options, 'l', 0) > 0 ? number(options, 'l', 0) : undefined,
    dryRun: flag(options, 'n'),
    verbose: flag(options, 'verbose'),
    quiet: flag(options, 'quiet'),
    explain: modes.includes('explain'),
    keeps: { depfiles: modes.includes('keepdepfile'), given: modes.includes('keeprsp') },
    strictPhony:
      texts(options, 'w').findLast((one) => one.startsWith('phony')) === 'phonycycle=err',
    targets: operands,
    tool,
  };
}

function define(command: Command): void {
  command
    .argument('[targets...]', 'What to build; FILE^ is what is made of FILE')
    .option('-C <dir>', 'Change to a directory first')
    .option('-f <file>', 'The manifest; build.ninja unless told')
    .option('-j <count>', 'How many commands run at once; 0: as many as there are cores')
    .option('-k <count>', 'Go on until so many commands failed; 0: to the end')
    .option('-l <load>', 'Start no more while the load average is higher')
    .option('-n', 'Only tell what would be run')
    .option('-v, --verbose', 'Show commands as they are run')
    .option('--quiet', 'Tell only what commands say')
    .option('-d <mode>', 'explain, stats, keepdepfile or keeprsp', collect)
    .option('-w <flag>', 'What to warn of, or refuse: phonycycle=err', collect)
    .option('-t <tool> [words...]', 'Run a tool; -t list tells which');
}

/** What is wrong with numbers, as ninja says it. */
function wrongWord(options: ParsedOptions): string | undefined {
  const isNumber = (name: string, pattern: RegExp): boolean =>
    pattern.test(text(options, name) ?? '0');
  if (!isNumber('j', /^\d+$/)) return 'invalid -j parameter';
  if (!isNumber('k', /^-?\d+$/)) return '-k parameter not numeric; did you mean -k 0?';
  if (isNumber('l', /^-?(?:\d+\.?\d*|\.\d+)$/)) return undefined;
  return '-l parameter not numeric: did you mean -l 0.0?';
}

const debugModes = [
  ['stats', 'print operation counts/timing info'],
  ['explain', 'explain what caused a command to execute'],
  ['keepdepfile', "don't delete depfiles after they're read by ninja"],
  ['keeprsp', "don't delete @response files on success"],
] as const;

/** `-d list` and `-w list` are answered; what nobody knows is an error. */
function told(
  { terminal }: Session,
  modes: readonly string[],
  warnings: readonly string[],
): string | number | undefined {
  if (modes.includes('list')) {
    const lines = debugModes.map(([mode, what]) => `  ${mode.padEnd(12)} ${what}`);
    const both = 'multiple modes can be enabled via -d FOO -d BAR';
    terminal.print(['debugging modes:', ...lines, both].join('\n'));
    return exitCodes.wrong;
  }
  const mode = modes.find((one) => !debugModes.some(([known]) => known === one));
  if (mode !== undefined) {
    const close = nearest(mode, [...debugModes.map(([known]) => known), 'list']);
    return `unknown debug setting '${mode}'${close === undefined ? '' : `, did you mean '${close}'?`}`;
  }
  if (warnings.includes('list')) {
    const about = 'phony build statement references itself';
    terminal.print(`warning flags:\n  phonycycle={err,warn}  ${about}`);
    return exitCodes.wrong;
  }
  const flag = warnings.find(
    (one) => !/^(?:phonycycle|dupbuild|depfilemulti)=(?:err|warn)$/.test(one),
  );
  if (flag === undefined) {
    for (const old of ['dupbuild', 'depfilemulti']) {
      if (!warnings.some((one) => one.startsWith(old))) continue;
      terminal.printError(`ninja: warning: deprecated warning '${old}'`);
    }
    return undefined;
  }
  const close = nearest(flag, ['phonycycle=err', 'phonycycle=warn']);
  return `unknown warning flag '${flag}'${close === undefined ? '' : `, did you mean '${close}'?`}`;
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
