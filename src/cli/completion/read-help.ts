/** A word with what it is for. */
export interface HelpLine {
  readonly word: string;
  readonly doc: string;
}

export interface Help {
  readonly options: readonly HelpLine[];
  /** Commands of a command: `wrap install`. */
  readonly commands: readonly HelpLine[];
}

/** Reads what a command prints for `--help`. */
export function readHelp(text: string): Help {
  const options: HelpLine[] = [];
  const commands: HelpLine[] = [];
  let section = /^Usage:.* COMMAND/.test(text) ? 'commands' : '';
  for (const line of text.split('\n')) {
    const heading = /^(\w+):$/.exec(line)?.[1];
    if (heading !== undefined) section = heading.toLowerCase();
    const option = /^ {2}(-\S.*?)(?: {2,}(.*))?$/.exec(line);
    if (option !== null) {
      for (const [word] of (option[1] ?? '').matchAll(/(?<![\w-])--?[a-zA-Z][\w.-]*/g)) {
        // Short ones are offered only where there is no long one.
        const isShort = !word.startsWith('--') && /(?<![\w-])--/.test(option[1] ?? '');
        if (!isShort) options.push({ word, doc: option[2] ?? '' });
      }
      continue;
    }
    const command = section === 'commands' ? /^ {2}([a-z][\w-]*) {2,}(.*)$/.exec(line) : null;
    if (command !== null) commands.push({ word: command[1] ?? '', doc: command[2] ?? '' });
  }
  return { options, commands };
}
