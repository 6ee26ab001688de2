import type { Command } from 'commander';
import { initFromLanguage, startsFromSources } from '../init/from-language.ts';
import { initFromTemplate, listTemplates } from '../init/from-template.ts';
import { exitCodes, type Session } from '../session.ts';
import { flag, parseWords } from '../words/parse-words.ts';

/** `kaon init [OPTIONS] [DIRECTORY]`, or in Meson's manner `kaon init -l LANGUAGE [OPTIONS] [SOURCE …]` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const { terminal } = session;
  const parsed = parseWords(
    terminal,
    {
      name: 'init',
      summary: 'Start a new project from a template.',
      define,
    },
    words,
  );
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  if (flag(options, 'list')) {
    listTemplates(session);
    return exitCodes.ok;
  }
  const chosen = languageOptions.some((name) => name in options);
  const mesonsManner =
    !('template' in options) && (session.asMeson || startsFromSources(session, options, operands));
  return chosen || mesonsManner
    ? initFromLanguage(session, options, operands)
    : initFromTemplate(session, options, operands);
}

const languageOptions = ['language', 'type', 'executable', 'deps'];

function define(command: Command): void {
  command
    .argument('[directory]', 'Where to put it; with --language or --type: the sources to use')
    .argument('[sources...]', 'More of them')
    .option('-n, --name <name>', 'The name of the project; that of the directory otherwise')
    .option('-t, --template <name>', 'What to start from (program, where there are no sources yet)')
    .option('--list', 'List the templates')
    .option('-C <dir>', 'Change to a directory first')
    .option('-l, --language <name>', 'Start a small project in a language instead')
    .option('--type <type>', 'executable or library')
    .option('-e, --executable <name>', 'The name of the program; that of the project otherwise')
    .option('-d, --deps <names>', 'Dependencies, with commas between')
    .option('--version <version>', 'The version of the project (0.1)')
    .option('-b, --build', 'Build it at once')
    .option('--builddir <dir>', 'Where to build it')
    .option('-f, --force', 'Write files anew that are there');
}
