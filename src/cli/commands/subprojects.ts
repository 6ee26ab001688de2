import { posix } from 'node:path';
import type { Command } from 'commander';
import { err, ok, type Result } from '../../base/result.ts';
import { matchesGlob } from '../../testrun/match-glob.ts';
import { notSavable, packageFolder } from '../../wrap/patch/packagefiles.ts';
import type { Package } from '../../wrap/wrap-set.ts';
import { exitCodes, passedOn, type Session } from '../session.ts';
import { passThrough } from '../setup/whole-options.ts';
import { checkout, shownCommit } from '../subprojects/git.ts';
import { inParallel } from '../subprojects/in-parallel.ts';
import { openSubprojects, type Subprojects } from '../subprojects/open-subprojects.ts';
import { purgeSubproject } from '../subprojects/purge-subproject.ts';
import { updateSubproject } from '../subprojects/update-subproject.ts';
import { typesOf, typesOption } from '../subprojects/wrap-types.ts';
import { refuse } from '../terminal/refuse.ts';
import {
  collect,
  flag,
  number,
  type ParsedOptions,
  parseWords,
  text,
  texts,
} from '../words/parse-words.ts';
import { unknownSubcommand } from '../words/unknown-subcommand.ts';

interface Task {
  readonly session: Session;
  readonly all: Subprojects;
  readonly made: Package;
  /** Where its sources lie. */
  readonly folder: string;
  readonly options: ParsedOptions;
  /** What stands before the patterns: a branch, a command. */
  readonly own: readonly string[];
  /** Whether someone chose among the subprojects. */
  readonly named: boolean;
}

interface Subcommand {
  readonly name: string;
  readonly summary: string;
  readonly define?: (command: Command) => void;
  /** How many operands are no patterns; all of them where patterns are `--filter`s. */
  readonly ownOperands?: number;
  readonly operands?: string;
  /** What to say of a subproject, or what went wrong. */
  readonly run: (task: Task) => Promise<Result<string, string>> | Result<string, string>;
  /** Why it cannot be done as asked. */
  readonly refuses?: (options: ParsedOptions, own: readonly string[]) => string | undefined;
  /** Said at the end. */
  readonly last?: (options: ParsedOptions) => string;
}

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
      const said = `Download ${made.name}...`;
      if (session.host.files.isDirectory(folder)) return ok(`${said}\n  -> Already downloaded`);
      const done = await all.prepare(made.name);
      return done.ok ? ok(`${said}\n  -> done`) : err(`${said}\n  -> ${done.error}`);
    },
  },
  {
    name: 'update',
    summary: 'Bring subprojects to what their wraps say',
    define: (command) =>
      command
        .option('--rebase', 'Rebase your branch; what is done anyway (git only)')
        .option('--reset', 'Lay out anew; a clone is reset, what was changed in it stashed'),
    run: async ({ session: { host }, all, made, folder, options, named }) => {
      const said = `Updating ${made.name}...`;
      const reset = flag(options, 'reset');
      const done = await updateSubproject({ host, all, made, folder, reset, named });
      return done.ok ? ok(`${said}\n  -> ${done.value}`) : err(`${said}\n  -> ${done.error}`);
    },
  },
  {
    name: 'checkout',
    summary: 'Check out a branch (git only)',
    ownOperands: 1,
    operands: '[branch_name] [pattern...]',
    define: (command) => command.option('-b', 'Make a new branch'),
    run: async ({ session: { host }, made, folder, options, own }) => {
      const { wrap } = made;
      if (wrap?.kind !== 'git' || !host.files.isDirectory(folder)) return ok('');
      const branch = own[0] ?? wrap.revision?.value;
      if (branch === undefined) return ok('');
      const said = `Checkout ${branch} in ${made.name}...`;
      const done = await checkout(host, folder, { branch, create: flag(options, 'b') });
      if (!done.ok) return err(`${said}\n  -> ${done.error}`);
      return ok(`${said}\n  -> ${await shownCommit(host, folder)}`);
    },
  },
  {
    name: 'foreach',
    summary: 'Run a command in the folder of each subproject',
    ownOperands: Number.POSITIVE_INFINITY,
    operands: '<command...>',
    define: (command) =>
      passThrough(command).option(
        '--filter <pattern>',
        'Only in subprojects of such names',
        collect,
      ),
    run: foreach,
  },
  {
    name: 'purge',
    summary: 'Remove what wraps brought',
    define: (command) =>
      command
        .option('--include-cache', 'The downloaded archives too')
        .option('--confirm', 'Really remove them'),
    run: ({ session: { host }, all, made, folder, options }) =>
      purgeSubproject({
        host,
        all,
        made,
        folder,
        cacheToo: flag(options, 'includeCache'),
        confirmed: flag(options, 'confirm'),
      }),
    last: (options) =>
      flag(options, 'confirm')
        ? ''
        : '\nNothing has been deleted, run again with --confirm to apply.',
  },
  {
    name: 'packagefiles',
    summary: 'Lay the files of packagefiles/ over subprojects again, or keep changes there',
    define: (command) =>
      command
        .option('--apply', 'Lay them over the subproject')
        .option('--save', 'Copy what differs from the archive to packagefiles/'),
    refuses: (options) =>
      flag(options, 'apply') && flag(options, 'save')
        ? '--apply and --save are mutually exclusive'
        : undefined,
    run: packagefiles,
  },
];

