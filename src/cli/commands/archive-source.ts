import { posix } from 'node:path';
import type { Command } from 'commander';
import { archiveFormats, formatOfName } from '../../release/archive/formats.ts';
import { archiveSource } from '../release/source-archive.ts';
import { defaultPlatforms } from '../release/vendor-npm.ts';
import { exitCodes, type Session } from '../session.ts';
import { jsonLine } from '../terminal/json-line.ts';
import { refuse } from '../terminal/refuse.ts';
import { flag, parseWords, text } from '../words/parse-words.ts';

/** `kaon archive-source REF OUT.tar [SUBPROJECT]…` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const { host, terminal, json } = session;
  const usage = {
    name: 'archive-source',
    summary: 'Archive a commit with its subprojects.',
    define,
  };
  const parsed = parseWords(terminal, usage, words);
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const [revision = '', out = '', ...subprojects] = operands;
  const format = formatOfName(out);
  if (format === undefined) {
    const known = Object.values(archiveFormats).map(({ extension }) => extension);
    return refuse(
      session,
      `'${out}' is not the name of an archive; it ends with ${known.join(', ')}`,
    );
  }
  const here = host.system.workingDirectory;
  const output = posix.resolve(here, out);
  const own = posix.basename(output).replace(/(\.tar)?\.[a-z0-9]+$/, '');
  const archived = await archiveSource(session, {
    sourceRoot: posix.resolve(here, text(options, 'sourcedir') ?? '.'),
    revision,
    output,
    format,
    top: flag(options, 'flat') ? '' : (text(options, 'prefix') ?? own).replace(/\/+$/, ''),
    platforms: text(options, 'npmPlatforms')?.split(',') ?? defaultPlatforms,
    subprojects,
  });
  if (!archived.ok) {
    refuse(session, archived.error);
    return exitCodes.failed;
  }
  const { path, sha256, size } = archived.value;
  if (json) terminal.print(jsonLine({ kind: 'archive', path, sha256, size }));
  else terminal.print(`Created ${path}\nSHA-256 ${sha256}`);
  return exitCodes.ok;
}

function define(command: Command): void {
  command
    .argument('<ref>', 'A commit, branch or tag')
    .argument('<out>', 'The archive: .tar, .tar.xz, .tar.gz, .tar.bz2, .tar.zst or .zip')
    .argument('[subproject...]', 'The only subprojects to bring; by default all that have wraps')
    .option('--sourcedir <dir>', 'The project', '.')
    .option('--prefix <folder>', 'The folder in the archive; by default its own name')
    .option('--flat', 'No folder: everything lies at the top')
    .option('--npm-platforms <list>', 'Systems to bring npm packages for: linux-x64, … or all');
}
