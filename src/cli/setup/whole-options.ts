import type { Command, Option } from 'commander';
import { nearest } from '../../base/nearest.ts';
import { err, ok, type Result } from '../../base/result.ts';

const passing = new WeakSet<Command>();

/** What follows the first operand belongs to another program. */
export function passThrough(command: Command): Command {
  passing.add(command);
  return command.passThroughOptions();
}

/**
 * Long options may be cut short while only one begins so, as Python's argparse has it: `--build release`
 * for `--buildtype release`; and `-j=2` is `-j2`. Answers the words with all options whole.
 */
export function wholeOptions(
  command: Command,
  words: readonly string[],
): Result<readonly string[], string> {
  const whole: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--') return ok([...whole, ...words.slice(at)]);
    if (!word.startsWith('-') || word === '-') {
      whole.push(word);
      if (passing.has(command)) return ok([...whole, ...words.slice(at + 1)]);
      continue;
    }
    const [name = '', ...value] = word.split('=');
    const options = matching(command, name);
    if (options.length > 1)
      return err(
        `ambiguous option: ${name} could match ${options.map(({ long }) => long).join(', ')}`,
      );
    const [option] = options;
    // With a value behind it commander finds no option that is like it.
    if (option === undefined && name.startsWith('--') && value.length > 0)
      return err(unknownOption(command, name));
    const isShort = name.length === 2 && value.length > 0 && (option?.required || option?.optional);
    if (isShort) whole.push(`${name}${value.join('=')}`);
    else
      whole.push(option?.long && word.startsWith('--') ? [option.long, ...value].join('=') : word);
    if (option?.required && value.length === 0 && at + 1 < words.length)
      whole.push(words[++at] ?? '');
  }
  return ok(whole);
}

/** The option of a name, else all that begin with it. */
function matching(command: Command, name: string): readonly Option[] {
  const exact = command.options.filter(({ long, short }) => name === long || name === short);
  if (exact.length > 0 || !name.startsWith('--') || '--help'.startsWith(name)) return exact;
  return command.options.filter(({ long }) => long?.startsWith(name));
}

function unknownOption({ options }: Command, name: string): string {
  const near = nearest(
    name,
    options.flatMap(({ long }) => long ?? []),
  );
  return `unknown option '${name}'${near === undefined ? '' : `\n(Did you mean ${near}?)`}`;
}
