import { posix } from 'node:path';
import type { Command } from 'commander';
import { nearest } from '../../base/nearest.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { matchesGlob } from '../../testrun/match-glob.ts';
import type { Package } from '../../wrap/wrap-set.ts';
import { flag, type ParsedOptions, parseWords, text } from '../parse-words.ts';
import { refuse } from '../say.ts';
import { exitCodes, type Session } from '../session.ts';
import { checkout, git, updateClone } from '../subprojects/git.ts';
import { openSubprojects, type Subprojects } from '../subprojects/open-subprojects.ts';

interface Task {
  readonly session: Session;
  readonly all: Subprojects;
  readonly made: Package;
  /** Where its sources lie. */
  readonly folder: string;
  readonly options: ParsedOptions;
  readonly operands: readonly string[];
}

interface Subcommand {
  readonly name: string;
  readonly summary: string;
  readonly define?: (command: Command) => void;
  /** Operands are not names of subprojects. */
  readonly ownOperands?: true;
  /** What to say of a subproject, or what went wrong. */
  readonly run: (task: Task) => Promise<Result<string, string>> | Result<string, string>;
  /** Said at the end. */
  readonly last?: (options: ParsedOptions) => string;
}

const kinds = ['file', 'git', 'hg', 'svn', 'redirect'];

const subcommands: readonly Subcommand[] = [
  {
    name: 'list',
    summary: 'Show the subprojects there are',
    run: ({ session, made, folder }) => {
      const here = session.host.files.isDirectory(folder) ? folder : 'not downloaded';
      return ok(`${made.name} (${kindOf(made)}): ${here}`);
    },
  },
  {
    name: 'download',
    summary: 'Fetch subprojects that are not there',
    run: async ({ session, all, made, folder }) => {
      if (session.host.files.isDirectory(folder)) {
        return ok(`Download ${made.name}...\n  -> Already downloaded`);
      }
      const done = await all.prepare(made.name);
      return done.ok ? ok(`Download ${made.name}...\n  -> done`) : done;
    },
  },
  {
    name: 'update',
    summary: 'Bring subprojects to what their wraps say',
    define: (command) =>
      command
        .option('--rebase', 'Rebase your branch; what is done anyway (git only)')
        .option('--reset', 'Lay out anew; a clone is reset, what was changed in it stashed'),
    run: update,
  },
  {
    name: 'checkout',
    summary: 'Check out a branch (git only)',
    ownOperands: true,
    define: (command) => command.option('-b', 'Make a new branch'),
    run: ({ session, made, folder, options, operands }) => {
      const { wrap } = made;
      if (wrap?.kind !== 'git' || !session.host.files.isDirectory(folder)) return ok('');
      const branch = operands[0] ?? wrap.revision?.value;
      if (branch === undefined) return ok('');
      const done = checkout(session.host, folder, { branch, create: flag(options, 'b') });
      return done.ok ? ok(`Checkout ${branch} in ${made.name}...`) : done;
    },
  },
  {
    name: 'foreach',
    summary: 'Run a command in the folder of each subproject',
    ownOperands: true,
    define: (command) => command.passThroughOptions(),
    run: ({ session: { host }, folder, operands }) => {
      if (!host.files.isDirectory(folder)) {
        return ok(`Executing command in ${folder}\n  -> Not downloaded yet`);
      }
      const { environment } = host.system;
      const ran = host.processes.run({ argv: operands, workingDirectory: folder, environment });
      const said = `Executing command in ${folder}\n${ran.stdout}${ran.stderr}`.trimEnd();
      if (ran.ended.kind === 'exited' && ran.ended.code === 0) return ok(said);
      const status = ran.ended.kind === 'exited' ? ran.ended.code : ran.ended.kind;
      const shown = operands.join(' ');
      return err(`${said}\nCommand '${shown}' returned non-zero exit status ${status}.`);
    },
  },
  {
    name: 'purge',
    summary: 'Remove what wraps brought',
    define: (command) =>
      command
        .option('--include-cache', 'The downloaded archives too')
        .option('--confirm', 'Really remove them'),
    run: purge,
    last: (options) =>
      flag(options, 'confirm')
        ? ''
        : '\nNothing has been deleted, run again with --confirm to apply.',
  },
  {
    name: 'packagefiles',
    summary: 'Lay the files of packagefiles/ over subprojects again',
    define: (command) => command.option('--apply', 'Lay them over the subproject'),
    run: ({ all, made, folder, session, options }) => {
      if (!flag(options, 'apply')) return ok('');
      const said = `Re-applying patchfiles overlay for ${made.name}...`;
      if (!session.host.files.isDirectory(folder)) return ok(`${said}\n  -> Not downloaded yet`);
      return relaid({ all, made, folder, session }, said);
    },
  },
];

