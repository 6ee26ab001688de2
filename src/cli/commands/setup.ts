import type { Command } from 'commander';
import { quoteWord } from '../../base/shell-words.ts';
import { type Diagnostic, plainError } from '../../diag/diagnostic.ts';
import type { Files } from '../../host/host.ts';
import { pythonVariable } from '../../host/python.ts';
import { type CommandLineRecord, mergedRecord } from '../../store/setup/cmd-line-file.ts';
import {
  isConfigured,
  loadCommandLine,
  loadSetup,
  saveCommandLine,
} from '../../store/setup/setup-state.ts';
import { lockBuild } from '../build/lock-build.ts';
import { exitCodes, type Session } from '../session.ts';
import { configure } from '../setup/configure.ts';
import { keepWantedOptions } from '../setup/keep-wanted-options.ts';
import { type MachineFileKind, machineFiles } from '../setup/machine-files.ts';
import { wipeBuildDirectory } from '../setup/prepare-build-directory.ts';
import { type Directories, setupDirectories } from '../setup/setup-directories.ts';
import { defineMachineFiles, GivenOptions } from '../setup/setup-words.ts';
import { wantedOptions } from '../setup/wanted-options.ts';
import { refuse, refuseDiagnostic, refuseFile } from '../terminal/refuse.ts';
import { flag, parseWords, text, texts } from '../words/parse-words.ts';

/** `kaon setup [OPTIONS] [BUILD [SOURCE]]` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const given = new GivenOptions();
  const parsed = parseWords(
    session.terminal,
    {
      name: 'setup',
      summary: 'Configure the project in a build directory.',
      define: (command) => define(command, given),
    },
    words,
  );
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const values = given.result();
  if (!values.ok) return refuse(session, values.error);
  const directories = setupDirectories(session.host, operands[0], operands[1]);
  if (!directories.ok) return refuseDiagnostic(session, directories.error);
  const names = {
    cross: texts(options, 'crossFile'),
    native: texts(options, 'nativeFile'),
  };
  const filesOf = (kind: MachineFileKind) =>
    machineFiles(session.host, kind, {
      names: names[kind],
      buildRoot: directories.value.buildRoot,
    });
  const nativeFiles = filesOf('native');
  if (!nativeFiles.ok) return refuse(session, nativeFiles.error);
  const crossFiles = filesOf('cross');
  if (!crossFiles.ok) return refuse(session, crossFiles.error);
  return setUp(session, {
    directories: directories.value,
    options: values.value,
    nativeFiles: nativeFiles.value,
    crossFiles: crossFiles.value,
    crossNames: names.cross,
    nativeNames: names.native,
    python: text(options, 'python') ?? session.host.system.environment[pythonVariable],
    wipe: flag(options, 'wipe'),
    reconfigure: flag(options, 'reconfigure'),
    clearCache: flag(options, 'clearcache'),
    fatalWarnings: flag(options, 'fatalMesonWarnings'),
  });
}

function define(command: Command, given: GivenOptions): void {
  command
    .argument('[builddir]', 'The directory to build in')
    .argument('[sourcedir]', 'The directory of the project')
    .option('--fatal-meson-warnings', 'Make all warnings of build files fatal')
    .option('--reconfigure', 'Set options and configure again')
    .option('--python <program>', 'The Python that scripts are run by')
    .option('--wipe', 'Empty the build directory and configure it as it was')
    .option('--clearcache', 'Forget what was found out about this machine')
    .option('--profile-self', 'Taken for the sake of scripts, and not heeded');
  defineMachineFiles(command);
  given.define(command);
}

interface SetupRequest {
  readonly directories: Directories;
  readonly options: ReadonlyMap<string, string>;
  readonly nativeFiles: readonly string[];
  readonly python: string | undefined;
  readonly crossFiles: readonly string[];
  /** The same as they were written. */
  readonly crossNames: readonly string[];
  readonly nativeNames: readonly string[];
  readonly wipe: boolean;
  readonly reconfigure: boolean;
  readonly clearCache: boolean;
  readonly fatalWarnings: boolean;
}

async function setUp(session: Session, request: SetupRequest): Promise<number> {
  const { files } = session.host;
  const { buildRoot } = request.directories;
  const locked = await lockBuild(session, buildRoot);
  if (!locked.ok) return locked.error;
  try {
    const before = loadCommandLine(files, buildRoot);
    const commandLine = mergedRecord(before, request);
    if (isConfigured(files, buildRoot) && !request.reconfigure && !request.wipe) {
      const other = otherSource(files, request.directories);
      if (other !== undefined) return refuseDiagnostic(session, other);
      session.terminal.print(alreadyConfigured);
      if (request.options.size === 0) return exitCodes.ok;
      const state = loadSetup(files, buildRoot);
      if (state.ok) return keepWantedOptions(session, state.value, commandLine);
      const saved = saveCommandLine(files, buildRoot, commandLine);
      return saved.ok ? exitCodes.ok : refuseFile(session, saved.error);
    }
    const refused = request.wipe ? undefined : refusedOptions(files, request, commandLine);
    if (refused !== undefined) return refuse(session, refused);
    if (request.wipe) {
      const known = files.isDirectory(`${buildRoot}/meson-private`);
      const content = files.list(buildRoot);
      if (!known && content.ok && content.value.length > 0) {
        const what = 'Directory is not empty and does not contain a previous build:';
        return refuse(session, `${what}\n${buildRoot}`);
      }
      const wiped = wipeBuildDirectory(files, buildRoot);
      if (!wiped.ok) return refuseFile(session, wiped.error);
    }
    const { directories, fatalWarnings, clearCache } = request;
    const configured = configure(session, {
      ...directories,
      commandLine: request.wipe ? { ...commandLine, environment: undefined } : commandLine,
      fatalWarnings,
      clearCache,
    });
    return configured.ok ? exitCodes.ok : configured.error;
  } finally {
    locked.value.release();
  }
}

/** What is set anew of a build directory is judged by what is known of it, as `configure` does. */
function refusedOptions(
  files: Files,
  { options, directories }: SetupRequest,
  commandLine: CommandLineRecord,
): string | undefined {
  const state = options.size === 0 ? undefined : loadSetup(files, directories.buildRoot);
  if (state?.ok !== true) return undefined;
  const wanted = wantedOptions(files, state.value, { given: commandLine.options });
  return wanted.ok ? undefined : wanted.error;
}

/** A build directory that was set up for other sources is theirs until someone says that it is not. */
function otherSource(files: Files, { sourceRoot, buildRoot }: Directories): Diagnostic | undefined {
  const state = loadSetup(files, buildRoot);
  if (!state.ok || state.value.sourceRoot === sourceRoot) return undefined;
  const earlier = state.value.sourceRoot;
  const words = `${quoteWord(buildRoot)} ${quoteWord(sourceRoot)}`;
  return plainError(
    `${buildRoot} is a build directory of ${earlier}.`,
    `Name another one, or make it one of ${sourceRoot}: kaon setup --reconfigure ${words}`,
  );
}

const alreadyConfigured = `Directory already configured.

Just run your build command (e.g. kaon compile) and it will be configured anew as necessary.
Run "kaon setup --reconfigure" to force it to be configured anew.

If build failures persist, run "kaon setup --wipe" to rebuild from scratch
using the same options as passed when configuring the build.`;
