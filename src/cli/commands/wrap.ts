import { posix } from 'node:path';
import type { Command } from 'commander';
import { nearest } from '../../base/nearest.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { matchesGlob } from '../../testrun/match-glob.ts';
import type { OfferedWrap } from '../../wrap/offered-wraps.ts';
import type { Wrap } from '../../wrap/wrap-file.ts';
import type { Package } from '../../wrap/wrap-set.ts';
import { exitCodes, type Session } from '../session.ts';
import { openSubprojects, type Subprojects } from '../subprojects/open-subprojects.ts';
import { promote } from '../subprojects/promote.ts';
import { typesOf, typesOption } from '../subprojects/wrap-types.ts';
import { Wrapdb } from '../subprojects/wrapdb.ts';
import { guessedVersion, saidVersion, splitVersion } from '../subprojects/wrapdb-version.ts';
import { refuse } from '../terminal/refuse.ts';
import { flag, parseWords, text } from '../words/parse-words.ts';
import { unknownSubcommand } from '../words/unknown-subcommand.ts';

interface Task {
  readonly session: Session;
  readonly database: Wrapdb;
  readonly subprojects: () => Result<Subprojects, string>;
  readonly operands: readonly string[];
  readonly force: boolean;
  /** Kinds of wraps to look at; all when empty. */
  readonly types: readonly string[];
}

interface Subcommand {
  readonly name: string;
  readonly summary: string;
  readonly operands: string;
  readonly run: (task: Task) => Promise<Result<void, string>>;
}

const subcommands: readonly Subcommand[] = [
  {
    name: 'list',
    summary: 'Show all projects that the database has',
    operands: '',
    run: withReleases(({ session }, releases) => {
      for (const name of releases.keys()) session.terminal.print(name);
      return ok(undefined);
    }),
  },
  {
    name: 'search',
    summary: 'Search projects and dependencies by name',
    operands: '<name>',
    run: withReleases(({ session, operands: [wanted = ''] }, releases) => {
      for (const [name, release] of releases) {
        if (name.includes(wanted)) {
          session.terminal.print(name);
          continue;
        }
        for (const each of release.dependencies.filter((own) => own.includes(wanted))) {
          session.terminal.print(`Dependency ${each} found in wrap ${name}`);
        }
      }
      return ok(undefined);
    }),
  },
  {
    name: 'info',
    summary: 'Show the versions of a project',
    operands: '<name>',
    run: withReleases(({ session, operands: [name = ''] }, releases) => {
      const release = releases.get(name);
      if (release === undefined) return err(notFound(name, releases));
      session.terminal.print(`Available versions of ${name}:`);
      for (const version of release.versions) session.terminal.print(`  ${version}`);
      return ok(undefined);
    }),
  },
  {
    name: 'install',
    summary: 'Add wrap files of projects',
    operands: '<name...>',
    run: withReleases(async (task, releases) => {
      const opened = task.subprojects();
      if (!opened.ok) return opened;
      const { folder } = opened.value;
      const made = task.session.host.files.makeDirectory(folder);
      if (!made.ok) return err(`${made.error.path}: ${made.error.reason}`);
      const failed: string[] = [];
      for (const name of new Set(task.operands)) {
        const done = await install(task, { name, folder, releases });
        if (!done.ok) failed.push(done.error);
      }
      return failed.length === 0 ? ok(undefined) : err(failed.join('\n'));
    }),
  },
  {
    name: 'update',
    summary: 'Bring wrap files to the newest version',
    operands: '[pattern...]',
    run: withReleases(updateWraps),
  },
  {
    name: 'status',
    summary: 'Show which wrap files are up to date',
    operands: '',
    run: withReleases(({ session, subprojects }, releases) => {
      const opened = subprojects();
      if (!opened.ok) return opened;
      session.terminal.print('Subproject status');
      for (const made of opened.value.packages) {
        if (made.wrap === undefined) continue;
        const latest = releases.get(made.name)?.versions[0];
        session.terminal.print(` ${made.name} ${statusOf(made.wrap, latest)}`);
      }
      return ok(undefined);
    }),
  },
  {
    name: 'promote',
    summary: 'Bring a subproject of a subproject up to the main project',
    operands: '<project_path>',
    run: async ({ session, subprojects, operands: [wanted = ''] }) => {
      const opened = subprojects();
      return opened.ok ? promote(session.host, opened.value, wanted) : opened;
    },
  },
  {
    name: 'update-db',
    summary: 'Keep the list of projects in subprojects/wrapdb.json',
    operands: '',
    run: async ({ session, subprojects, database }) => {
      const opened = subprojects();
      if (!opened.ok) return opened;
      const { files } = session.host;
      files.makeDirectory(opened.value.folder);
      const content = await database.text('releases.json');
      if (!content.ok) return content;
      const written = files.write(`${opened.value.folder}/wrapdb.json`, content.value);
      return written.ok ? ok(undefined) : err(written.error.reason);
    },
  },
];