/** `kaon subprojects SUBCOMMAND [OPTIONS] [PATTERN …]` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const [name = '', ...rest] = words;
  const found = subcommands.find((each) => each.name === name);
  if (found === undefined) return withoutSubcommand(session, name);
  const { summary } = found;
  const usage = {
    name: `subprojects ${name}`,
    summary: `${summary}.`,
    define: (command: Command) => {
      command
        .argument(
          '[pattern...]',
          found.ownOperands ? 'What to run or check out' : 'Names, with * and ?',
        )
        .option('--sourcedir <dir>', 'The project', '.')
        .option('--types <types>', `Kinds of wraps, with commas: ${kinds.join(', ')}`)
        .option('-j, --num-processes <n>', 'Taken for the sake of scripts, and not heeded')
        .option('--allow-insecure', 'Taken for the sake of scripts, and not heeded');
      found.define?.(command);
    },
  };
  const parsed = parseWords(session.terminal, usage, rest);
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const types = (text(options, 'types') ?? '').split(',').filter(Boolean);
  const wrong = types.find((type) => !kinds.includes(type));
  if (wrong !== undefined) {
    return refuse(
      session,
      `Unknown subproject type '${wrong}', supported types are: ${kinds.join(', ')}`,
    );
  }
  const all = openSubprojects(session, text(options, 'sourcedir') ?? '.');
  if (!all.ok) return refuse(session, all.error);
  const chosen = all.value.packages.filter(
    (made) =>
      (types.length === 0 || types.includes(kindOf(made))) &&
      (found.ownOperands ||
        operands.length === 0 ||
        operands.some((each) => matchesGlob(made.name, each))),
  );
  return forAll(session, found, { all: all.value, chosen, options, operands });
}

async function forAll(
  session: Session,
  { run: work, last }: Subcommand,
  {
    chosen,
    ...task
  }: Pick<Task, 'all' | 'options' | 'operands'> & { readonly chosen: readonly Package[] },
): Promise<number> {
  const failed: string[] = [];
  for (const made of chosen) {
    const folder = posix.join(task.all.folder, made.directory);
    const done = await work({ session, made, folder, ...task });
    if (!done.ok) failed.push(made.name);
    const said = done.ok ? done.value : `${made.name}:\n  -> ${done.error}`;
    if (said !== '') session.terminal.print(said);
  }
  const end = last?.(task.options) ?? '';
  if (end !== '') session.terminal.print(end);
  if (failed.length === 0) return exitCodes.ok;
  session.terminal.print('\nWarning: Some subprojects failed:');
  for (const name of failed) session.terminal.print(`  - ${name}`);
  return exitCodes.failed;
}

function withoutSubcommand(session: Session, name: string): number {
  const isHelp = name === '--help' || name === '-h';
  const lines = subcommands.map((each) => `  ${each.name.padEnd(14)}${each.summary}`);
  if (isHelp || name === '') {
    session.terminal.print(
      `Usage: kaon subprojects COMMAND [OPTIONS] [PATTERN …]\n\n${lines.join('\n')}`,
    );
    return isHelp ? exitCodes.ok : exitCodes.wrong;
  }
  const close = nearest(
    name,
    subcommands.map((each) => each.name),
  );
  const hint = close === undefined ? '' : ` Did you mean '${close}'?`;
  return refuse(session, `kaon subprojects has no command '${name}'.${hint}`);
}

function kindOf({ wrap, redirectedFrom }: Package): string {
  if (redirectedFrom !== undefined) return 'redirect';
  return wrap === undefined ? 'folder' : wrap.kind;
}

async function update(task: Task): Promise<Result<string, string>> {
  const { session, made, folder, options, operands } = task;
  const said = `Updating ${made.name}...`;
  const reset = flag(options, 'reset');
  const { wrap } = made;
  if (!session.host.files.isDirectory(folder)) {
    return operands.length === 0 ? ok(`${said}\n  -> Not used.`) : err('Not used.');
  }
  if (wrap === undefined) {
    const why = 'Cannot update subproject with no wrap file';
    return operands.length === 0 ? ok(`${said}\n  -> ${why}`) : err(why);
  }
  if (wrap.kind === 'git' && session.host.files.exists(`${folder}/.git`)) {
    const done = updateClone(session.host, folder, { wrap, reset });
    if (!done.ok) return done;
    const shown = git(session.host, folder, ['show', '--quiet', '--pretty=format:%h %s [%an]']);
    return ok(`${said}\n  -> ${shown.ok ? shown.value : 'done'}`);
  }
  if (reset) return relaid(task, said);
  return err(
    'Subproject has not changed, or the new source/patch needs to be extracted on the same location.\n' +
      '     Pass --reset option to delete directory and redownload.',
  );
}

/** Removes the sources and fetches them again, from the cache of archives where they are there. */
async function relaid(
  { session, all, made, folder }: Pick<Task, 'session' | 'all' | 'made' | 'folder'>,
  said: string,
): Promise<Result<string, string>> {
  if (made.wrap === undefined) return ok('');
  const aside = `${folder}.before`;
  const { files } = session.host;
  const moved = files.rename(folder, aside);
  if (!moved.ok) return err(moved.error.reason);
  const done = await all.prepare(made.name);
  if (done.ok) {
    files.remove(aside);
    return ok(`${said}\n  -> New version extracted`);
  }
  // What cannot be had again stays.
  files.remove(folder);
  files.rename(aside, folder);
  return done;
}

function purge({ session, all, made, folder, options }: Task): Result<string, string> {
  if (made.wrap === undefined) return ok('');
  const { files } = session.host;
  const cache = posix.join(all.folder, 'packagecache');
  const { wrap } = made;
  const archives =
    wrap.kind === 'file' ? [wrap.archive.filename?.value, wrap.patch.filename?.value] : [];
  const paths = [
    ...(made.redirectedFrom === undefined
      ? []
      : [posix.resolve(all.sourceRoot, made.redirectedFrom)]),
    ...(flag(options, 'includeCache')
      ? archives.flatMap((name) => (name === undefined ? [] : [posix.join(cache, name)]))
      : []),
    folder,
  ].filter((path) => files.lstat(path) !== undefined);
  for (const path of paths) {
    const removed = flag(options, 'confirm') ? files.remove(path) : ok(undefined);
    if (!removed.ok) return err(`Unable to remove: ${path}: ${removed.error.reason}`);
  }
  return ok(paths.map((path) => `Deleting ${path}`).join('\n'));
}
