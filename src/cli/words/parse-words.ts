import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { exitCodes } from '../session.ts';
import { wholeOptions } from '../setup/whole-options.ts';
import { refuse } from '../terminal/refuse.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface Usage {
  readonly name: string;
  readonly summary: string;
  /** Adds arguments and options. */
  readonly define: (command: Command) => void;
}

export type ParsedWords =
  | { readonly kind: 'run'; readonly operands: readonly string[]; readonly options: ParsedOptions }
  /** Help was shown, or the words were wrong and that was told. */
  | { readonly kind: 'exit'; readonly code: number };

/** What commander found, by its names; read with the functions below. */
export type ParsedOptions = Readonly<Record<string, unknown>>;

/** Reads the words behind a command's name. */
export function parseWords(
  terminal: Terminal,
  usage: Usage,
  words: readonly string[],
): ParsedWords {
  const json = words.includes('--json');
  const complain = (text: string): void => {
    if (json) refuse({ terminal, json }, text.replace(/^error: /, ''));
    else terminal.printError(needsHelp(text) ? `${text}\n${wayToHelp(usage)}` : text);
  };
  const command = new Command(`kaon ${usage.name}`.trim())
    .description(usage.summary)
    .option('--json', 'Print events as JSON, one a line')
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.write(text),
      writeErr: (text) => complain(text.trimEnd()),
    });
  usage.define(command);
  for (const option of command.options)
    if (/ <(n|percent)>$/.test(option.flags)) option.argParser(numeral);
  const whole = wholeOptions(command, words);
  if (!whole.ok) {
    complain(`error: ${whole.error}`);
    return { kind: 'exit', code: exitCodes.usage };
  }
  try {
    command.parse([...whole.value], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { kind: 'exit', code: error.exitCode === 0 ? exitCodes.ok : exitCodes.usage };
  }
  return { kind: 'run', operands: command.args, options: command.opts() };
}

/** Whether a complaint is one of words that are not there, or lack, and tells no better ones. */
function needsHelp(complaint: string): boolean {
  return /^error: (unknown|missing|too many|required)/.test(complaint) && !/\(Did/.test(complaint);
}

/** Without a command the words are those of `kaon build`. */
function wayToHelp({ name }: Usage): string {
  return `\`kaon ${name || 'build'} --help\` tells what it takes.`;
}

/** Checks a number, and leaves it as it was written. */
function numeral(value: string): string {
  if (value.trim() === '' || Number.isNaN(Number(value)))
    throw new InvalidArgumentError('It is not a number.');
  return value;
}

/** A number of commands, or Cargo's word for as many as ever. */
export function jobs(value: string): string {
  if (value === 'default') return '0';
  if (value.trim() === '' || Number.isNaN(Number(value)))
    throw new InvalidArgumentError(
      `could not parse \`${value}\`. Number of parallel jobs should be \`default\` or a number.`,
    );
  return value;
}

/** Whether an option that takes no value was given. */
export function flag(options: ParsedOptions, name: string): boolean {
  return options[name] === true;
}

/** The value of an option; undefined where it was not given. */
export function text(options: ParsedOptions, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** The values of an option that may be given several times, or takes several. */
export function texts(options: ParsedOptions, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? value.map(String) : [];
}

/** A number, `otherwise` where it was not given or is none. */
export function number(options: ParsedOptions, name: string, otherwise: number): number {
  const value = Number(options[name] ?? Number.NaN);
  return Number.isNaN(value) ? otherwise : value;
}

/** For options that may be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