/** `kaon wrap SUBCOMMAND …` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const [name = '', ...rest] = words;
  const found = subcommands.find((each) => each.name === name);
  if (found === undefined) {
    return unknownSubcommand(session, { name: 'wrap', usage: '[OPTIONS]', subcommands }, name);
  }
  const parsed = parseWords(session.terminal, usageOf(found), rest);
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const sourceDir = text(options, 'sourcedir') ?? '.';
  const url = text(options, 'wrapdb') ?? session.host.system.environment['KAON_WRAPDB'];
  const types = typesOf(options);
  if (!types.ok) return refuse(session, types.error);
  const done = await found.run({
    session,
    operands,
    types: types.value,
    force: flag(options, 'force'),
    subprojects: () => openSubprojects(session, sourceDir),
    database: new Wrapdb(session.host, {
      url,
      allowInsecure: flag(options, 'allowInsecure'),
      kept: posix.resolve(
        session.host.system.workingDirectory,
        sourceDir,
        'subprojects/wrapdb.json',
      ),
    }),
  });
  if (done.ok) return exitCodes.ok;
  refuse(session, done.error);
  return exitCodes.failed;
}

function usageOf({ name, summary, operands }: Subcommand) {
  return {
    name: `wrap ${name}`,
    summary: `${summary}.`,
    define: (command: Command) => {
      if (operands !== '') command.argument(operands, 'Names of projects');
      command
        .option('--wrapdb <url>', 'The database; or KAON_WRAPDB in the environment')
        .option('--sourcedir <dir>', 'The project', '.')
        .option('--allow-insecure', 'Ask by http where https fails');
      if (name === 'update')
        command
          .option('--force', 'Also wraps that are not of the database')
          .option(...typesOption)
          .option(
            '-j, --num-processes <n>',
            'Taken for the sake of scripts: it is one small file each',
          );
    },
  };
}

type Releases = ReadonlyMap<string, OfferedWrap>;

/** Work that needs the list of projects. */
function withReleases(
  work: (task: Task, releases: Releases) => Result<void, string> | Promise<Result<void, string>>,
): Subcommand['run'] {
  return async (task) => {
    const releases = await task.database.releases();
    return releases.ok ? work(task, releases.value) : releases;
  };
}

function notFound(name: string, releases: Releases): string {
  const close = nearest(name, [...releases.keys()]);
  return `Wrap ${name} not found in wrapdb${close === undefined ? '' : ` (did you mean '${close}'?)`}`;
}

async function install(
  { session, database }: Task,
  {
    name,
    folder,
    releases,
  }: { readonly name: string; readonly folder: string; readonly releases: Releases },
): Promise<Result<void, string>> {
  const { files } = session.host;
  const file = `${folder}/${name}.wrap`;
  if (files.isDirectory(`${folder}/${name}`)) {
    return err('Subproject directory for this project already exists.');
  }
  if (files.exists(file)) return err(`Wrap file for ${name} already exists.`);
  const version = releases.get(name)?.versions[0];
  if (version === undefined) return err(notFound(name, releases));
  const content = await database.wrapFile(name, version);
  if (!content.ok) return content;
  const written = files.write(file, content.value);
  if (!written.ok) return err(written.error.reason);
  const newest = splitVersion(version);
  const shown = `version ${newest.version} revision ${newest.revision}`;
  session.terminal.print(`Installed ${name} ${shown}`);
  return ok(undefined);
}

async function updateWraps(task: Task, releases: Releases): Promise<Result<void, string>> {
  const { session, operands, types } = task;
  const opened = task.subprojects();
  if (!opened.ok) return opened;
  const failed: string[] = [];
  for (const made of opened.value.packages) {
    const { name, wrap } = made;
    if (wrap === undefined || (types.length > 0 && !types.includes(wrap.kind))) continue;
    if (operands.length > 0 && !operands.some((each) => matchesGlob(name, each))) continue;
    session.terminal.print(`Checking latest WrapDB version for ${name}...`);
    const done = await updateWrap(task, { made, wrap, latest: releases.get(name)?.versions[0] });
    if (!done.ok) failed.push(`${name}: ${done.error}`);
    else session.terminal.print(`  -> ${done.value}`);
  }
  return failed.length === 0 ? ok(undefined) : err(failed.join('\n'));
}

async function updateWrap(
  { session: { host }, database, force }: Task,
  {
    made,
    wrap,
    latest,
  }: { readonly made: Package; readonly wrap: Wrap; readonly latest: string | undefined },
): Promise<Result<string, string>> {
  const { name, home, redirectedFrom } = made;
  if (latest === undefined) return ok('Wrap not found in wrapdb');
  const current = saidVersion(wrap);
  if (current === undefined && !force) {
    return err(
      wrap.wrapdbVersion === undefined
        ? 'Could not determine current version, use --force to update anyway'
        : 'Malformed wrapdb_version field, use --force to update anyway',
    );
  }
  const newest = splitVersion(latest);
  if (current?.version === newest.version && current.revision === newest.revision)
    return ok(`Already at latest version: ${latest}`);
  const content = await database.wrapFile(name, latest);
  if (!content.ok) return content;
  // What a redirect points to belongs to another project.
  const written = host.files.replace(redirectedFrom ?? `${home}/${name}.wrap`, content.value);
  return written.ok ? ok(`New version downloaded: ${latest}`) : err(written.error.reason);
}

function statusOf(wrap: Wrap, latest: string | undefined): string {
  if (latest === undefined) return 'not available in wrapdb.';
  const current = guessedVersion(wrap);
  if (current === undefined) return 'Wrap file not from wrapdb.';
  const newest = splitVersion(latest);
  const { version, revision } = current;
  if (version === newest.version && revision === newest.revision)
    return `up to date. Branch ${version}, revision ${revision}.`;
  return `not up to date. Have ${version} ${revision}, but ${newest.version} ${newest.revision} is available.`;
}
