import { posix } from 'node:path';
import { nearest } from '../../base/nearest.ts';
import { ok, type Result } from '../../base/result.ts';
import type { FileFault, Files } from '../../host/host.ts';
import { flag, parseWords, text } from '../parse-words.ts';
import { refuse, refuseFile } from '../say.ts';
import { exitCodes, type Session } from '../session.ts';

/** `kaon init [OPTIONS] [DIRECTORY]` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const { host, terminal, home } = session;
  const parsed = parseWords(
    terminal,
    {
      name: 'init',
      summary: 'Start a new project from a template.',
      define: (command) =>
        command
          .argument('[directory]', 'Where to put it; here when not given')
          .option('-n, --name <name>', 'The name of the project; that of the directory otherwise')
          .option('-t, --template <name>', 'What to start from', 'program')
          .option('--list', 'List the templates'),
    },
    words,
  );
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const folder = `${home}/rust-project-templates`;
  const listed = host.files.list(folder);
  const templates = (listed.ok ? listed.value : []).filter((name) =>
    host.files.isDirectory(`${folder}/${name}`),
  );
  if (flag(options, 'list')) {
    for (const name of templates) terminal.print(name);
    return exitCodes.ok;
  }
  const template = text(options, 'template') ?? '';
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