/** `kaon subprojects SUBCOMMAND [OPTIONS] [PATTERN …]` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const [name = '', ...rest] = words;
  const found = subcommands.find((each) => each.name === name);
  if (found === undefined) {
    return unknownSubcommand(
      session,
      { name: 'subprojects', usage: '[OPTIONS] [PATTERN …]', subcommands },
      name,
    );
  }
  const parsed = parseWords(session.terminal, usageOf(found), rest);
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const own = operands.slice(0, found.ownOperands ?? 0);
  const patterns = [...operands.slice(found.ownOperands ?? 0), ...texts(options, 'filter')];
  const types = typesOf(options);
  if (!types.ok) return refuse(session, types.error);
  const refusal = found.refuses?.(options, own);
  if (refusal !== undefined) return refuse(session, refusal);
  const sourceDir = text(options, 'sourcedir') ?? '.';
  const all = openSubprojects(session, sourceDir);
  if (!all.ok) return refuse(session, all.error);
  if (!session.host.files.isDirectory(all.value.folder)) {
    session.terminal.print(`Directory ${sourceDir} does not seem to have subprojects.`);
    return exitCodes.ok;
  }
  const stray = patterns.find(
    (each) => !all.value.packages.some(({ name: own }) => matchesGlob(own, each)),
  );
  if (stray !== undefined && !session.asMeson)
    return refuse(
      session,
      `No subproject is called '${stray}'; "kaon subprojects list" tells them.`,
    );
  const chosen = all.value.packages.filter(
    ({ name, wrap }) =>
      // A redirect counts as what it leads to, as with Meson.
      (types.value.length === 0 || (wrap !== undefined && types.value.includes(wrap.kind))) &&
      (patterns.length === 0 || patterns.some((each) => matchesGlob(name, each))),
  );
  const named = patterns.length > 0;
  return forAll(session, found, { all: all.value, chosen, options, own, named });
}

function usageOf({ name, summary, operands, define }: Subcommand) {
  return {
    name: `subprojects ${name}`,
    summary: `${summary}.`,
    define: (command: Command) => {
      for (const each of (operands ?? '[pattern...]').split(' '))
        command.argument(each, each.includes('pattern') ? 'Names, with * and ?' : '');
      command
        .option('--sourcedir <dir>', 'The project', '.')
        .option(...typesOption)
        .option('-j, --num-processes <n>', 'How many at once')
        .option(
          '--allow-insecure',
          'Taken for the sake of scripts: hashes are checked in any case',
        );
      define?.(command);
    },
  };
}

async function forAll(
  session: Session,
  { run: work, last }: Subcommand,
  {
    chosen,
    ...task
  }: Omit<Task, 'session' | 'made' | 'folder'> & { readonly chosen: readonly Package[] },
): Promise<number> {
  const failed: string[] = [];
  const width = number(task.options, 'numProcesses', session.host.system.cores);
  const tasks = chosen.map((made) => async () => {
    const folder = posix.join(task.all.folder, made.directory);
    return work({ session, made, folder, ...task });
  });
  // Told in the order of their names, each as soon as those before it are done.
  await inParallel(tasks, Math.max(1, width), (done, at) => {
    const name = chosen[at]?.name ?? '';
    if (!done.ok) failed.push(name);
    const said = done.ok
      ? done.value
      : done.error.includes(name)
        ? done.error
        : `${name}: ${done.error}`;
    if (said !== '') session.terminal.print(said);
  });
  const end = last?.(task.options) ?? '';
  if (end !== '') session.terminal.print(end);
  if (failed.length === 0) return exitCodes.ok;
  session.terminal.print('\nWarning: Some subprojects failed:');
  for (const name of failed) session.terminal.print(`  - ${name}`);
  // Meson ends with how many they are.
  return session.asMeson ? passedOn(failed.length) : exitCodes.failed;
}

function kindOf({ wrap, redirectedFrom }: Package): string {
  if (redirectedFrom !== undefined) return 'redirect';
  return wrap === undefined ? 'folder' : wrap.kind;
}

async function foreach({
  session: { host },
  folder,
  own,
  all,
}: Task): Promise<Result<string, string>> {
  const shown = posix.relative(all.sourceRoot, folder);
  const said = `Executing command in ${shown}`;
  if (!host.files.isDirectory(folder)) return ok(`${said}\n  -> Not downloaded yet`);
  const { ended, stdout, stderr } = await host.processes.spawn({
    argv: own,
    workingDirectory: folder,
    environment: host.system.environment,
    mergeOutput: true,
  }).done;
  const output = `${stdout}${stderr}`.trimEnd();
  const told = output === '' ? said : `${said}\n${output}`;
  if (ended.kind === 'exited' && ended.code === 0) return ok(told);
  if (ended.kind === 'not-started') return err(`${said}\n  -> ${ended.reason}`);
  const status = ended.kind === 'exited' ? ended.code : ended.kind;
  return err(`${told}\n  -> Command '${own.join(' ')}' returned non-zero exit status ${status}.`);
}

async function packagefiles({
  all,
  made,
  folder,
  session,
  options,
}: Task): Promise<Result<string, string>> {
  const apply = flag(options, 'apply');
  if (!apply && !flag(options, 'save')) return ok('');
  const unsaved = apply ? undefined : notSavable(made);
  if (unsaved !== undefined) return err(unsaved);
  const said = apply
    ? `Re-applying patchfiles overlay for ${made.name}...`
    : `Saving ${made.name} to ${posix.relative(all.sourceRoot, packageFolder(made))}...`;
  if (!session.host.files.isDirectory(folder)) return ok(`${said}\n  -> Not downloaded yet`);
  const done = await (apply ? all.applyPackageFiles : all.savePackageFiles)(made.name);
  return done.ok ? ok(said) : err(`${said}\n  -> ${done.error}`);
}
