import { parseJsonObject } from '../../base/parse-json.ts';

/**
 * The same command, told to say in JSON what it has to say and, where somebody waits for them, which
 * files are ready, and what a later rustc will refuse; nothing where it chose its own way to speak. No word
 * moves, as some may stand in a response file. To rustc, those that tell of files and those that do not are compilations of their
 * own: told to the same crate in turns, each begins from nothing.
 */
export function speakingJson(
  argv: readonly string[],
  { artifacts, breakage }: { readonly artifacts: boolean; readonly breakage: boolean },
): readonly string[] | undefined {
  if (argv.some((word) => word.startsWith('--error-format') || word.startsWith('--json'))) {
    return undefined;
  }
  const colored = argv.some(
    (word, at) => word === '--color=always' || (word === '--color' && argv[at + 1] === 'always'),
  );
  const kinds = [
    ...(artifacts ? ['artifacts'] : []),
    ...(breakage ? ['future-incompat'] : []),
    ...(colored ? ['diagnostic-rendered-ansi'] : []),
  ];
  const said = ['--error-format=json', ...(kinds.length > 0 ? [`--json=${kinds.join(',')}`] : [])];
  // Rustc refuses colours beside JSON: our words take their places.
  const words = argv.map((word, at) =>
    word.startsWith('--color=') || word === '--color' || argv[at - 1] === '--color'
      ? said.shift()
      : word,
  );
  return [...words.filter((word) => word !== undefined), ...said];
}

/** What rustc said, as people would have read it, and the files it tells to be ready. */
export interface RustcMessages {
  readonly line: (line: string) => void;
  text(): string;
  /** Its diagnostics as it wrote them, a line each: for programs. Reports of future breakage are among them. */
  diagnostics(): string;
}

/** Reads rustc's JSON messages line by line; `ready` gets the path of each file as rustc names it. */
export function rustcMessages(ready: (path: string) => void): RustcMessages {
  const said: string[] = [];
  const diagnostics: string[] = [];
  return {
    line: (line) => {
      const message = line.startsWith('{') ? parsed(line) : undefined;
      if (message === undefined) said.push(`${line}\n`);
      else if (typeof message['artifact'] === 'string') ready(message['artifact']);
      else if (Array.isArray(message['future_incompat_report'])) {
        if (message['future_incompat_report'].length > 0) diagnostics.push(`${line}\n`);
      } else if (typeof message['rendered'] === 'string') {
        said.push(message['rendered']);
        diagnostics.push(`${line}\n`);
      }
    },
    text: () => said.join(''),
    diagnostics: () => diagnostics.join(''),
  };
}

/** Nothing where it is no message of rustc's: something else may write there too. */
function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  const message = parseJsonObject(line);
  // Every message has one of these; older compilers do not tell its type.
  const isMessage =
    message !== undefined &&
    ['artifact', 'rendered', '$message_type', 'future_incompat_report'].some(
      (field) => field in message,
    );
  return isMessage ? message : undefined;
}
