import { posix } from 'node:path';
import { nearest } from '../../base/nearest.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { exitCodes, type Session } from '../session.ts';
import { refuse, refuseFile } from '../terminal/refuse.ts';
import { flag, type ParsedOptions, text } from '../words/parse-words.ts';
import { buildAtOnce } from './build-at-once.ts';
import { type StartLanguage, startLanguages } from './languages.ts';
import { type NewProject, newProject } from './new-project.ts';

/** `kaon init` in Meson's manner: a project of one program or library, of the sources that are there. */
export async function initFromLanguage(
  session: Session,
  options: ParsedOptions,
  given: readonly string[],
): Promise<number> {
  const { host, terminal } = session;
  const folder = posix.resolve(host.system.workingDirectory, text(options, 'C') ?? '.');
  const made = host.files.makeDirectory(folder);
  if (!made.ok) return refuseFile(session, made.error);
  const project = projectOf(session, folder, { options, given });
  if (!project.ok) return refuse(session, project.error);
  const files = newProject(project.value);
  const there = files.find(([name]) => host.files.exists(`${folder}/${name}`));
  if (there !== undefined && !flag(options, 'force')) {
    return refuse(session, `${there[0]} is there already; --force writes it anew`);
  }
  for (const [name, content] of files) {
    const written = host.files.replace(`${folder}/${name}`, content);
    if (!written.ok) return refuseFile(session, written.error);
  }
  terminal.print(`${project.value.name} is ready: ${files.map(([name]) => name).join(', ')}`);
  if (flag(options, 'build')) return buildAtOnce(session, folder, options);
  const where = folder === host.system.workingDirectory ? '' : `cd ${text(options, 'C')} && `;
  terminal.print(`Next: ${where}kaon`);
  return exitCodes.ok;
}

/** Whether a folder has sources that nobody has written a build file for. */
export function startsFromSources(
  { host }: Session,
  options: ParsedOptions,
  given: readonly string[],
): boolean {
  const folder = posix.resolve(host.system.workingDirectory, text(options, 'C') ?? '.');
  const listed = host.files.list(folder);
  const there = listed.ok ? listed.value : [];
  const isProject = there.includes('meson.build') || there.includes('Cargo.toml');
  return given.length === 0 && !isProject && recognized(there, undefined).length > 0;
}

function projectOf(
  { host }: Session,
  folder: string,
  { options, given }: { readonly options: ParsedOptions; readonly given: readonly string[] },
): Result<NewProject, string> {
  const listed = host.files.list(folder);
  const there = listed.ok ? listed.value : [];
  const wanted = text(options, 'language');
  const found = recognized(there, wanted);
  const named = [text(options, 'executable'), text(options, 'name')];
  // Sources of a program by another name are none of this one's.
  const isOther =
    named.some((each) => each !== undefined) && !found.some((file) => named.includes(stemOf(file)));
  const sources = given.length > 0 ? given : wanted !== undefined && isOther ? [] : found;
  const language = languageOf(wanted, sources);
  if (!language.ok) return language;
  const absent = given.find((source) => !host.files.isFile(posix.resolve(folder, source)));
  if (absent !== undefined) {
    const hint =
      given.length === 1 && !absent.includes('.')
        ? `\nWith --language and --type the words name sources; a folder is named by "-C ${absent}".`
        : '';
    return err(`There is no file ${absent}.${hint}`);
  }
  const name = text(options, 'name') ?? posix.basename(folder);
  const type = text(options, 'type') === 'library' ? 'library' : 'executable';
  return ok({
    name,
    executable: text(options, 'executable') ?? name,
    version: text(options, 'version') ?? '0.1',
    language: language.value,
    type,
    dependencies: [
      ...(language.value.needs ?? []),
      ...(text(options, 'deps') ?? '').split(',').filter((one) => one !== ''),
    ],
    sources,
  });
}

function stemOf(source: string): string {
  return source.slice(0, source.lastIndexOf('.'));
}

function suffixOf(source: string): string {
  return source.slice(source.lastIndexOf('.') + 1);
}

/** Of the language that was asked for, or of any. */
function recognized(names: readonly string[], wanted: string | undefined): readonly string[] {
  const languages = startLanguages.filter(({ name }) => wanted === undefined || name === wanted);
  const suffixes = languages.flatMap((language) => language.suffixes);
  return names.filter((name) => name.includes('.') && suffixes.includes(suffixOf(name)));
}

function languageOf(
  wanted: string | undefined,
  sources: readonly string[],
): Result<StartLanguage, string> {
  const names = startLanguages.map(({ name }) => name);
  if (wanted !== undefined) {
    const found = startLanguages.find(({ name }) => name === wanted);
    if (found !== undefined) return ok(found);
    if (/^(ts|js|(type|java)script)$/i.test(wanted)) {
      return err(
        `There is no language '${wanted}': TypeScript comes beside others. Try "kaon init -t c-rust-typescript".`,
      );
    }
    const close = nearest(wanted, names);
    const hint = close === undefined ? names.join(', ') : `did you mean '${close}'?`;
    return err(`There is no language '${wanted}' (${hint})`);
  }
  const [first] = sources;
  if (first === undefined) return ok(startLanguages[0] as StartLanguage); // there are eleven
  const found = startLanguages.find(({ suffixes }) => suffixes.includes(suffixOf(first)));
  return found === undefined ? err(`The language of ${first} is not known.`) : ok(found);
}
