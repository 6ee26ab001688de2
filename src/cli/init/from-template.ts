import { posix } from 'node:path';
import { nearest } from '../../base/nearest.ts';
import { ok, type Result } from '../../base/result.ts';
import { filesBelow } from '../../host/files-below.ts';
import type { FileFault, Files } from '../../host/host.ts';
import { exitCodes, type Session } from '../session.ts';
import { refuse, refuseFile } from '../terminal/refuse.ts';
import { flag, type ParsedOptions, text } from '../words/parse-words.ts';
import { buildAtOnce } from './build-at-once.ts';

/** What only a project that is written for a language can be told. */
const ofLanguages = ['version'];

/** `kaon init -t TEMPLATE`: a copy of the template's folder, with the names filled in. */
export async function initFromTemplate(
  session: Session,
  options: ParsedOptions,
  operands: readonly string[],
): Promise<number> {
  const { host, terminal, home } = session;
  const folder = `${home}/rust-project-templates`;
  const templates = templatesIn(host.files, folder);
  const template = text(options, 'template') ?? 'program';
  if (!templates.includes(template)) {
    const close = nearest(template, templates);
    const hint = close === undefined ? templates.join(', ') : `did you mean '${close}'?`;
    return refuse(session, `There is no template '${template}' (${hint})`);
  }
  const unread = ofLanguages.find((name) => name in options);
  if (unread !== undefined) {
    return refuse(session, `--${unread} goes with --language; templates have their own`);
  }
  const words = [text(options, 'C'), operands[0]].filter((word) => word !== undefined);
  const target = posix.resolve(host.system.workingDirectory, ...words);
  const name = text(options, 'name') ?? posix.basename(target);
  if (!/^[a-z][a-z0-9_-]*$/.test(name)) {
    return refuse(session, `A project's name is made of a-z, 0-9, - and _: '${name}' is not`);
  }
  const from = `${folder}/${template}`;
  const clash = clashIn(host.files, from, { target, name });
  if (clash !== undefined && !flag(options, 'force')) {
    return refuse(session, `${clash} is there already; --force writes it anew`);
  }
  const laid = layOut(host.files, from, { target, name });
  if (!laid.ok) return refuseFile(session, laid.error);
  if (flag(options, 'build')) {
    terminal.print(`${name} is ready.`);
    return buildAtOnce(session, target, options);
  }
  const where = words.length === 0 ? '' : `cd ${posix.join(...words)} && `;
  terminal.print(`${name} is ready. Next: ${where}kaon`);
  return exitCodes.ok;
}

/** `kaon init --list`: names, and what the table of the templates' own page says of them. */
export function listTemplates({ host, terminal, home }: Session): void {
  const folder = `${home}/rust-project-templates`;
  const page = host.files.readText(`${folder}/README.md`);
  const rows = page.ok ? page.value.matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm) : [];
  const told = new Map([...rows].map(([, name, says]) => [name, says]));
  const templates = templatesIn(host.files, folder);
  const width = Math.max(...templates.map((name) => name.length));
  for (const name of templates) {
    terminal.print(`${name.padEnd(width)}  ${told.get(name) ?? ''}`.trimEnd());
  }
}

function templatesIn(files: Files, folder: string): readonly string[] {
  const listed = files.list(folder);
  return (listed.ok ? listed.value : []).filter((name) => files.isDirectory(`${folder}/${name}`));
}

interface Place {
  readonly target: string;
  readonly name: string;
}

/** `@NAME@` and, as Rust has it, `@CRATE@`; in paths as in texts. */
function filledIn(text: string, { name }: Place): string {
  return text.replaceAll('@NAME@', name).replaceAll('@CRATE@', name.replaceAll('-', '_'));
}

/** npm takes no file named .gitignore into a package, so templates have it without its dot. */
function pathIn(path: string, place: Place): string {
  return filledIn(path, place).replace(/^gitignore$/, '.gitignore');
}

function clashIn(files: Files, from: string, place: Place): string | undefined {
  return filesBelow(files, from)
    .map(({ path }) => posix.join(place.target, pathIn(path, place)))
    .find((path) => files.lstat(path) !== undefined);
}

function layOut(files: Files, from: string, place: Place): Result<void, FileFault> {
  for (const { path } of filesBelow(files, from)) {
    const content = files.readText(`${from}/${path}`);
    if (!content.ok) return content;
    const to = posix.join(place.target, pathIn(path, place));
    const made = files.makeDirectory(posix.dirname(to));
    if (!made.ok) return made;
    const written = files.write(to, filledIn(content.value, place));
    if (!written.ok) return written;
  }
  return ok(undefined);
}
