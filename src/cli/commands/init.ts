import { posix } from 'node:path';
import type { Command } from 'commander';
import { nearest } from '../../base/nearest.ts';
import { ok, type Result } from '../../base/result.ts';
import type { FileFault, Files } from '../../host/host.ts';
import { initFromLanguage } from '../init/from-language.ts';
import { flag, parseWords, text } from '../parse-words.ts';
import { refuse, refuseFile } from '../say.ts';
import { exitCodes, type Session } from '../session.ts';

/** `kaon init [OPTIONS] [DIRECTORY]`, or in Meson's manner `kaon init -l LANGUAGE [OPTIONS] [SOURCE …]` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const { host, terminal, home } = session;
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
  const ofLanguage = ['language', 'type', 'executable', 'deps'].some((name) => name in options);
  if (ofLanguage || (session.asMeson && !('template' in options))) {
    return initFromLanguage(session, options, operands);
  }
  const folder = `${home}/rust-project-templates`;
  const listed = host.files.list(folder);
  const templates = (listed.ok ? listed.value : []).filter((name) =>
    host.files.isDirectory(`${folder}/${name}`),
  );
  if (flag(options, 'list')) {
    for (const name of templates) terminal.print(name);
    return exitCodes.ok;
  }
  const template = text(options, 'template') ?? 'program';
  if (!templates.includes(template)) {
    const close = nearest(template, templates);
    const hint = close === undefined ? templates.join(', ') : `did you mean '${close}'?`;
    return refuse(session, `There is no template '${template}' (${hint})`);
  }
  const target = posix.resolve(host.system.workingDirectory, operands[0] ?? '.');
  const name = text(options, 'name') ?? posix.basename(target);
  if (!/^[a-z][a-z0-9_-]*$/.test(name)) {
    return refuse(session, `A project's name is made of a-z, 0-9, - and _: '${name}' is not`);
  }
  const from = `${folder}/${template}`;
  const clash = clashIn(host.files, from, { target, name });
  if (clash !== undefined) return refuse(session, `${clash} is there already`);
  const laid = layOut(host.files, from, { target, name });
  if (!laid.ok) return refuseFile(session, laid.error);
  const where = operands[0] === undefined ? '' : `cd ${operands[0]} && `;
  terminal.print(`${name} is ready. Next: ${where}kaon`);
  return exitCodes.ok;
}

function define(command: Command): void {
  command
    .argument('[directory]', 'Where to put it; with --language or --type: the sources to use')
    .argument('[sources...]')
    .option('-n, --name <name>', 'The name of the project; that of the directory otherwise')
    .option('-t, --template <name>', 'What to start from (program)')
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

interface Place {
  readonly target: string;
  readonly name: string;
}

/** `@NAME@` and, as Rust has it, `@CRATE@`; in paths as in texts. */
function filledIn(text: string, { name }: Place): string {
  return text.replaceAll('@NAME@', name).replaceAll('@CRATE@', name.replaceAll('-', '_'));
}

function clashIn(files: Files, from: string, place: Place): string | undefined {
  return filesBelow(files, from)
    .map((path) => posix.join(place.target, filledIn(path, place)))
    .find((path) => files.lstat(path) !== undefined);
}

function layOut(files: Files, from: string, place: Place): Result<void, FileFault> {
  for (const path of filesBelow(files, from)) {
    const content = files.readText(`${from}/${path}`);
    if (!content.ok) return content;
    const to = posix.join(place.target, filledIn(path, place));
    const made = files.makeDirectory(posix.dirname(to));
    if (!made.ok) return made;
    const written = files.write(to, filledIn(content.value, place));
    if (!written.ok) return written;
  }
  return ok(undefined);
}

function filesBelow(files: Files, folder: string, below = ''): readonly string[] {
  const listed = files.list(posix.join(folder, below));
  return (listed.ok ? listed.value : []).flatMap((name) => {
    const path = posix.join(below, name);
    return files.isDirectory(posix.join(folder, path)) ? filesBelow(files, folder, path) : [path];
  });
}
