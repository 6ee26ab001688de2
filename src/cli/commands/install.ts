import type { Command } from 'commander';
import { install } from '../../release/install.ts';
import { buildGraph } from '../build/build-graph.ts';
import { type Opened, openBuild } from '../build/open-build.ts';
import { exitCodes, type Session } from '../session.ts';
import { findBuildDirectory } from '../setup/build-directory.ts';
import { jsonLine } from '../terminal/json-line.ts';
import { refuse } from '../terminal/refuse.ts';
import { flag, type ParsedOptions, parseWords, text } from '../words/parse-words.ts';

/** Meson ends with -1 where nothing was installed as the build failed. */
const mesonDoesNotBuild = 255;

/** `kaon install [OPTIONS]` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const usage = { name: 'install', summary: 'Install the project.', define };
  const parsed = parseWords(session.terminal, usage, words);
  if (parsed.kind === 'exit') return parsed.code;
  const { options } = parsed;
  const rebuild = options['rebuild'] !== false;
  const directory = text(options, 'C');
  const opened = await openBuild(session, { directory, asItIs: !rebuild });
  if (!opened.ok) {
    const place = findBuildDirectory(session, directory);
    const hasBuild = place.ok && place.value.kind === 'configured';
    return session.asMeson && rebuild && hasBuild ? mesonDoesNotBuild : opened.error;
  }
  try {
    if (rebuild) {
      const request = { goals: [], jobs: 0, keepGoing: 1, verbose: false, quiet: true };
      const built = await buildGraph(session, opened.value, request);
      if (built.exitCode !== exitCodes.ok)
        return session.asMeson ? mesonDoesNotBuild : built.exitCode;
    }
  } finally {
    opened.value.release();
  }
  return installAll(session, opened.value, options);
}

function define(command: Command): void {
  command
    .option('-C <dir>', 'The build directory')
    .option('--no-rebuild', 'Build nothing before')
    .option('--only-changed', 'Only overwrite files that are older than the copied file')
    .option('-q, --quiet', 'Do not print every file')
    .option('--destdir <dir>', 'Install below this directory, whatever DESTDIR says')
    .option('-n, --dry-run', 'Install nothing, but say what would be')
    .option('--skip-subprojects [names]', 'Nothing of these subprojects, or of any')
    .option('--tags <tags>', 'Only what has one of these tags')
    .option('--strip', 'Strip programs and libraries');
}

async function installAll(
  session: Session,
  { state }: Opened,
  options: ParsedOptions,
): Promise<number> {
  const { host, terminal, json } = session;
  const skip = options['skipSubprojects'];
  const tags = text(options, 'tags');
  const tell = (line: { readonly kind: string; readonly [name: string]: unknown }): void =>
    terminal.print(jsonLine(line));
  const installed = await session.interruptible((signal) =>
    install({
      host,
      plan: state.install,
      options: {
        destdir: text(options, 'destdir') ?? host.system.environment['DESTDIR'],
        onlyChanged: flag(options, 'onlyChanged'),
        // What was installed is told as events then.
        quiet: flag(options, 'quiet') || json,
        dryRun: flag(options, 'dryRun'),
        skipSubprojects: skip === true ? ['*'] : typeof skip === 'string' ? list(skip) : [],
        tags: tags === undefined ? undefined : list(tags),
        strip: flag(options, 'strip'),
      },
      print: (line) => (json ? tell({ kind: 'message', text: line }) : terminal.print(line)),
      ...(json && { onInstalled: (thing) => tell({ kind: 'installed', ...thing }) }),
      signal,
    }),
  );
  if (installed.ok) return exitCodes.ok;
  const { message, denied, exitCode } = installed.error;
  refuse(session, message);
  if (denied && !json) {
    terminal.print('Installation failed due to insufficient permissions. Try: sudo kaon install');
  }
  return exitCode;
}

function list(given: string): readonly string[] {
  return given.split(',').map((name) => name.trim());
}
